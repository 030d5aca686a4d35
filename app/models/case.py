"""Vorgang: what the authority works on once an application was submitted."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, LargeBinary, Select, Sequence, select, text
from sqlalchemy.orm import Mapped, mapped_column, undefer

from app.models.base import Base

#: gaps are normal, numbers never repeat
file_reference_numbers = Sequence("file_reference_numbers", start=1, metadata=Base.metadata)


class Case(Base):
    """One case with its own process instance.

    ``process_state`` is what the engine returned last (opaque bytes); ``status`` is a
    ``CaseStatus`` value; ``milestone`` is the key of the last milestone reached, its text stands
    in the bundle's manifest; ``running`` is false once the process reached its end or the case
    was closed without it: nothing moves it on then. ``withdrawal_reason`` is what the applicant
    wrote on withdrawing, possibly nothing. ``waits_sha256`` digests the rows of its
    subscriptions, so that they are written only when they change (empty: there are none).
    """

    __tablename__ = "cases"
    __table_args__ = (
        Index("ix_cases_applicant", "applicant", "received_at"),
        Index("ix_cases_municipality", "municipality_slug", "received_at"),
        Index(
            "ix_cases_withdrawn",
            "municipality_slug",
            "withdrawn_at",
            postgresql_where=text("withdrawn_at IS NOT NULL"),
        ),
        {"postgresql_with": {"fillfactor": 80}},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("applications.id"), unique=True)
    municipality_slug: Mapped[str] = mapped_column(ForeignKey("municipalities.slug"))
    service_key: Mapped[str]
    service_title: Mapped[str]
    bundle_digest: Mapped[str] = mapped_column(ForeignKey("bundle_versions.digest"))
    file_reference: Mapped[str] = mapped_column(unique=True)
    applicant: Mapped[str]
    applicant_name: Mapped[str]
    status: Mapped[str]
    milestone: Mapped[str]
    running: Mapped[bool]
    received_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawal_reason: Mapped[str] = mapped_column(default="", server_default="")
    revision: Mapped[int]
    waits_sha256: Mapped[str] = mapped_column(default="", server_default="")
    process_state: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


def to_be_moved(case_id: UUID, *, skip_locked: bool = False) -> Select[Case]:
    """Select a running case with its state and lock it, as everything does that moves it on.

    Nothing is found once the case has ended, even if that happened while waiting for the lock.
    """
    return held(case_id, skip_locked=skip_locked).where(Case.running)


def held(case_id: UUID, *, skip_locked: bool = False) -> Select[Case]:
    """Select a case with its state and lock it, whether or not it still runs."""
    return (
        select(Case)
        .where(Case.id == case_id)
        .options(undefer(Case.process_state))
        .with_for_update(skip_locked=skip_locked, key_share=True)
        .execution_options(populate_existing=True)
    )
