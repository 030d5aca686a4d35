"""Störung: a step of a process that failed and waits for a person."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class IncidentRecord(Base):
    """One failed step; ``element`` is the BPMN element id, ``cause`` holds no personal data."""

    __tablename__ = "incidents"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    element: Mapped[str]
    cause: Mapped[str]
    created_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
