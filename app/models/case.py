"""Vorgang: what the authority works on once an application was submitted."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, LargeBinary, Select, Sequence, select
from sqlalchemy.orm import Mapped, mapped_column, undefer

from app.models.base import Base

#: gaps are normal, numbers never repeat
file_reference_numbers = Sequence("file_reference_numbers", start=1, metadata=Base.metadata)


class Case(Base):
    """One case with its own process instance.

    ``process_state`` is what the engine returned last (opaque bytes); ``status`` is a
    ``CaseStatus`` value; ``milestone`` is the key of the last milestone reached, its text stands
    in the bundle's manifest; ``running`` is false once the process reached its end;
    ``waits_sha256`` digests the rows of its subscriptions, so that they are written only when
    they change (empty: there are none).
    """

    __tablename__ = "cases"
    __table_args__ = (
        Index("ix_cases_applicant", "applicant", "received_at"),
        Index("ix_cases_municipality", "municipality_slug", "received_at"),
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
    revision: Mapped[int]
    waits_sha256: Mapped[str] = mapped_column(default="", server_default="")
    process_state: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


def to_be_moved(case_id: UUID, *, skip_locked: bool = False) -> Select[Case]:
    """Select a case with its state and lock it, as everything does that moves it on."""
    return (
        select(Case)
        .where(Case.id == case_id)
        .options(undefer(Case.process_state))
        .with_for_update(skip_locked=skip_locked, key_share=True)
        .execution_options(populate_existing=True)
    )
