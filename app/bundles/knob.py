"""Einstellung: what a municipality may adapt about a service."""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class KnobType(StrEnum):
    """Kinds of settings."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    NUMBER = "number"
    TEXT = "text"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value a choice may have, and what people call it."""

    value: str
    title: str


@dataclass(frozen=True, slots=True)
class Knob:
    """One setting; ``minimum`` and ``maximum`` bound numbers, or the length of a text."""

    key: str
    type: KnobType
    title: str
    default: Any
    help: str = ""
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[Choice, ...] = ()

    def fault(self, value: Any) -> str:
        """Say in German what is wrong with ``value``; empty if nothing is."""
        match self.type:
            case KnobType.BOOLEAN:
                return "" if isinstance(value, bool) else f"„{self.title}“ ist Ja oder Nein."
            case KnobType.CHOICE:
                known = any(choice.value == value for choice in self.choices)
                return "" if known else f"Bitte wählen Sie für „{self.title}“ einen Wert der Liste."
            case KnobType.TEXT:
                if not isinstance(value, str):
                    return f"„{self.title}“ ist ein Text."
                return self._bounds(len(value), " Zeichen")
            case KnobType.INTEGER | KnobType.NUMBER:
                kinds = int if self.type is KnobType.INTEGER else (int, float)
                known = isinstance(value, kinds) and not isinstance(value, bool)
                if not known or not math.isfinite(value):
                    return f"„{self.title}“ ist eine Zahl."
                return self._bounds(value, "")

    def _bounds(self, size: float, unit: str) -> str:
        if self.minimum is not None and size < self.minimum:
            return f"„{self.title}“: mindestens {self.minimum:g}{unit}."
        if self.maximum is not None and size > self.maximum:
            return f"„{self.title}“: höchstens {self.maximum:g}{unit}."
        return ""
