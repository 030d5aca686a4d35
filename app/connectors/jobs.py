"""Jobs: work that follows a committed step, done by the worker."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

#: how long to wait before each further attempt
RETRY_AFTER_MINUTES = (1, 5, 15, 60, 240)


@dataclass(frozen=True, slots=True)
class Job:
    """One job: ``name`` is a handler in ``app/worker.py``, ``arguments`` are its keywords (ids).

    ``not_before`` is aware; None means now.
    """

    name: str
    arguments: Mapping[str, str] = field(default_factory=dict)
    not_before: datetime | None = None


class JobQueue(Protocol):
    """Takes jobs in the caller's transaction: they exist exactly if the step was committed."""

    def defer(self, session: Session, jobs: Sequence[Job]) -> None:
        """Write all ``jobs`` with one statement on the session's own connection."""
        ...
