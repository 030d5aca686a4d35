"""Jobs, harmless twin: remembers what was asked for and runs nothing."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.connectors.jobs import Job


class MemoryJobs:
    """Keeps the promises of ``JobQueue`` but one: a rollback does not take the jobs back."""

    def __init__(self) -> None:
        self.jobs: list[Job] = []

    def defer(self, session: Session, jobs: Sequence[Job]) -> None:  # noqa: ARG002 - protocol
        """Append all ``jobs`` to :attr:`jobs`."""
        self.jobs.extend(jobs)
