"""Nachweis: a file an applicant adds to a field of the form."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, Select, select, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Evidence(Base):
    """One uploaded file; its bytes lie in the document store under ``object_key``.

    ``field`` is the JSON Pointer of the form field (``/nachweise/foto_zaehler``); ``name`` is what
    the applicant called it and is only shown; ``sha256`` is hex. ``scan`` is ``not_scanned``
    (there is no scanner), ``waiting``, ``clean`` or ``infected``; ``scan_due_at`` is when the
    worker looks again: at a waiting file, or at an infected one whose bytes must still go.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        Index("ix_evidence_application_id", "application_id"),
        Index(
            "ix_evidence_scan_due_at",
            "scan_due_at",
            postgresql_where=text("scan_due_at IS NOT NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("applications.id", ondelete="CASCADE"))
    field: Mapped[str]
    name: Mapped[str]
    media_type: Mapped[str]
    size_bytes: Mapped[int]
    sha256: Mapped[str]
    object_key: Mapped[str] = mapped_column(unique=True)
    scan: Mapped[str]
    scan_due_at: Mapped[datetime | None]
    uploaded_at: Mapped[datetime]


NOT_SCANNED, WAITING, CLEAN, INFECTED = "not_scanned", "waiting", "clean", "infected"


def evidence_of(application_id: UUID) -> Select[Evidence]:
    """Select the files of one application in the order of their upload."""
    return (
        select(Evidence)
        .where(Evidence.application_id == application_id)
        .order_by(Evidence.uploaded_at, Evidence.id)
    )
