"""Prozessmaschine: deploys models and moves cases; pure functions on bytes."""

import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Any

from app.engine.codec import decode, encode, json_copy
from app.engine.compiler import compile_process
from app.engine.deployment import Deployment
from app.engine.environment import element_of
from app.engine.report import (
    open_tasks,
    pending_calls,
    position,
    service_call,
    subscriptions,
    timers,
)
from app.engine.step import (
    Event,
    MessageArrived,
    Position,
    ServiceFailure,
    ServiceResult,
    Snapshot,
    Step,
)
from app.engine.workflow import CaseWorkflow
from app.errors import Incident, PlatformError

_ANY_TIME = datetime.min.replace(tzinfo=UTC)  # looking at a case needs no clock


class Engine:
    """The only door to the process engine.

    Every call works on the state it is given and hands out a new one: if it raises, the old
    state is as good as before. ``now`` is aware; there is no other clock and no outside call.
    Process data consists of JSON types; keys are replaced whole, never merged.
    """

    def deploy(self, bpmn: bytes, dmn: Sequence[bytes] = ()) -> Deployment:
        """Check and compile a model.

        :raises BundleInvalid: each fault points to an element id and says in German what to do.
        """
        return compile_process(bpmn, dmn)

    def start(self, deployment: Deployment, data: Mapping[str, Any], now: datetime) -> Step:
        """Begin a case with its first data, usually ``antrag`` and ``vorgang``.

        :raises Invalid: ``data`` is not JSON.
        :raises Incident: an element failed.
        """
        copied = json_copy(dict(data))
        case = CaseWorkflow(deployment, now, copied, done=[])
        return self._move(case, case.plant)

    def complete(
        self,
        deployment: Deployment,
        state: bytes,
        task_id: str,
        changes: Mapping[str, Any],
        now: datetime,
    ) -> Step:
        """Do an open task; timers that are due come first. ``changes`` replace top-level keys.

        :raises TaskDone: the task is not open, perhaps because its time ran out.
        :raises Invalid: ``changes`` are not JSON.
        :raises Incident: an element failed.
        """
        copied = json_copy(dict(changes), task_id)
        case = decode(state, deployment, now)
        return self._move(case, case.advance, lambda: case.complete_manual(task_id, copied))

    def deliver(self, deployment: Deployment, state: bytes, event: Event, now: datetime) -> Step:
        """Take in what arrives from outside; timers that are due come first.

        :raises TaskDone: nothing waits for it.
        :raises Invalid: what it carries is not JSON.
        :raises Incident: an element failed, or nothing catches the failure of a service.
        """
        case = decode(state, deployment, now)
        return self._move(case, case.advance, _reception(case, event))

    def tick(self, deployment: Deployment, state: bytes, now: datetime) -> Step:
        """Fire the timers that are due, each in its turn, until nothing moves.

        :raises Incident: an element failed.
        """
        case = decode(state, deployment, now)
        return self._move(case)

    def inspect(self, deployment: Deployment, state: bytes) -> Snapshot:
        """Tell how a case stands, without moving it.

        :raises Incident: the state cannot be read.
        """
        case = decode(state, deployment, _ANY_TIME)
        return Snapshot(
            completed=case.ended,
            open_tasks=open_tasks(case),
            due=timers(case),
            subscriptions=subscriptions(case),
            calls=pending_calls(case),
            data=case.case_data,
        )

    def position(self, deployment: Deployment, state: bytes) -> Position:
        """Tell which elements to mark in the diagram.

        :raises Incident: the state cannot be read.
        """
        return position(decode(state, deployment, _ANY_TIME))

    def _move(self, case: CaseWorkflow, *acts: Callable[[], None]) -> Step:
        with _incidents(case):
            for act in acts:
                act()
            case.advance()
            step = Step(
                state=encode(case),
                completed=case.ended,
                open_tasks=open_tasks(case),
                due=timers(case),
                subscriptions=subscriptions(case),
                calls=tuple(
                    service_call(token) for token in case.journal.calls if not token.finished
                ),
                log=tuple(case.journal.log),
                milestones=tuple(case.journal.milestones),
                data=case.case_data,
            )
        _refuse_standstill(case, step)
        return step


def _reception(case: CaseWorkflow, event: Event) -> Callable[[], None]:
    if isinstance(event, ServiceResult):
        value = json_copy(event.value, event.task_id)
        return lambda: case.finish_service(event.task_id, value)
    if isinstance(event, ServiceFailure):
        return lambda: case.fail_service(event.task_id, event.error_code)
    return _message(case, event)


def _message(case: CaseWorkflow, event: MessageArrived) -> Callable[[], None]:
    payload = json_copy(event.payload, event.name)
    correlation = json_copy(dict(event.correlation), event.name)
    return lambda: case.receive(event.name, payload, correlation)


def _refuse_standstill(case: CaseWorkflow, step: Step) -> None:
    waits = step.open_tasks or step.due or step.subscriptions or pending_calls(case)
    if not step.completed and not waits:
        stuck = next((element_of(token) for token in case.living() if token.arrived), "")
        raise Incident(
            stuck or case.deployment.process_id,
            "Hier wartet der Prozess auf einen Weg, auf dem niemand mehr kommt.",
        )


@contextmanager
def _incidents(case: CaseWorkflow) -> Iterator[None]:
    """Turn anything that goes wrong inside into an incident that tells no data."""
    try:
        yield
    except PlatformError:
        raise
    except Exception as error:  # noqa: BLE001 - a case must never be lost to an unforeseen fault
        where = element_of(case.current) if case.current else case.deployment.process_id
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{type(error).__name__} in {PurePath(last.filename).name}:{last.lineno}"
        raise Incident(where, f"Unerwarteter Fehler ({place}).") from None
