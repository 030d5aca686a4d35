"""Aufgabe erledigen: check the form, move the process on, all in one transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.bundles.catalogue import Catalogue
from app.connectors.jobs import JobQueue
from app.domain.identity import Identity
from app.engine.engine import Engine
from app.errors import Invalid
from app.usecases.case_step import Actor, Happening, save_step
from app.usecases.casework.open_task import OpenedTask, open_task


def complete_task(
    session: Session,
    task_id: UUID,
    worker: Identity,
    answers: Mapping[str, Any],
    *,
    catalogue: Catalogue,
    engine: Engine,
    jobs: JobQueue,
    now: datetime,
) -> OpenedTask:
    """Complete a task that ``worker`` has claimed with the answers of its form.

    ``answers`` maps page id to a mapping of field id to value, as in an application.

    :raises Missing: no such task, or not for this worker.
    :raises TaskDone: it is no longer open.
    :raises TaskNotClaimed: nobody has claimed it.
    :raises TaskTaken: somebody else has claimed it.
    :raises Invalid: the answers do not satisfy the form.
    :raises Incident: the process cannot go on; nothing is changed.
    """
    opened = open_task(
        session, task_id, worker, catalogue=catalogue, engine=engine, now=now, lock=True
    )
    task, case, bundle = opened.task, opened.case, opened.bundle
    opened.require_held_by(worker)
    faults = opened.form.check(answers, opened.context)
    if faults:
        raise Invalid(faults)
    changes = {task.form_key: opened.form.effective(answers, opened.context)}
    step = engine.complete(bundle.deployment, case.process_state, task.engine_task_id, changes, now)
    task.completed_at, task.completed_by = now, worker.key
    save_step(
        session,
        case,
        bundle,
        step,
        actor=Actor(worker.key, worker.name),
        happenings=[
            Happening("task_completed", detail={"task": task.name, "element": task.element})
        ],
        jobs=jobs,
        now=now,
    )
    return opened
