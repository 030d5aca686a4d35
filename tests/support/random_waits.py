"""Warten in der Gegenprobe: what a random process waits for, and what ends such a wait."""

from collections import ChainMap
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.support.random_blocks import (
    Becomes,
    Error,
    Escalation,
    Event,
    Handler,
    Host,
    Message,
    Receive,
    Signal,
    Timer,
)

Then = Callable[[], None]
Data = ChainMap[str, Any]
ROUND = "runde"  # what a round has of its own: its number


@dataclass(eq=False)
class Scope:
    """The process or a running part; done when ``tokens`` is 0.

    ``lives`` changes when all that runs in it is ended: whoever began before may not go on.
    """

    above: "Wait | None"
    data: Data
    done: Then
    tokens: int = 1
    lives: int = 0
    triggers: list["Wait"] = field(default_factory=list)


@dataclass(eq=False)
class Wait:
    """Something that must happen, or a host while it is at work.

    ``hit`` ends what has to end and gives back how it goes on; ``edge`` are the waits beside a
    host, ``inner`` what runs in it and ``rounds`` its rounds, if it has any; ``around`` is the
    host a round belongs to.
    """

    scope: Scope
    block: Host | Event | Handler
    data: Data
    hit: Callable[[Any], Then]
    edge: list["Wait"] = field(default_factory=list)
    rounds: list["Wait"] = field(default_factory=list)
    around: "Wait | None" = None
    inner: Scope | None = None
    due: datetime | None = None
    began: datetime | None = None
    value: Any = None
    held: bool = False
    shown: bool = True  # False while it only holds rounds together

    @property
    def round(self) -> int:
        """Number of the innermost round it belongs to, 0 if there is none."""
        number: int = self.data.get(ROUND, 0)
        return number

    @property
    def message(self) -> Message | None:
        """The message it waits for."""
        block = self.block.message if isinstance(self.block, Receive) else self.block
        return block if isinstance(block, Message) else None

    @property
    def signal(self) -> str | None:
        """Name of the signal it waits for."""
        return self.block.name if isinstance(self.block, Signal) else None

    def begin(self, now: datetime) -> None:
        """Note what it has to know later."""
        block = self.block
        if isinstance(block, Timer):
            self.began, self.due = now, now + timedelta(hours=block.hours)
        message = self.message
        if message is not None:
            self.value = self.data[message.key]

    def again(self, now: datetime) -> bool:
        """Wait once more beside what goes on; tells whether there is anything to wait for."""
        block = self.block
        if isinstance(block, Timer) and self.due is not None and self.began is not None:
            every = timedelta(hours=block.hours)
            count = (self.due - self.began) // every
            count = max(count, (now - self.began) // every) + 1
            self.due = self.began + count * every
            return count <= block.times
        if isinstance(block, Becomes):
            self.held = True
        else:
            self.begin(now)
        return True

    def holds(self) -> bool:
        """Tell whether its condition begins to hold."""
        if not isinstance(self.block, Becomes):
            return False
        holds = self.block.condition.holds(self.data)
        begins, self.held = holds and not self.held, self.held and holds
        return begins


def catcher(origin: Wait | Scope, kind: type[Error | Escalation], code: str) -> Wait | None:
    """Find the nearest wait around that catches a code: before others the one that names it."""
    for waits in _around(origin):
        caught = [one for one in waits if isinstance(one.block, kind)]
        for wanted in (code, ""):
            for one in caught:
                if isinstance(one.block, Error | Escalation) and one.block.code == wanted:
                    return one
    return None


def _around(origin: Wait | Scope) -> Iterable[list[Wait]]:
    here = origin if isinstance(origin, Wait) else None
    scope = origin.scope if isinstance(origin, Wait) else origin
    while True:
        while here is not None:
            yield here.edge
            here = here.around
        yield scope.triggers
        here = scope.above
        if here is None:
            return
        scope = here.scope
