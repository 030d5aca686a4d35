"""Zustellung: who in a case gets what arrives from outside or is thrown inside."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from app.engine.runtime.boundary import interrupts, is_event_part, triggers_of
from app.engine.runtime.repeating import Repeating
from app.engine.runtime.token import Token
from app.engine.runtime.waiting import (
    Memory,
    MessageWait,
    SignalWait,
    ThrownWait,
    Wait,
    waits_of,
)
from app.errors import Incident, TaskDone


class Delivery:
    """Finds the waits of a case that something is for."""

    script_engine: Any

    def waits(self) -> Iterator[tuple[Token, Wait, Memory]]:
        """Everything that waits for something, but not for a person or a service."""
        raise NotImplementedError

    def receive(self, name: str, payload: Any, correlation: dict[str, Any]) -> None:
        """Hand a message to the oldest wait that matches.

        :raises TaskDone: nothing here waits for it.
        """
        for token, wait, memory in sorted(self.waits(), key=lambda one: one[0].number):
            if isinstance(wait, MessageWait) and wait.message == name:
                carried = {**correlation, **self._carried(wait, payload)}
                if memory["correlation"].items() <= carried.items():
                    _fire(token, memory, payload)
                    return
        raise TaskDone(name)

    def signal(self, name: str, payload: Any) -> int:
        """Reach all that waits for a signal, what ends something last; tells how many did."""
        reached = [
            (token, memory)
            for token, wait, memory in self.waits()
            if isinstance(wait, SignalWait) and wait.signal == name
        ]
        for token, memory in sorted(reached, key=lambda one: interrupts(one[0])):
            if not token.finished:
                _fire(token, memory, payload)
        return len(reached)

    def throw(
        self,
        origin: Token,
        kind: type[ThrownWait],
        code: str,
        payload: Any,
        *,
        only_around: Any = None,
    ) -> bool:
        """Reach the nearest wait around a token: for this code, else for any; tells whether.

        ``only_around`` is the scope whose own boundary alone counts.
        """
        if only_around is not None:
            holder = getattr(only_around, "holder", None)
            nearest = holder.guard if holder is not None else None
            found = [] if nearest is None else [nearest.children]
        else:
            found = list(self._around(origin))
        for around in found:
            catching = [
                (token, wait, memory)
                for token in around
                for wait, memory in waits_of(token)
                if isinstance(wait, kind)
            ]
            for wanted in (code, ""):
                for token, wait, memory in catching:
                    if wait.code == wanted:
                        _fire(token, memory, payload)
                        return True
        return False

    def _around(self, origin: Token) -> Iterator[list[Token]]:
        """Give what guards a token, from the inside out."""
        token: Token | None = origin
        while token is not None:
            parent = token.parent
            if parent is not None and isinstance(parent.task_spec, Repeating):
                token = parent
                continue
            if token.guard is not None:
                yield token.guard.children
            if not is_event_part(token):  # what an event part throws is for what lies around both
                yield triggers_of(token.workflow)
            token = getattr(token.workflow, "holder", None)

    def _carried(self, wait: MessageWait, payload: Any) -> dict[str, Any]:
        values = payload if isinstance(payload, dict) else {"payload": payload}
        carried = {}
        for name, source in wait.theirs.items():
            with suppress(Incident):  # a message without it does not match, that is all
                carried[name] = self.script_engine.evaluate_on(wait.element, source, values)
        return carried


def _fire(token: Token, memory: Memory, payload: Any) -> None:
    memory.update(fired=True, payload=payload)
    token.task_spec._update(token)
