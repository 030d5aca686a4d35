"""Mitteilung: a letter in the platform's mailbox (Postfach), with its PDF."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Document(Base):
    """A file the platform made for a case; its bytes lie in the store under ``object_key``."""

    __tablename__ = "documents"
    __table_args__ = (Index("ix_documents_case_id", "case_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    name: Mapped[str]
    media_type: Mapped[str]
    size_bytes: Mapped[int]
    sha256: Mapped[str]
    object_key: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]


class Notice(Base):
    """One letter to an identity; ``provided_at`` is when it could first be read.

    ``kind`` is ``receipt``, ``decision`` or ``reminder``; ``html`` is the accessible copy of the
    PDF, already escaped and safe; ``notified_at`` is when the mail without content went out;
    ``first_read_at`` is recorded once (proof of reading, § 9 OZG).
    """

    __tablename__ = "notices"
    __table_args__ = (Index("ix_notices_recipient", "recipient", "provided_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    recipient: Mapped[str]
    kind: Mapped[str]
    subject: Mapped[str]
    html: Mapped[str]
    document_id: Mapped[UUID] = mapped_column(ForeignKey("documents.id"))
    provided_at: Mapped[datetime]
    notified_at: Mapped[datetime | None]
    first_read_at: Mapped[datetime | None]
