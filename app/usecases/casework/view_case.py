"""Vorgang ansehen: all that the case page shows to a case worker."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, undefer

from app.bundles.bundle import Bundle
from app.bundles.catalogue import Catalogue
from app.domain.identity import Identity
from app.engine.engine import Engine
from app.engine.step import Position, Snapshot
from app.errors import Missing
from app.forms.form import FormContext
from app.models.application import Application
from app.models.case import Case
from app.models.case_event import CaseEvent
from app.models.evidence import Evidence, evidence_of
from app.models.incident import IncidentRecord
from app.models.notice import Notice
from app.models.task import Task, case_is_worked_on_by
from app.usecases.casework.open_task import seen_by


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case with application, evidence, tasks, history and letters."""

    case: Case
    application: Application
    bundle: Bundle
    snapshot: Snapshot
    position: Position
    tasks: Sequence[Task]
    evidence: Sequence[Evidence]
    events: Sequence[CaseEvent]
    notices: Sequence[Notice]
    has_incident: bool
    now: datetime

    def context_of(self, task: Task) -> FormContext:
        """Give what the expressions of an open task's form see."""
        return FormContext(now=self.now, values=seen_by(task, self.snapshot))

    @property
    def application_context(self) -> FormContext:
        """What the application's expressions see, judged as of the day of receipt."""
        return FormContext(now=self.case.received_at, values=self.data)

    @property
    def data(self) -> dict[str, Any]:
        """The process data: ``antrag``, ``vorgang`` and one key per completed form."""
        return dict(self.snapshot.data)

    @property
    def open_tasks(self) -> list[Task]:
        """Tasks somebody can work on now."""
        return [task for task in self.tasks if task.is_open]


def view_case(
    session: Session,
    case_id: UUID,
    worker: Identity,
    *,
    catalogue: Catalogue,
    engine: Engine,
    now: datetime,
) -> CaseFile:
    """Load a case of the worker's municipality that one of the worker's groups has to do with.

    :raises Missing: no such case, or not for this worker.
    """
    row = session.execute(
        select(Case, Application)
        .join(Application, Application.id == Case.application_id)
        .where(
            Case.id == case_id,
            case_is_worked_on_by(worker),
        )
        .options(undefer(Case.process_state))
    ).one_or_none()
    if row is None:
        raise Missing(str(case_id))
    case, application = row
    bundle = catalogue.bundle(session, case.bundle_digest)
    position = engine.position(bundle.deployment, case.process_state)
    return CaseFile(
        case=case,
        application=application,
        bundle=bundle,
        snapshot=engine.inspect(bundle.deployment, case.process_state),
        position=position if case.running else replace(position, active=frozenset()),
        tasks=session.scalars(
            select(Task).where(Task.case_id == case_id).order_by(Task.created_at, Task.id)
        ).all(),
        evidence=session.scalars(evidence_of(application.id)).all(),
        events=session.scalars(
            select(CaseEvent).where(CaseEvent.case_id == case_id).order_by(CaseEvent.id)
        ).all(),
        notices=session.scalars(
            select(Notice).where(Notice.case_id == case_id).order_by(Notice.provided_at)
        ).all(),
        has_incident=bool(
            session.scalar(
                select(
                    exists().where(
                        IncidentRecord.case_id == case_id, IncidentRecord.resolved_at.is_(None)
                    )
                )
            )
        ),
        now=now,
    )
