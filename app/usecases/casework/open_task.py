"""Aufgabe öffnen: load a task with its case for somebody who may work on it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from app.bundles.bundle import Bundle
from app.bundles.catalogue import Catalogue
from app.domain.identity import Identity
from app.engine.engine import Engine
from app.engine.step import Snapshot
from app.errors import Missing, TaskDone, TaskNotClaimed, TaskTaken
from app.forms.form import Form, FormContext
from app.models.case import Case
from app.models.task import Task, is_for


@dataclass(frozen=True, slots=True)
class OpenedTask:
    """A task, its case and what its form needs; ``snapshot`` is the process as it stands."""

    task: Task
    case: Case
    bundle: Bundle
    snapshot: Snapshot
    now: datetime

    @property
    def form(self) -> Form:
        """The form the case worker fills in."""
        return self.bundle.forms[self.task.form_key]

    @property
    def context(self) -> FormContext:
        """What the form's expressions see."""
        return FormContext(now=self.now, values=self.data)

    @property
    def data(self) -> dict[str, Any]:
        """What the task sees: ``antrag``, ``vorgang`` and one key per completed form.

        One of several instances sees its item and its number as well.
        """
        return seen_by(self.task, self.snapshot)

    def require_held_by(self, worker: Identity) -> None:
        """Refuse whoever does not hold the task.

        :raises TaskNotClaimed: nobody has claimed it.
        :raises TaskTaken: somebody else has claimed it.
        """
        if self.task.claimed_by is None:
            raise TaskNotClaimed(str(self.task.id))
        if self.task.claimed_by != worker.key:
            raise TaskTaken(str(self.task.id))


def seen_by(task: Task, snapshot: Snapshot) -> dict[str, Any]:
    """Lay what one task sees for itself over the process data."""
    local = (one.local for one in snapshot.open_tasks if one.id == task.engine_task_id)
    return {**snapshot.data, **next(local, {})}


def open_task(
    session: Session,
    task_id: UUID,
    worker: Identity,
    *,
    catalogue: Catalogue,
    engine: Engine,
    now: datetime,
    lock: bool = False,
) -> OpenedTask:
    """Load a task; with ``lock`` its case and the task are held until the transaction ends.

    The case is locked first, as by everything else that moves a case on.

    :raises Missing: no such task, or not for this worker.
    :raises TaskDone: it is no longer open.
    """
    query = (
        select(Task, Case)
        .select_from(Case)
        .join(Task, Task.case_id == Case.id)
        .where(
            Task.id == task_id,
            is_for(worker),
        )
        .options(undefer(Case.process_state))
    )
    if lock:
        query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    row = session.execute(query).one_or_none()
    if row is None:
        raise Missing(str(task_id))
    task, case = row
    if not task.is_open:
        raise TaskDone(str(task_id))
    bundle = catalogue.bundle(session, case.bundle_digest)
    snapshot = engine.inspect(bundle.deployment, case.process_state)
    return OpenedTask(task=task, case=case, bundle=bundle, snapshot=snapshot, now=now)
