"""Funktionen: the only things an expression may call."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from app.expressions.dates import DATE_FUNCTIONS
from app.expressions.fault import ExpressionFault
from app.expressions.frame import Frame
from app.expressions.limits import MAX_NUMBER_CHARS
from app.expressions.operators import NUMBERS, bounded

_NESTED = (dict, list, tuple)


def _sized(function: Callable[..., Any]) -> Callable[..., Any]:
    """Let a function pay for the length of what it is given."""

    def run(frame: Frame, row: Any, **options: Any) -> Any:
        frame.tick(1 + (len(row) >> 3))
        return function(row, **options)

    return run


def _ordering(function: Callable[..., Any]) -> Callable[..., Any]:
    """Let a function pay for every comparison it may make."""

    def run(frame: Frame, *values: Any, **options: Any) -> Any:
        for value in values:
            for part in value if isinstance(value, list | tuple) else (value,):
                if isinstance(part, _NESTED):
                    frame.walk(part)
                frame.tick(1 + (len(part) >> 8) if isinstance(part, str) else 1)
        return function(*values, **options)

    return run


def _sum(frame: Frame, row: Any) -> Any:
    total: Any = 0
    for value in row:
        frame.tick()
        if not isinstance(value, NUMBERS):
            raise TypeError
        total = bounded(total + value)
    return total


def _round(_: Frame, number: Any, digits: Any = 0) -> Any:
    if not isinstance(number, NUMBERS) or type(digits) is not int or abs(digits) > 12:
        raise TypeError
    return round(bounded(number), digits) if digits else round(bounded(number))


def _short(value: Any) -> Any:
    if isinstance(value, str) and len(value) > MAX_NUMBER_CHARS:
        raise ValueError
    return value


def _str(frame: Frame, value: Any = "") -> str:
    if isinstance(value, _NESTED):
        raise TypeError
    text = str(value)
    frame.allocate(len(text))
    return text


def _int(_: Frame, value: Any = 0) -> Any:
    return bounded(int(bounded(_short(value))))


def _float(_: Frame, value: Any = 0) -> float:
    return float(_short(value))


def _decimal(_: Frame, value: Any) -> Any:
    if not isinstance(value, str | int | float | Decimal):
        raise TypeError
    return bounded(Decimal(str(_short(bounded(value)))))


def _list(frame: Frame, row: Any = ()) -> list[Any]:
    frame.allocate(len(row))
    return list(row)


def _range(frame: Frame, *bounds: Any) -> list[int]:
    numbers = range(*bounds)
    frame.allocate(len(numbers))
    frame.tick(len(numbers))
    return list(numbers)


def _enumerate(frame: Frame, row: Any) -> list[Any]:
    frame.allocate(2 * len(row))
    return list(enumerate(row))


def _zip(frame: Frame, *rows: Any) -> list[Any]:
    frame.allocate(2 * sum(len(row) for row in rows))
    return list(zip(*rows, strict=False))


def _value(_: Frame, start: Any, *path: Any) -> Any:
    """Follow keys into objects; None where the way ends."""
    for key in path:
        if not isinstance(key, str):
            raise ExpressionFault("Nach dem ersten Wert folgen Feldnamen als Text.")
        start = start.get(key) if isinstance(start, dict) else None
    return start


def _present(frame: Frame, start: Any, *path: Any) -> bool:
    return _value(frame, start, *path) is not None


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "len": _sized(len),
    "any": _sized(any),
    "all": _sized(all),
    "sum": _sum,
    "min": _ordering(min),
    "max": _ordering(max),
    "sorted": _ordering(sorted),
    "abs": lambda _, number: bounded(abs(number)),
    "round": _round,
    "str": _str,
    "int": _int,
    "float": _float,
    "bool": lambda _, value=False: bool(value),
    "Decimal": _decimal,
    "list": _list,
    "range": _range,
    "enumerate": _enumerate,
    "zip": _zip,
    "wert": _value,
    "vorhanden": _present,
    **DATE_FUNCTIONS,
}
OPTIONS: Mapping[str, frozenset[str]] = {
    "sorted": frozenset({"reverse"}),
    "min": frozenset({"default"}),
    "max": frozenset({"default"}),
}
TOLERANT = frozenset({"wert", "vorhanden"})
