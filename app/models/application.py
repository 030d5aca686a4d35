"""Antrag: what a citizen fills in, from the first page to submission."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.errors import AlreadySubmitted, ChangedMeanwhile
from app.models.base import Base


class Application(Base):
    """One application for one service at one municipality; a draft until ``submitted_at``.

    ``answers`` maps page id to a mapping of field id to value; ``completed_pages`` lists the ids of
    pages that were saved without fault; ``identity`` is ``Identity.to_dict()`` as of the last save;
    ``revision`` grows with every change, so that a second tab cannot overwrite silently. An
    application belongs to the identity whose key is ``applicant``.
    """

    __tablename__ = "applications"
    __table_args__ = (Index("ix_applications_applicant", "applicant", "updated_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    municipality_slug: Mapped[str] = mapped_column(ForeignKey("municipalities.slug"))
    service_key: Mapped[str]
    bundle_digest: Mapped[str] = mapped_column(ForeignKey("bundle_versions.digest"))
    applicant: Mapped[str]
    identity: Mapped[dict[str, Any]]
    answers: Mapped[dict[str, Any]]
    completed_pages: Mapped[list[Any]]
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]

    def require_draft(self) -> None:
        """Refuse a change after submission.

        :raises AlreadySubmitted: if it was handed in.
        """
        if self.submitted_at is not None:
            raise AlreadySubmitted(str(self.id))

    def require_revision(self, revision: int | None) -> None:
        """Refuse a writer who has seen an older state; None: it is not known what they saw.

        :raises ChangedMeanwhile: if somebody saved since then.
        """
        if revision is not None and revision != self.revision:
            raise ChangedMeanwhile(str(self.id))

    def change(self, answers: dict[str, Any], *, now: datetime, revision: int | None) -> None:
        """Replace the answers; ``revision`` is the one the writer had seen, None if unknown.

        :raises AlreadySubmitted: if it was handed in.
        :raises ChangedMeanwhile: if somebody saved since then.
        """
        self.require_draft()
        self.require_revision(revision)
        self.answers = answers
        self.revision += 1
        self.updated_at = now

    def submit(self, at: datetime) -> None:
        """Close the draft for good.

        :raises AlreadySubmitted: if it was closed before.
        """
        self.require_draft()
        self.submitted_at = at
        self.updated_at = at
