"""Schritt eines Vorgangs: what the engine returned becomes rows, whole or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from app.bundles.bundle import Bundle
from app.connectors.jobs import Job, JobQueue
from app.domain.case_status import CaseStatus
from app.domain.time_ordered_id import time_ordered_id
from app.domain.working_days import due_at
from app.engine.modelling.loops import COUNTER
from app.engine.step import OpenTask, Step
from app.models.case import Case
from app.models.case_event import CaseEvent
from app.models.task import Task
from app.models.timer import Timer
from app.usecases.case_messages import CaseWaits, keep_sent


@dataclass(frozen=True, slots=True)
class Actor:
    """Who caused a step: an identity key with a name, both empty for the system itself."""

    key: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """A line of the history that is not yet a row; see :class:`CaseEvent`."""

    kind: str
    public: bool = False
    detail: Mapping[str, Any] = field(default_factory=dict)


def save_step(
    session: Session,
    case: Case,
    bundle: Bundle,
    step: Step,
    *,
    actor: Actor,
    happenings: Sequence[Happening],
    jobs: JobQueue,
    now: datetime,
    is_new: bool = False,
    more_jobs: Sequence[Job] = (),
) -> None:
    """Write state, tasks, timers, messages, history and jobs into the caller's transaction.

    The caller holds the lock on ``case``; a new case has no rows to compare with.
    """
    case.process_state = step.state
    case.revision += 1
    waits = CaseWaits(case, step)
    told = [*happenings, *_happenings(bundle, step), *_reach_milestones(case, bundle, step, now)]
    session.flush()
    _save_tasks(session, case, bundle, step.open_tasks, now, is_new=is_new)
    _save_timers(session, case, step, is_new=is_new)
    waits.save(session, case)
    _save_events(session, case, told, actor, now)
    calls = [
        Job("run_service_call", {"case_id": str(case.id), "engine_task_id": call.task_id})
        for call in step.calls
    ]
    wanted = [*calls, *keep_sent(session, case, step.messages, now), *more_jobs]
    if wanted:
        jobs.defer(session, wanted)


def record(
    session: Session, case: Case, happenings: Sequence[Happening], *, actor: Actor, now: datetime
) -> None:
    """Write lines into the history of a case outside of a step."""
    _save_events(session, case, happenings, actor, now)


def _happenings(bundle: Bundle, step: Step) -> list[Happening]:
    """Tell what the process itself did: tables it asked, with the ids of the rows that hit."""
    asked = [
        Happening(
            "decision_table",
            detail={
                "element": one.element,
                "name": bundle.deployment.nodes[one.element].name,
                "rules": list(one.rules),
            },
        )
        for one in step.decisions
    ]
    sent = [
        Happening("message_sent", detail={"element": one.element, "name": one.name})
        for one in step.messages
    ]
    return [*asked, *sent]


def _reach_milestones(case: Case, bundle: Bundle, step: Step, now: datetime) -> list[Happening]:
    reached = []
    for key in step.milestones:
        milestone = bundle.manifest.milestones[key]
        case.milestone = key
        if case.withdrawn_at is None:  # what the process still does then decides nothing
            case.status = milestone.status.value
            if milestone.status is CaseStatus.DECIDED and case.decided_at is None:
                case.decided_at = now
        reached.append(
            Happening("milestone", public=True, detail={"key": key, "text": milestone.text})
        )
    if step.completed and case.running:
        case.running = False
        case.closed_at = now
        reached.append(Happening("closed"))
    return reached


def _save_tasks(
    session: Session,
    case: Case,
    bundle: Bundle,
    open_tasks: Sequence[OpenTask],
    now: datetime,
    *,
    is_new: bool,
) -> None:
    known: set[str] = set()
    if not is_new:
        known = set(
            session.scalars(
                select(Task.engine_task_id).where(
                    Task.case_id == case.id,
                    Task.completed_at.is_(None),
                    Task.cancelled_at.is_(None),
                )
            )
        )
    wanted = {task.id: task for task in open_tasks}
    gone = known - wanted.keys()
    if gone:
        session.execute(
            update(Task)
            .where(Task.case_id == case.id, Task.engine_task_id.in_(gone))
            .values(cancelled_at=now)
        )
    rows = [_task_row(case, bundle, task, now) for key, task in wanted.items() if key not in known]
    ids = sorted(row["id"] for row in rows)
    for row, task_id in zip(rows, ids, strict=True):  # lists show them in the order they came
        row["id"] = task_id
    if rows:
        session.execute(insert(Task), rows)


def _task_row(case: Case, bundle: Bundle, task: OpenTask, now: datetime) -> dict[str, Any]:
    lane = bundle.manifest.lanes[task.lane]
    deadline = task.properties.get("deadline", "")
    return {
        "id": time_ordered_id(now),
        "case_id": case.id,
        "engine_task_id": task.id,
        "element": task.element,
        "name": _name(task),
        "queue": task.lane,
        "role": lane.role,
        "group_key": lane.group,
        "municipality_slug": case.municipality_slug,
        "form_key": bundle.form_key(task.properties),
        "created_at": now,
        "due_at": due_at(deadline, now) if deadline else None,
    }


def _name(task: OpenTask) -> str:
    """Name a task for the work list; one of several instances also by its number."""
    counter = task.local.get(COUNTER, {})
    if counter.get("anzahl", 1) == 1:
        return task.name
    return f"{task.name} ({counter['nummer']} von {counter['anzahl']})"


def _save_timers(session: Session, case: Case, step: Step, *, is_new: bool) -> None:
    """Keep the earliest time of each wait: behind an event gateway one task waits for several."""
    if not is_new:
        session.execute(delete(Timer).where(Timer.case_id == case.id))
    earliest: dict[str, datetime] = {}
    for due in step.due:
        earliest[due.task_id] = min(due.due_at, earliest.get(due.task_id, due.due_at))
    if earliest:
        session.execute(
            insert(Timer),
            [
                {"case_id": case.id, "engine_task_id": task_id, "due_at": due_at}
                for task_id, due_at in earliest.items()
            ],
        )


def _save_events(
    session: Session,
    case: Case,
    happenings: Sequence[Happening],
    actor: Actor,
    now: datetime,
) -> None:
    if happenings:
        session.execute(
            insert(CaseEvent),
            [
                {
                    "case_id": case.id,
                    "at": now,
                    "kind": one.kind,
                    "actor": actor.key,
                    "actor_name": actor.name,
                    "public": one.public,
                    "detail": dict(one.detail),
                }
                for one in happenings
            ],
        )
