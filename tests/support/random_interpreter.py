"""Gegenprobe: plays a random process on its blocks alone, knowing neither BPMN nor the engine."""

from collections import ChainMap
from collections.abc import Callable
from typing import Any

from tests.support.random_blocks import (
    Block,
    Choice,
    Error,
    Escalation,
    Event,
    Fail,
    First,
    Inclusive,
    Loop,
    Message,
    Parallel,
    Receive,
    Script,
    Sequence,
    Service,
    Signal,
    Sub,
    Terminate,
    Throw,
    Timer,
    User,
)
from tests.support.random_hosts import Hosts
from tests.support.random_models import Model
from tests.support.random_waits import Scope, Then, Wait, catcher
from tests.support.random_walks import NOON, Act, Seen


class Interpreter(Hosts):
    """One case; goes into the depth where an engine may go side by side."""

    def __init__(self, model: Model) -> None:
        super().__init__(dict(model.data), NOON)
        self._process = Scope(None, ChainMap(self.data), self._finish)
        self._begin(self._process, "start", model.root, "ende", model.handlers)
        self._settle()

    def refuses(self, act: Act) -> bool:
        """Tell whether nothing fits the act, as long as no timer is due before it."""
        return act.kind != "tick" and not self._targets(act)

    def overdue(self, act: Act) -> bool:
        """Tell whether a timer comes first."""
        return any(wait.due is not None and wait.due <= act.now for wait in self.waits)

    def do(self, act: Act) -> None:
        """Let timers that are due go first, then do it."""
        self.now, self.log, self.milestones = act.now, [], []
        while dues := [wait.due for wait in self.waits if wait.due and wait.due <= self.now]:
            self._hit([wait for wait in self.waits if wait.due == min(dues)])
        if act.kind != "tick":
            targets = self._targets(act)
            if not targets:
                raise LookupError(act)
            if act.kind == "complete":
                targets[0].data.update(act.value)
            self._hit(targets, act.value)

    def see(self) -> Seen:
        """Look at the case as at one on the engine."""
        shown = [wait for wait in self.waits if wait.shown]
        return Seen(
            log=tuple(sorted(self.log)),
            milestones=tuple(sorted(self.milestones)),
            open=tuple(
                sorted((one.block.id, one.round) for one in shown if isinstance(one.block, User))
            ),
            due=tuple(sorted((wait.block.id, wait.due) for wait in self.waits if wait.due)),
            messages=tuple(
                sorted((wait.message.name, wait.value) for wait in self.waits if wait.message)
            ),
            signals=tuple(sorted({wait.signal for wait in self.waits if wait.signal})),
            calls=tuple(
                sorted((one.block.id, one.value) for one in shown if isinstance(one.block, Service))
            ),
            data=self.data,
            completed=self.completed,
        )

    def _targets(self, act: Act) -> list[Wait]:
        if act.kind == "signal":
            return self.signalled(act.element)
        if act.kind == "message":
            told = act.element, act.value["akte"]
            posted = [one for one in self.waits if one.message]
            return [one for one in posted if one.message and (one.message.name, one.value) == told][
                :1
            ]
        kind = User if act.kind == "complete" else Service
        fits = [
            one
            for one in self.waits
            if one.shown
            and isinstance(one.block, kind)
            and (one.block.id, one.round) == (act.element, act.round)
        ][act.place : act.place + 1]
        if fits and act.kind == "failure":
            caught = catcher(fits[0], Error, act.value)
            return [] if caught is None else [caught]
        return fits

    def _run(self, block: Block, scope: Scope, then: Then) -> None:  # noqa: C901, PLR0912 - one case each
        match block:
            case Sequence(()):
                then()
            case Sequence((first, *rest)):
                self._run(first, scope, lambda: self._run(Sequence(tuple(rest)), scope, then))
            case Script(key, name, number, adds):
                scope.data[name] = number + (scope.data[name] if adds else 0)
                self._pass(key, then)
            case Timer() | Message() | Signal():
                self._event(block, scope, then)
            case Terminate(key):
                self.log.append(key)
                self._clear(scope)
                scope.done()
            case Throw():
                self._throw(block, scope, then)
            case Fail(key, code):
                self.log.append(key)
                self._fail(scope, code)
            case User() | Service() | Receive() | Sub():
                self._host(block, scope, then)
            case Choice(key, ways, merge):
                self.log.append(key)
                way = next(way for condition, way in ways if _open(condition, scope))
                self._run(way, scope, (lambda: self._pass(merge, then)) if merge else then)
            case Parallel(entry, key, ways, join):
                self.log += [entry, key]
                self._side_by_side(list(ways), scope, lambda: self._pass(join, then))
            case Inclusive(entry, key, ways, join):
                self.log += [entry, key]
                chosen = [way for condition, way in ways if condition and _open(condition, scope)]
                chosen = chosen or [ways[-1][1]]
                self._side_by_side(chosen, scope, lambda: self._pass(join, then))
            case First():
                self._first(block, scope, then)
            case Loop():
                self._run(block.reset, scope, lambda: self._round(block, scope, then))

    def _side_by_side(self, ways: list[Sequence], scope: Scope, then: Then) -> None:
        scope.tokens += len(ways) - 1
        left = [None] * len(ways)

        def arrive() -> None:
            left.pop()
            if left:
                scope.tokens -= 1
            else:
                then()

        for way in ways:
            self._run(way, scope, arrive)

    def _round(self, block: Loop, scope: Scope, then: Then) -> None:
        def ask() -> None:
            self.log.append(block.exit)
            again = scope.data[block.count.key] < block.rounds and _open(block.again, scope)
            if again:
                self._round(block, scope, then)
            else:
                then()

        self.log.append(block.entry)
        self._run(Sequence((block.body, block.count)), scope, ask)

    def _throw(self, block: Throw, scope: Scope, then: Then) -> None:
        lives = scope.lives
        self.log.append(block.id)
        if block.kind == "signal":
            reached = self.signalled(block.name)
        else:
            caught = catcher(scope, Escalation, block.name)
            reached = [] if caught is None else [caught]
        ways = [wait.hit(None) for wait in reached if wait in self.waits]
        if scope.lives == lives:
            ways.append(then)
        for way in ways:
            way()

    def _fail(self, scope: Scope, code: str) -> None:
        caught = catcher(scope, Error, code)
        if caught is None:
            self._clear(self._process)
            self._finish()
        else:
            caught.hit(None)()

    def _event(self, block: Event, scope: Scope, then: Then) -> Wait:
        def hit(value: Any) -> Then:
            self._drop(wait)
            return lambda: happened(value)

        def happened(value: Any) -> None:
            self._take(block, scope.data, value)
            self._pass(block.id, then)

        wait = Wait(scope, block, scope.data, hit)
        return self._waiting(wait)

    def _first(self, block: First, scope: Scope, then: Then) -> None:
        waits: list[Wait] = []

        def meant(wait: Wait, way: Sequence) -> Callable[[Any], Then]:
            def hit(value: Any) -> Then:
                for one in waits:
                    self._drop(one)
                return lambda: happened(wait, way, value)

            return hit

        def happened(wait: Wait, way: Sequence, value: Any) -> None:
            self._take(wait.block, scope.data, value)
            self.log += [block.id, wait.block.id]
            self._run(way, scope, then)

        for event, way in block.ways:
            wait = self._event(event, scope, then)
            wait.hit = meant(wait, way)
            waits.append(wait)


def _open(condition: Any, scope: Scope) -> bool:
    return condition is None or bool(condition.holds(scope.data))
