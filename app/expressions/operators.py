"""Rechenzeichen: arithmetic and comparison with bounds."""

import ast
import operator
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from app.expressions.dates import align, parse_moment
from app.expressions.fault import ExpressionFault
from app.expressions.frame import Frame
from app.expressions.limits import MAX_DECIMAL_DIGITS, MAX_EXPONENT, MAX_INTEGER_BITS

NUMBERS = (int, float, Decimal)
_POWER_STEPS = 40  # a power of decimal numbers takes that much longer than a sum
_ROWS = (str, list, tuple)
_NESTED = (dict, list, tuple)
_PLAIN = frozenset({int, float, bool, type(None)})


def bounded(value: Any) -> Any:
    """Give back a number unless it is too large to go on with.

    :raises ExpressionFault: it is.
    """
    if type(value) is int and value.bit_length() > MAX_INTEGER_BITS:
        raise ExpressionFault("Die Zahl wird zu groß.")
    if type(value) is Decimal and (
        not value.is_finite() or abs(value.adjusted()) > MAX_DECIMAL_DIGITS
    ):
        raise ExpressionFault("Die Zahl wird zu groß.")
    return value


def _as_moment(value: Any, other: Any) -> Any:
    """Read ISO text as a date where the other side is a span of time or a date."""
    if isinstance(value, str) and isinstance(other, timedelta | date):
        return parse_moment(value) or value
    return value


def _add(frame: Frame, left: Any, right: Any) -> Any:
    if isinstance(left, _ROWS) and isinstance(right, _ROWS):
        frame.allocate(len(left) + len(right))
        return operator.add(left, right)
    return bounded(_as_moment(left, right) + _as_moment(right, left))


def _subtract(_: Frame, left: Any, right: Any) -> Any:
    left, right = align(_as_moment(left, right), _as_moment(right, left))
    return bounded(left - right)


def _multiply(frame: Frame, left: Any, right: Any) -> Any:
    row, times = (left, right) if isinstance(left, _ROWS) else (right, left)
    if not isinstance(row, _ROWS):
        return bounded(left * right)
    if not isinstance(times, int):
        raise TypeError
    frame.allocate(max(0, len(row) * times))
    return row * times


def _power(frame: Frame, left: Any, right: Any) -> Any:
    if not all(isinstance(side, NUMBERS) for side in (left, right)):
        raise TypeError
    if not -MAX_EXPONENT <= right <= MAX_EXPONENT:
        raise ExpressionFault("Der Exponent ist zu groß.")
    if isinstance(left, Decimal) or isinstance(right, Decimal):
        frame.tick(_POWER_STEPS)
    result = bounded(left) ** right
    if not isinstance(result, NUMBERS):
        raise TypeError
    return bounded(result)


def _modulo(_: Frame, left: Any, right: Any) -> Any:
    if not isinstance(left, NUMBERS):
        raise TypeError
    return bounded(left % right)


def _divide(_: Frame, left: Any, right: Any) -> Any:
    return bounded(left / right)


def _floor_divide(_: Frame, left: Any, right: Any) -> Any:
    return bounded(left // right)


def _comparison(
    compare: Callable[[Any, Any], Any],
) -> Callable[[Frame, Any, Any], Any]:
    def run(frame: Frame, left: Any, right: Any) -> Any:
        if type(left) in _PLAIN and type(right) in _PLAIN:
            return compare(left, right)
        if isinstance(left, date) or isinstance(right, date):
            return compare(*align(left, right))
        if isinstance(left, _NESTED) and isinstance(right, _NESTED):
            frame.walk(left)
        elif isinstance(left, str):
            frame.tick(len(left) >> 8)
        return compare(left, right)

    return run


def _contains(frame: Frame, item: Any, row: Any) -> bool:
    if isinstance(row, str | dict) and not isinstance(item, str):
        raise TypeError
    if isinstance(item, _NESTED):
        frame.walk(row)
    elif isinstance(item, str) and not isinstance(row, str):
        frame.tick(len(row) * (1 + (len(item) >> 5)) >> 6)
    else:
        frame.tick(len(row) >> 6)
    return item in row


def _contains_not(frame: Frame, item: Any, row: Any) -> bool:
    return not _contains(frame, item, row)


Operation = Callable[[Frame, Any, Any], Any]

BINARY: Mapping[type[ast.operator], Operation] = {
    ast.Add: _add,
    ast.Sub: _subtract,
    ast.Mult: _multiply,
    ast.Div: _divide,
    ast.FloorDiv: _floor_divide,
    ast.Mod: _modulo,
    ast.Pow: _power,
}
COMPARE: Mapping[type[ast.cmpop], Operation] = {
    ast.Eq: _comparison(operator.eq),
    ast.NotEq: _comparison(operator.ne),
    ast.Lt: _comparison(operator.lt),
    ast.LtE: _comparison(operator.le),
    ast.Gt: _comparison(operator.gt),
    ast.GtE: _comparison(operator.ge),
    ast.In: _contains,
    ast.NotIn: _contains_not,
    ast.Is: lambda _, left, right: left is right,
    ast.IsNot: lambda _, left, right: left is not right,
}
UNARY: Mapping[type[ast.unaryop], Callable[[Any], Any]] = {
    ast.Not: operator.not_,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}
