"""Nachricht: what one case sends to another, kept until it has arrived."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class SentMessage(Base):
    """One message of the case ``case_id`` that has not arrived yet; its row goes when it does.

    ``content`` has the keys ``payload`` and ``correlation`` and may hold personal data, which is
    why it stands here and not in a job. ``element`` is the BPMN element id that sent it;
    ``tries`` counts how often nobody took it.
    """

    __tablename__ = "sent_messages"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    element: Mapped[str]
    name: Mapped[str]
    content: Mapped[dict[str, Any]]
    sent_at: Mapped[datetime]
    tries: Mapped[int]
