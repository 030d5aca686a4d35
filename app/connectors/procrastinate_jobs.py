"""Jobs in the platform's own database, kept by procrastinate."""

from collections.abc import Sequence
from typing import Any

from procrastinate import sql
from procrastinate.types import JobToDefer
from psycopg.types.json import Jsonb
from sqlalchemy.orm import Session

from app.connectors.jobs import Job

QUEUE = "default"


class ProcrastinateJobs:
    """Keeps the promises of ``JobQueue``; the worker is told by NOTIFY once it is committed."""

    def defer(self, session: Session, jobs: Sequence[Job]) -> None:
        """Write all ``jobs`` with one statement on the session's own connection."""
        if jobs:
            session.connection().exec_driver_sql(
                sql.queries["defer_jobs"], {"jobs": [_row(job) for job in jobs]}
            )


def _row(job: Job) -> tuple[object, ...]:
    """Shape a job as the composite type that procrastinate's function takes."""
    arguments: Any = Jsonb(dict(job.arguments))
    return JobToDefer(
        queue_name=QUEUE,
        task_name=job.name,
        priority=0,
        lock=None,
        queueing_lock=None,
        args=arguments,
        scheduled_at=job.not_before,
    )
