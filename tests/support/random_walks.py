"""Zufallswege: a case that is moved by chance, and what can be seen of it after each act."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Literal

from app.engine.deployment import Deployment
from app.engine.engine import Engine
from app.engine.step import (
    MessageArrived,
    OpenTask,
    ServiceCall,
    ServiceFailure,
    ServiceResult,
    SignalArrived,
    Snapshot,
    Step,
)
from app.errors import Incident, TaskDone
from tests.support.random_dice import ERROR_CODES

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
Kind = Literal["start", "complete", "result", "failure", "message", "signal", "tick"]


@dataclass(frozen=True)
class Act:
    """What somebody does to the ``place``-th of equal waits, the oldest first.

    Waits are equal if they stand at one element and, where it has rounds, in the same round.
    ``value`` is the changes of a task, the result or error code of a service, or the payload of
    a message.
    """

    kind: Kind
    now: datetime
    element: str = ""
    round: int = 0
    place: int = 0
    value: Any = None


@dataclass(frozen=True)
class Seen:
    """What can be seen of a case, free of ids and of any order that means nothing.

    ``open`` names each task with the number of its round, 0 if it has none.
    """

    log: tuple[str, ...]
    milestones: tuple[str, ...]
    open: tuple[tuple[str, int], ...]
    due: tuple[tuple[str, datetime], ...]
    messages: tuple[tuple[str, Any], ...]
    signals: tuple[str, ...]
    calls: tuple[tuple[str, Any], ...]
    data: dict[str, Any]
    completed: bool


@dataclass(frozen=True)
class Moment:
    """One act and what came of it; ``refused`` names the error that left all as it was."""

    act: Act
    seen: Seen
    refused: str = ""


class Walk:
    """A case on its way; keeps the latest step, the clock and all moments so far."""

    careful = False  # leaves alone what it cannot tell from other waits

    def __init__(self, deployment: Deployment, data: dict[str, Any]) -> None:
        self.engine = Engine()
        self.deployment = deployment
        self.now = NOON
        self.step = self.move(lambda: self.engine.start(self.deployment, data, NOON))
        self.snapshot = self._look()
        self.moments = [Moment(Act("start", NOON, value=data), see(self.step, self.snapshot))]

    def move(self, call: Callable[[], Step]) -> Step:
        """Let the engine make a step; odd walks do so in an odd manner."""
        return call()

    def go(self, chance: Random, acts: int) -> list[Moment]:
        """Do up to ``acts`` things by chance, fewer if the case ends before."""
        for _ in range(acts):
            if self.step.completed:
                break
            self.do(self.choose(chance))
        return self.moments

    def do(self, act: Act) -> Moment:
        """Do one thing."""
        refused = ""
        self.now = act.now
        try:
            self.step = self.move(lambda: self._call(act))
        except (TaskDone, Incident) as error:
            refused = error.code
        self.snapshot = self._look()
        seen = see(self.step, self.snapshot)
        moment = Moment(act, replace(seen, log=(), milestones=()) if refused else seen, refused)
        self.moments.append(moment)
        return moment

    def _look(self) -> Snapshot:
        return self.engine.inspect(self.deployment, self.step.state)

    def _call(self, act: Act) -> Step:
        state, engine, deployment = self.step.state, self.engine, self.deployment
        if act.kind == "tick":
            return engine.tick(deployment, state, act.now)
        if act.kind == "complete":
            key = self._waiting(self.step.open_tasks, act)
            return engine.complete(deployment, state, key, act.value, act.now)
        event: Any
        if act.kind == "message":
            event = MessageArrived(act.element, act.value, {})
        elif act.kind == "signal":
            event = SignalArrived(act.element)
        else:
            made = ServiceResult if act.kind == "result" else ServiceFailure
            event = made(self._waiting(self.snapshot.calls, act), act.value)
        return engine.deliver(deployment, state, event, act.now)

    def _waiting(self, waits: Iterable[OpenTask | ServiceCall], act: Act) -> str:
        equal = [_key(one) for one in waits if _identity(one) == (act.element, act.round)]
        return sorted(equal, key=_age)[act.place]

    def choose(self, chance: Random) -> Act:
        """Prefer what moves the case, but try now and then what comes to nothing."""
        now = self.now + timedelta(minutes=chance.randrange(1, 50))
        acts = list(self._acts(chance, now))
        dues = sorted(timer.due_at for timer in self.snapshot.due)
        if dues:
            acts.append(Act("tick", max(now, dues[0])))
        if not acts or chance.randrange(8) == 0:
            acts.append(Act("tick", now))
        act = acts[chance.randrange(len(acts))]
        if dues and chance.randrange(6) == 0:  # too late: some timers come first
            overdue = dues[chance.randrange(len(dues))]
            return replace(act, now=max(now, overdue + timedelta(minutes=1)))
        return act

    def _acts(self, chance: Random, now: datetime) -> Iterator[Act]:
        numbers = sorted(key for key in self.step.data if key.startswith("z"))
        for element, round_, place in self._each(self.snapshot.open_tasks):
            changes = {key: chance.randrange(4) for key in numbers if chance.randrange(2)}
            yield Act("complete", now, element, round_, place, changes)
        for element, round_, place in self._each(self.snapshot.calls):
            yield Act("result", now, element, round_, place, chance.randrange(4))
            if chance.randrange(3) == 0:
                code = ("418", *ERROR_CODES)[chance.randrange(3)]
                yield Act("failure", now, element, round_, place, code)
        waits = [(one.message, one.correlation["akte"]) for one in self.snapshot.subscriptions]
        for message, akte in waits:
            if not self.careful or waits.count((message, akte)) == 1:
                wrong = 9 if chance.randrange(6) == 0 else 0
                yield Act("message", now, message, value={"akte": akte + wrong, "n": 1})
        for name in sorted(self.step.signals):
            yield Act("signal", now, name)

    def _each(self, waits: Iterable[OpenTask | ServiceCall]) -> Iterator[tuple[str, int, int]]:
        equal = Counter(_identity(one) for one in waits)
        for element, round_ in sorted(equal):
            number = equal[element, round_]
            if number == 1 or not self.careful:
                yield from ((element, round_, place) for place in range(number))


def see(step: Step, snapshot: Snapshot) -> Seen:
    """Look at a case after an act."""
    return Seen(
        log=tuple(sorted(entry.element for entry in step.log)),
        milestones=tuple(sorted(step.milestones)),
        open=tuple(sorted((task.element, _round(task)) for task in snapshot.open_tasks)),
        due=tuple(sorted((timer.element, timer.due_at) for timer in snapshot.due)),
        messages=tuple(
            sorted((one.message, one.correlation["akte"]) for one in snapshot.subscriptions)
        ),
        signals=tuple(sorted(step.signals)),
        calls=tuple(sorted((call.element, call.parameters["wert"]) for call in snapshot.calls)),
        data=dict(snapshot.data),
        completed=snapshot.completed,
    )


def _key(waiting: OpenTask | ServiceCall) -> str:
    return waiting.id if isinstance(waiting, OpenTask) else waiting.task_id


def _age(key: str) -> tuple[int, str]:
    """Keys count up within a case: the oldest come first."""
    return len(key), key


def _identity(waiting: OpenTask | ServiceCall) -> tuple[str, int]:
    if isinstance(waiting, OpenTask):
        return waiting.element, _round(waiting)
    return waiting.element, waiting.parameters["runde"] or 0


def _round(task: OpenTask) -> int:
    number: int = task.local.get("durchlauf", {}).get("nummer", 0)
    return number
