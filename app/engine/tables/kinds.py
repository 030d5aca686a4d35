"""Wertarten: which values may be compared with each other in a decision table."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any

from app.expressions.fault import ExpressionFault


class Kind(Enum):
    """What a value is; the text names it for the author of a table."""

    NOTHING = "kein Wert"
    TRUTH = "wahr oder falsch"
    NUMBER = "eine Zahl"
    TEXT = "ein Text"
    MOMENT = "ein Datum"
    SPAN = "eine Dauer"
    LIST = "eine Liste"
    FIELDS = "eine Gruppe von Feldern"


NUMBERS = frozenset({int, float, Decimal})
KINDS: Mapping[type, Kind] = {
    type(None): Kind.NOTHING,
    bool: Kind.TRUTH,
    **dict.fromkeys(NUMBERS, Kind.NUMBER),
    str: Kind.TEXT,
    date: Kind.MOMENT,
    datetime: Kind.MOMENT,
    timedelta: Kind.SPAN,
    list: Kind.LIST,
    tuple: Kind.LIST,
    dict: Kind.FIELDS,
}
_DATES = frozenset({Kind.TEXT, Kind.MOMENT})


def kind_of(value: Any) -> Kind:
    """Tell what a value of our expressions is."""
    return KINDS[type(value)]


def is_comparable(first: Any, second: Any) -> bool:
    """Tell whether comparing both makes sense; a date may be written as text."""
    one, other = kind_of(first), kind_of(second)
    return one is other or {one, other} == _DATES


def is_same(first: Any, second: Any) -> bool:
    """Compare two results; unlike in Python ``1`` is not the same as ``True``."""
    return kind_of(first) is kind_of(second) and bool(first == second)


def stranger(known: frozenset[Kind], *, orders: bool) -> Callable[[Any, Kind], bool]:
    """Decide about values of another kind than a cell has, in a column that knows ``known``.

    The result is False where another cell of the column is made for that kind, or where nothing
    is compared with a value; everything else would hide a mistake of the table.
    """

    def foreign(value: Any, expected: Kind) -> bool:
        kind = kind_of(value)
        if kind in known or expected is Kind.NOTHING or (kind is Kind.NOTHING and not orders):
            return False
        if kind is Kind.NOTHING:
            raise ExpressionFault(
                "Die Eingabe hat keinen Wert und lässt sich nicht einordnen. Ergänzen Sie "
                "für diesen Fall eine Zeile mit null in dieser Spalte."
            )
        raise ExpressionFault(
            f"Die Eingabe ist {kind.value}, verglichen wird mit {_DATIVE[expected]}."
        )

    return foreign


_DATIVE: Mapping[Kind, str] = {
    Kind.NOTHING: "keinem Wert",
    Kind.TRUTH: "wahr oder falsch",
    Kind.NUMBER: "einer Zahl",
    Kind.TEXT: "einem Text",
    Kind.MOMENT: "einem Datum",
    Kind.SPAN: "einer Dauer",
    Kind.LIST: "einer Liste",
    Kind.FIELDS: "einer Gruppe von Feldern",
}
