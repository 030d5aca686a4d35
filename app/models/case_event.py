"""Verlauf: what happened in a case, in order, never changed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Identity, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class CaseEvent(Base):
    """One line of the history.

    ``kind`` is stable (``submitted``, ``task_claimed``, ``task_released``, ``task_completed``,
    ``milestone``, ``withdrawn``, ``downloaded``, ``notice_provided``, ``notice_read``,
    ``message_sent``, ``message_arrived``, ``decision_table``, ``malware_found``, ``incident``,
    ``incident_resolved`` ...), the German sentence is made by the template; ``actor`` is an
    identity key or empty for the system; ``public`` lines are shown to the applicant; ``detail``
    holds ids and names of BPMN elements, never answers.
    """

    __tablename__ = "case_events"
    __table_args__ = (Index("ix_case_events_case_id", "case_id", "id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    at: Mapped[datetime]
    kind: Mapped[str]
    actor: Mapped[str]
    actor_name: Mapped[str]
    public: Mapped[bool]
    detail: Mapped[dict[str, Any]]
