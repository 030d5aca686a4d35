"""Rechenraum: what one evaluation sees and what it has used up."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.expressions.fault import ExpressionFault
from app.expressions.limits import MAX_LENGTH, MAX_ROOM, MAX_STEPS


class Frame:
    """One evaluation: names to values, names bound by ``for``, the time, what is left to use."""

    __slots__ = ("bound", "now", "output", "room", "steps", "values")

    def __init__(self, values: Mapping[str, Any], now: datetime) -> None:
        self.values = values
        self.bound: dict[str, Any] = {}
        self.now = now
        self.steps = MAX_STEPS
        self.room = MAX_ROOM
        self.output = MAX_ROOM

    def tick(self, steps: int = 1) -> None:
        """Pay for work.

        :raises ExpressionFault: the budget is used up.
        """
        self.steps -= steps
        if self.steps < 0:
            raise ExpressionFault("Der Ausdruck rechnet zu lange.")

    def allocate(self, length: int) -> None:
        """Pay for a new text or list of ``length`` characters or items.

        :raises ExpressionFault: it would be too large.
        """
        self.room -= length
        if length > MAX_LENGTH or self.room < 0:
            raise ExpressionFault("Der Ausdruck braucht zu viel Speicher.")
        self.tick(max(0, length) >> 6)

    def give(self, text: str) -> None:
        """Pay for text in a result, which takes its whole length each time it appears there.

        :raises ExpressionFault: the result would be too large.
        """
        self.output -= len(text)
        if self.output < 0:
            raise ExpressionFault("Das Ergebnis ist zu umfangreich, um es zu speichern.")

    def walk(self, value: Any) -> None:
        """Pay for visiting every part of ``value``, shared parts once per place they appear."""
        waiting = [value]
        while waiting:
            part = waiting.pop()
            if isinstance(part, dict | list | tuple):
                self.tick(1 + len(part))
                waiting.extend(part.values() if isinstance(part, dict) else part)
            elif isinstance(part, str):
                self.tick(len(part) >> 8)
