"""Auslastung: how much work waits, counted in the database."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

_JOBS = text("SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY status")
_REST = text(
    "SELECT"
    " (SELECT count(*) FROM tasks WHERE completed_at IS NULL AND cancelled_at IS NULL),"
    " (SELECT count(*) FROM incidents WHERE resolved_at IS NULL),"
    " (SELECT extract(epoch FROM now() - min(coalesce(job.scheduled_at, event.at)))"
    "  FROM procrastinate_jobs job"
    "  LEFT JOIN procrastinate_events event ON event.job_id = job.id AND event.type = 'deferred'"
    "  WHERE job.status = 'todo' AND coalesce(job.scheduled_at, now()) <= now()),"
    " (SELECT extract(epoch FROM now() - min(uploaded_at)) FROM evidence"
    "  WHERE scan_due_at IS NOT NULL)"
)
#: shown even when there are none, so that alerts have something to compare with
_STATES = ("todo", "doing", "failed")


@dataclass(frozen=True, slots=True)
class Workload:
    """Counts; ``jobs`` maps a job's status to how many have it."""

    jobs: Mapping[str, int]
    open_tasks: int
    incidents: int
    oldest_due_job_s: float
    oldest_unscanned_s: float


def read_workload(engine: Engine) -> Workload | None:
    """Count with two statements; None if the database does not answer."""
    try:
        with engine.connect() as connection:
            jobs = dict.fromkeys(_STATES, 0)
            for status, count in connection.execute(_JOBS):
                jobs[status] = count
            open_tasks, incidents, oldest_s, unscanned_s = connection.execute(_REST).one()
    except SQLAlchemyError:
        return None
    return Workload(
        jobs=jobs,
        open_tasks=open_tasks,
        incidents=incidents,
        oldest_due_job_s=float(oldest_s or 0),
        oldest_unscanned_s=float(unscanned_s or 0),
    )
