"""Arbeitsliste: the open tasks of a worker's groups, as one indexed query."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, or_, select, tuple_
from sqlalchemy.orm import Session

from app.domain.identity import Identity
from app.models.case import Case
from app.models.task import Task, open_tasks_for, withdrawn_for

#: stands for "no deadline" so that such tasks come last and paging stays a simple comparison
NEVER = datetime(9999, 12, 31, tzinfo=UTC)
COUNT_LIMIT = 1000
#: a withdrawn case usually has no task left, so it is listed apart for a while
WITHDRAWN_SHOWN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class WorkListFilter:
    """What to show; ``assignee`` is "" (all), "me" or "nobody".

    ``text`` searches file reference and applicant's name.
    """

    assignee: str = ""
    queue: str = ""
    service: str = ""
    due_before: datetime | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class WorkListPage:
    """One page; ``after`` is the place to go on from, None at the end."""

    rows: Sequence[tuple[Task, Case]]
    after: tuple[datetime, UUID] | None


@dataclass(frozen=True, slots=True)
class WorkCounts:
    """How much is there; each number is capped at ``COUNT_LIMIT``.

    ``withdrawn`` are cases, see :func:`withdrawn_cases`; the others are open tasks.
    """

    mine: int
    free: int
    group: int
    withdrawn: int


def work_list(
    session: Session,
    worker: Identity,
    wanted: WorkListFilter,
    *,
    after: tuple[datetime, UUID] | None = None,
    limit: int = 50,
) -> WorkListPage:
    """List tasks by due date, those without one last; one statement."""
    due = func.coalesce(Task.due_at, NEVER)
    query = open_tasks_for(worker)
    if wanted.assignee == "me":
        query = query.where(Task.claimed_by == worker.key)
    elif wanted.assignee == "nobody":
        query = query.where(Task.claimed_by.is_(None))
    if wanted.queue:
        query = query.where(Task.queue == wanted.queue)
    if wanted.service:
        query = query.where(Case.service_key == wanted.service)
    if wanted.due_before:
        query = query.where(Task.due_at < wanted.due_before)
    if wanted.text:
        pattern = f"%{_literal(wanted.text)}%"
        query = query.where(
            or_(
                Case.file_reference.ilike(pattern, escape="\\"),
                Case.applicant_name.ilike(pattern, escape="\\"),
            )
        )
    if after:
        query = query.where(tuple_(due, Task.id) > after)
    found = session.execute(query.order_by(due, Task.id).limit(limit + 1)).all()
    rows = [(task, case) for task, case in found[:limit]]
    last = rows[-1][0] if len(found) > limit else None
    return WorkListPage(rows=rows, after=(last.due_at or NEVER, last.id) if last else None)


def work_counts(session: Session, worker: Identity, *, now: datetime) -> WorkCounts:
    """Count for the tabs, in one statement that never reads more than ``COUNT_LIMIT`` rows."""
    some = (
        open_tasks_for(worker)
        .with_only_columns(Task.claimed_by, maintain_column_froms=True)
        .limit(COUNT_LIMIT)
        .subquery()
    )
    gone = withdrawn_for(worker, now - WITHDRAWN_SHOWN).with_only_columns(Case.id)
    withdrawn = select(func.count()).select_from(gone.limit(COUNT_LIMIT).subquery())
    mine, free, group, gone_count = session.execute(
        select(
            func.count().filter(some.c.claimed_by == worker.key),
            func.count().filter(some.c.claimed_by.is_(None)),
            func.count(),
            withdrawn.scalar_subquery(),
        ).select_from(some)
    ).one()
    return WorkCounts(mine=mine, free=free, group=group, withdrawn=gone_count)


def withdrawn_cases(session: Session, worker: Identity, *, now: datetime) -> Sequence[Case]:
    """List what applicants of the worker's groups withdrew lately, the latest first."""
    gone = withdrawn_for(worker, now - WITHDRAWN_SHOWN)
    return session.scalars(gone.order_by(Case.withdrawn_at.desc(), Case.id).limit(200)).all()


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
