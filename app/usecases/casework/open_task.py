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
from app.errors import Missing, TaskDone
from app.forms.form import Form, FormContext
from app.models.case import Case
from app.models.task import Task


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
        """What the form's expressions see: all process data."""
        return FormContext(now=self.now, values=self.data)

    @property
    def data(self) -> dict[str, Any]:
        """The process data: ``antrag``, ``vorgang`` and one key per completed form."""
        return dict(self.snapshot.data)


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

    :raises Missing: no such task, or not for this worker.
    :raises TaskDone: it is no longer open.
    """
    query = (
        select(Task, Case)
        .join(Case, Case.id == Task.case_id)
        .where(
            Task.id == task_id,
            Task.municipality_slug == worker.municipality,
            Task.group_key.in_(worker.groups),
            Task.role.in_([role.value for role in worker.roles]),
        )
        .options(undefer(Case.process_state))
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    row = session.execute(query).one_or_none()
    if row is None:
        raise Missing(str(task_id))
    task, case = row
    if not task.is_open:
        raise TaskDone(str(task_id))
    bundle = catalogue.bundle(session, case.bundle_digest)
    snapshot = engine.inspect(bundle.deployment, case.process_state)
    return OpenedTask(task=task, case=case, bundle=bundle, snapshot=snapshot, now=now)
