"""Aufgabe übernehmen und zurücklegen."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.identity import Identity
from app.errors import Missing, TaskDone, TaskTaken
from app.models.case import Case
from app.models.task import Task, is_for
from app.usecases.case_step import Actor, Happening, record


def claim_task(session: Session, task_id: UUID, worker: Identity, *, now: datetime) -> Task:
    """Make ``worker`` the one who holds the task; claiming one's own task changes nothing.

    :raises Missing: no such task, or not for this worker.
    :raises TaskTaken: somebody else was faster.
    :raises TaskDone: it is no longer open.
    """
    task, case = _locked(session, task_id, worker)
    if task.claimed_by == worker.key:
        return task
    if task.claimed_by is not None:
        raise TaskTaken(str(task_id))
    task.claimed_by, task.claimed_by_name, task.claimed_at = worker.key, worker.name, now
    _note(session, case, task, "task_claimed", worker, now)
    return task


def release_task(session: Session, task_id: UUID, worker: Identity, *, now: datetime) -> Task:
    """Put a task back into its queue; releasing a free task changes nothing.

    :raises Missing: no such task, or not for this worker.
    :raises TaskTaken: somebody else holds it.
    :raises TaskDone: it is no longer open.
    """
    task, case = _locked(session, task_id, worker)
    if task.claimed_by is None:
        return task
    if task.claimed_by != worker.key:
        raise TaskTaken(str(task_id))
    task.claimed_by = task.claimed_by_name = task.claimed_at = None
    _note(session, case, task, "task_released", worker, now)
    return task


def _locked(session: Session, task_id: UUID, worker: Identity) -> tuple[Task, Case]:
    row = session.execute(
        select(Task, Case)
        .join(Case, Case.id == Task.case_id)
        .where(
            Task.id == task_id,
            is_for(worker),
        )
        .with_for_update(of=Task, key_share=True)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise Missing(str(task_id))
    task, case = row
    if not task.is_open:
        raise TaskDone(str(task_id))
    return task, case


def _note(
    session: Session, case: Case, task: Task, kind: str, worker: Identity, now: datetime
) -> None:
    happening = Happening(kind, detail={"task": task.name, "element": task.element})
    record(session, case, [happening], actor=Actor(worker.key, worker.name), now=now)
