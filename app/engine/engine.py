"""Prozessmaschine: deploys models and moves cases; pure functions on bytes."""

import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import PurePath
from types import MappingProxyType
from typing import Any

from app.engine.codec import decode, encode, json_copy
from app.engine.compiler import compile_process
from app.engine.deployment import Deployment
from app.engine.forecast import Forecast, forecast
from app.engine.migration import migrate
from app.engine.modelling.sources import READ_ONLY
from app.engine.report import (
    open_tasks,
    pending_calls,
    position,
    service_call,
    signals,
    subscriptions,
    timers,
)
from app.engine.runtime.environment import element_of
from app.engine.runtime.standstill import refuse_standstill
from app.engine.runtime.workflow import CaseWorkflow
from app.engine.step import (
    Event,
    MessageArrived,
    Position,
    ServiceFailure,
    ServiceResult,
    SignalArrived,
    Snapshot,
    Step,
)
from app.errors import (
    CannotMigrate,
    FieldFault,
    Incident,
    Invalid,
    PlatformError,
    TaskDone,
)

_NO_MAPPING: Mapping[str, str] = MappingProxyType({})
_ANY_TIME = datetime.min.replace(tzinfo=UTC)  # looking at a case needs no clock


class Engine:
    """The only door to the process engine.

    Every call works on the state it is given and hands out a new one: if it raises, the old
    state is as good as before and the call may be repeated. Calls on different states may run in
    several threads at once.

    ``now`` is aware, in any zone; times that come back are aware and in UTC, times in models
    without a zone are German legal time. There is no other clock and no outside call. Process
    data maps top-level keys to JSON types; a new value replaces the old one whole. A state is
    opaque, at most 8 MB, and belongs to one deployment, whose ``digest`` it carries.
    """

    def deploy(self, bpmn: bytes, dmn: Sequence[bytes] = ()) -> Deployment:
        """Check and compile a model; takes milliseconds and is done once per version.

        ``bpmn`` is a BPMN 2.0 file of at most 1 MB with one executable process, and those it
        calls; ``dmn`` are DMN files with one decision table each. Files that strangers send go
        through :class:`app.engine.quarantine.quarantine.Quarantine` first.

        :raises BundleInvalid: each fault points to an element id and says in German what to do.
        """
        return compile_process(bpmn, dmn)

    def start(self, deployment: Deployment, data: Mapping[str, Any], now: datetime) -> Step:
        """Begin a case with its first data, usually ``antrag`` and ``vorgang``.

        It runs until it waits for a person, a service, a time or a message.

        :raises Invalid: ``data`` is not JSON.
        :raises Incident: an element failed, or the case took more than 5,000 nodes or 1.5 seconds
            of processor time.
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
        """Do an open task; timers that are due come first.

        ``task_id`` is that of an :class:`OpenTask`; ``changes`` replace top-level keys, of one of
        several instances those of its own data.

        :raises TaskDone: the task is not open, perhaps because its time ran out.
        :raises Invalid: ``changes`` are not JSON, or replace ``antrag`` or ``vorgang``.
        :raises Incident: an element failed.
        """
        _refuse_read_only(changes, task_id)
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

    def forecast(
        self,
        old: Deployment,
        new: Deployment,
        state: bytes,
        mapping: Mapping[str, str] = _NO_MAPPING,
    ) -> Forecast:
        """Tell whether a case of ``old`` could go on with ``new``; changes nothing.

        ``mapping`` gives element ids of ``old`` their successors in ``new``; only those need one
        at which the case stands and that ``new`` does not have.

        :raises Incident: the state cannot be read.
        """
        return forecast(decode(state, old, _ANY_TIME), new, mapping)

    def migrate(
        self,
        old: Deployment,
        new: Deployment,
        state: bytes,
        now: datetime,
        mapping: Mapping[str, str] = _NO_MAPPING,
    ) -> Step:
        """Let a case of ``old`` go on with ``new``, where it stands and with its deadlines.

        Waits that only ``new`` has begin ``now``. Afterwards timers that are due fire.

        :raises CannotMigrate: the forecast is not safe.
        :raises Incident: the state cannot be read, or an element failed.
        """
        case = decode(state, old, now)
        expected = forecast(case, new, mapping)
        if expected.verdict != "safe":
            raise CannotMigrate(old.process_id, expected.verdict)
        with _incidents(case):
            moved = migrate(case, new, mapping, now)
        return self._move(moved)

    def inspect(self, deployment: Deployment, state: bytes) -> Snapshot:
        """Tell how a case stands, without moving it.

        :raises Incident: the state cannot be read.
        """
        case = decode(state, deployment, _ANY_TIME)
        with _incidents(case):
            return Snapshot(
                completed=case.ended,
                open_tasks=open_tasks(case),
                due=timers(case),
                subscriptions=subscriptions(case),
                signals=signals(case),
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
                signals=signals(case),
                calls=tuple(
                    service_call(token) for token in case.journal.calls if not token.finished
                ),
                messages=tuple(case.journal.messages),
                log=tuple(case.journal.log),
                decisions=tuple(case.journal.decisions),
                milestones=tuple(case.journal.milestones),
                data=case.case_data,
            )
        refuse_standstill(case)
        return step


def _refuse_read_only(changes: Mapping[str, Any], task_id: str) -> None:
    faults = [
        FieldFault(name, "read_only", f"„{name}“ lässt sich nicht ändern.")
        for name in sorted(READ_ONLY & changes.keys())
    ]
    if faults:
        raise Invalid(faults, task_id)


def _reception(case: CaseWorkflow, event: Event) -> Callable[[], None]:
    if isinstance(event, ServiceResult):
        value = json_copy(event.value, event.task_id)
        return lambda: case.finish_service(event.task_id, value)
    if isinstance(event, ServiceFailure):
        return lambda: case.fail_service(event.task_id, event.error_code)
    if isinstance(event, SignalArrived):
        payload = json_copy(event.payload, event.name)
        return lambda: _reached(event.name, case.signal(event.name, payload))
    return _message(case, event)


def _reached(name: str, waits: int) -> None:
    if not waits:
        raise TaskDone(name)


def _message(case: CaseWorkflow, event: MessageArrived) -> Callable[[], None]:
    payload = json_copy(event.payload, event.name)
    correlation = json_copy(dict(event.correlation), event.name)
    return lambda: case.receive(event.name, payload, correlation)


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
