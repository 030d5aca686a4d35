"""Bühne der Gegenprobe: a case with its waits, and how they happen and are ended."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tests.support.random_blocks import Block, Message
from tests.support.random_waits import Data, Scope, Then, Wait


class Stage:
    """What has happened since the last act, and what is waited for, the oldest first."""

    def __init__(self, data: dict[str, Any], now: datetime) -> None:
        self.data = data
        self.now = now
        self.waits: list[Wait] = []
        self.log: list[str] = []
        self.milestones: list[str] = []
        self.completed = False

    def signalled(self, name: str) -> list[Wait]:
        """Everything that waits for a signal, what lies further out first."""
        return sorted((one for one in self.waits if one.signal == name), key=_depth)

    def _hit(self, targets: Iterable[Wait], value: Any = None) -> None:
        """Let all of them happen at once, then go on."""
        for then in [wait.hit(value) for wait in targets if wait in self.waits]:
            then()
        self._settle()

    def _settle(self) -> None:
        """Let happen what conditions wait for, as long as there is any."""
        while began := [one for one in sorted(self.waits, key=_depth) if one.holds()]:
            for then in [wait.hit(None) for wait in began if wait in self.waits]:
                then()

    def _pass(self, key: str, then: Then) -> None:
        self.log.append(key)
        then()

    def _waiting(self, wait: Wait) -> Wait:
        wait.begin(self.now)
        self.waits.append(wait)
        return wait

    def _take(self, block: Any, data: Data, value: Any) -> None:
        if isinstance(block, Message):
            data[f"inhalt_{block.id}"] = value

    def _again(self, wait: Wait) -> None:
        """Wait once more, behind what waits already."""
        self.waits.remove(wait)
        if wait.again(self.now):
            self.waits.append(wait)

    def _drop(self, wait: Wait) -> None:
        if wait in self.waits:
            self.waits.remove(wait)
        if wait in wait.scope.triggers:
            wait.scope.triggers.remove(wait)

    def _cancel(self, host: Wait) -> None:
        """End a host with everything in it and beside it."""
        if host.inner is not None:
            self._clear(host.inner)
        for one in [*host.rounds, *host.edge]:
            self._cancel(one)
        self._drop(host)

    def _clear(self, scope: Scope) -> None:
        """End everything that runs in a scope."""
        scope.lives += 1
        for wait in [one for one in self.waits if one.scope is scope]:
            self._cancel(wait)

    def _end(self, key: str | None, scope: Scope) -> None:
        if key:
            self.log.append(key)
        scope.tokens -= 1
        if scope.tokens == 0:
            self._clear(scope)
            scope.done()

    def _finish(self) -> None:
        self.completed = True

    def _run(self, block: Block, scope: Scope, then: Then) -> None:
        """Play a block, then go on."""
        raise NotImplementedError


def _depth(wait: Wait) -> int:
    return 0 if wait.scope.above is None else 1 + _depth(wait.scope.above)
