"""Textbaustein: author's words with places where values are written in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.expressions.expression import Expression, compile_expression
from app.expressions.fault import ExpressionFault
from app.letters.german import FORMATS, Unwritable

_FORMAT = re.compile(r"(?P<expression>.+?):(?P<format>[a-z_]+)\s*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value goes, and how it is written."""

    expression: Expression
    format: str

    def write(self, values: Mapping[str, Any], now: datetime) -> str:
        """Evaluate and write the value.

        :raises ExpressionFault: it cannot be had, or does not suit the format.
        """
        value = self.expression.evaluate(values, now)
        try:
            return FORMATS[self.format](value)
        except Unwritable as error:
            form = self.format or "Text"
            raise ExpressionFault(
                f"„{self.expression.source}“ lässt sich nicht als „{form}“ schreiben.", 0
            ) from error


@dataclass(frozen=True, slots=True)
class Sentence:
    """Compiled text; what a value contains is never looked at again."""

    parts: tuple[str | Place, ...]

    @property
    def names(self) -> frozenset[str]:
        """Free names of all expressions in it."""
        places = (part for part in self.parts if isinstance(part, Place))
        return frozenset[str]().union(*(place.expression.names for place in places))

    def write(self, values: Mapping[str, Any], now: datetime) -> str:
        """Fill in all places.

        :raises ExpressionFault: a value cannot be had.
        """
        return "".join(
            part if isinstance(part, str) else part.write(values, now) for part in self.parts
        ).strip()


def compile_sentence(source: str) -> Sentence:
    """Read ``Der Zähler {antrag.zaehler.nummer} gilt bis {ende:datum}.``; ``{{`` is a brace.

    Line breaks of the author become spaces; those inside values stay.

    :raises ExpressionFault: a brace is left open or an expression does not hold.
    """
    parts: list[str | Place] = []
    words: list[str] = []
    position = 0
    while position < len(source):
        character = source[position]
        if source.startswith(("{{", "}}"), position):
            words.append(character)
            position += 2
        elif character == "{":
            end = _closing_brace(source, position)
            parts.extend((_one_line("".join(words)), _place(source[position + 1 : end])))
            words.clear()
            position = end + 1
        elif character == "}":
            raise ExpressionFault("Eine schließende Klammer „}“ hat kein Gegenstück.", position + 1)
        else:
            words.append(character)
            position += 1
    parts.append(_one_line("".join(words)))
    return Sentence(tuple(part for part in parts if part != ""))


def _one_line(text: str) -> str:
    return re.sub(r"[ \t]*\n[ \t]*", " ", text)


def _closing_brace(source: str, start: int) -> int:
    quote = ""
    depth = 0
    for position in range(start, len(source)):
        character = source[position]
        if quote:
            quote = "" if character == quote else quote
        elif character in "'\"":
            quote = character
        elif character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
            if depth == 0:
                return position
    raise ExpressionFault("Eine öffnende Klammer „{“ wird nicht geschlossen.", start + 1)


def _place(text: str) -> Place:
    match = _FORMAT.fullmatch(text)
    if match is None:
        return Place(compile_expression(text.strip()), "")
    if match["format"] not in FORMATS:
        known = ", ".join(name for name in FORMATS if name)
        raise ExpressionFault(
            f"Das Format „{match['format']}“ gibt es nicht. Möglich sind: {known}.", 0
        )
    return Place(compile_expression(match["expression"].strip()), match["format"])
