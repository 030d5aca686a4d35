"""Frist im Prozess: when the engine wants to be woken for a case."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Timer(Base):
    """One waiting timer event; rows of a case are replaced with every step."""

    __tablename__ = "timers"
    __table_args__ = (Index("ix_timers_due_at", "due_at"),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    engine_task_id: Mapped[str] = mapped_column(primary_key=True)
    due_at: Mapped[datetime]
