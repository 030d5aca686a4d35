"""Vorgang schließen: end a case whose process does not end by itself."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.models.case import Case
from app.models.incident import IncidentRecord
from app.models.sent_message import SentMessage
from app.models.subscription import Subscription
from app.models.task import Task
from app.models.timer import Timer


def close_case(session: Session, case: Case, *, now: datetime) -> None:
    """Let nobody and nothing move the case on any more.

    Its open tasks are cancelled, its timers and waits go, incidents that a step of it caused are
    settled; what it has sent to other cases still arrives. The process state stays as it is, to
    show how far the process came. The caller holds the lock on ``case``.
    """
    case.running = False
    case.closed_at = now
    case.waits_sha256 = ""
    case.revision += 1
    session.flush()
    session.execute(
        update(Task)
        .where(
            Task.case_id == case.id,
            Task.completed_at.is_(None),
            Task.cancelled_at.is_(None),
        )
        .values(cancelled_at=now)
    )
    session.execute(delete(Timer).where(Timer.case_id == case.id))
    session.execute(delete(Subscription).where(Subscription.case_id == case.id))
    unsent = select(SentMessage.element).where(SentMessage.case_id == case.id)
    session.execute(
        update(IncidentRecord)
        .where(
            IncidentRecord.case_id == case.id,
            IncidentRecord.resolved_at.is_(None),
            IncidentRecord.element.not_in(unsent),
        )
        .values(resolved_at=now)
    )
