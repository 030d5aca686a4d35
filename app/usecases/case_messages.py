"""Nachrichten eines Schritts: what a case waits for and what it sends become rows and jobs."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256

import orjson
from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from app.connectors.jobs import Job
from app.domain.correlation import correlation_key
from app.domain.time_ordered_id import time_ordered_id
from app.engine.step import Step, ThrownMessage
from app.models.case import Case
from app.models.sent_message import SentMessage
from app.models.subscription import Subscription


class CaseWaits:
    """What a case waits for after a step, and whether the rows say so already.

    Made before the case is flushed, because it keeps their digest in the case itself.
    """

    def __init__(self, case: Case, step: Step) -> None:
        rows = {
            (one.task_id, one.message, correlation_key(one.correlation))
            for one in step.subscriptions
        }
        self._rows = sorted(rows)
        self._had = bool(case.waits_sha256)
        digest = sha256(orjson.dumps(self._rows)).hexdigest() if rows else ""
        self._changed = digest != (case.waits_sha256 or "")
        case.waits_sha256 = digest

    def save(self, session: Session, case: Case) -> None:
        """Replace the rows if they changed; without a change nothing is asked or written."""
        if self._changed and self._had:
            session.execute(delete(Subscription).where(Subscription.case_id == case.id))
        if self._changed and self._rows:
            session.execute(insert(Subscription), [_row(case, *row) for row in self._rows])


def _row(case: Case, task_id: str, message: str, key: str) -> Mapping[str, object]:
    return {
        "case_id": case.id,
        "engine_task_id": task_id,
        "message": message,
        "correlation_key": key,
        "municipality_slug": case.municipality_slug,
    }


def keep_sent(
    session: Session, case: Case, messages: Sequence[ThrownMessage], now: datetime
) -> list[Job]:
    """Write down what the case sends and return the jobs that deliver it."""
    rows = [
        {
            "id": time_ordered_id(now),
            "case_id": case.id,
            "element": one.element,
            "name": one.name,
            "content": {"payload": one.payload, "correlation": dict(one.correlation)},
            "sent_at": now,
            "tries": 0,
        }
        for one in messages
    ]
    if rows:
        session.execute(insert(SentMessage), rows)
    return [delivery(str(row["id"])) for row in rows]


def delivery(message_id: str, tries: int = 0, not_before: datetime | None = None) -> Job:
    """Ask for the delivery of a message that nobody took ``tries`` times."""
    return Job("deliver_message", {"message_id": message_id, "tries": str(tries)}, not_before)
