"""JSON-Werte: what leaves an expression."""

import math
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from types import UnionType
from typing import Any

from app.expressions.fault import ExpressionFault
from app.expressions.frame import Frame
from app.expressions.limits import MAX_NESTING

_TOO_LARGE = "Die Zahl ist zu groß, um sie zu speichern."


def json_value(frame: Frame, value: Any, depth: int = 0) -> Any:
    """Copy ``value`` into JSON types that share nothing with it.

    A date becomes ISO text, a time ISO text with its zone, a span of time an ISO duration, a
    Decimal an integer if it is whole and a float otherwise, a tuple a list.

    :raises ExpressionFault: it cannot be stored.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _storable(frame, value)
    for kind, convert in _PLAIN:
        if isinstance(value, kind):
            return convert(value)
    if depth > MAX_NESTING:
        raise ExpressionFault("Das Ergebnis ist zu tief verschachtelt.")
    frame.tick(1 + len(value) if isinstance(value, dict | list | tuple) else 1)
    if isinstance(value, dict):
        return {
            _storable(frame, key): json_value(frame, part, depth + 1) for key, part in value.items()
        }
    if isinstance(value, list | tuple):
        return [json_value(frame, part, depth + 1) for part in value]
    raise ExpressionFault("Dieses Ergebnis lässt sich nicht speichern.")


def _storable(frame: Frame, text: Any) -> str:
    if not isinstance(text, str):
        raise ExpressionFault("Feldnamen müssen Text sein.")
    frame.give(text)
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise ExpressionFault("Der Text enthält ungültige Zeichen.") from None
    return text


def _number(number: float | Decimal) -> int | float:
    if isinstance(number, Decimal):
        number = int(number) if number == number.to_integral_value() else float(number)
    if isinstance(number, int):
        if not -(2**63) <= number < 2**64:
            raise ExpressionFault(_TOO_LARGE)
    elif not math.isfinite(number):
        raise ExpressionFault(_TOO_LARGE)
    return number


def _duration(span: timedelta) -> str:
    if span < timedelta(0):
        raise ExpressionFault("Eine Dauer darf nicht negativ sein.")
    return f"P{span.days}DT{span.seconds}S" if span.seconds else f"P{span.days}D"


_PLAIN: tuple[tuple[type | UnionType, Callable[[Any], Any]], ...] = (
    (int | float | Decimal, _number),
    (date, lambda day: day.isoformat()),
    (timedelta, _duration),
)
