"""Trefferregeln: what becomes of the rows of a decision table that hold.

Nothing is filled in silently: a table that must give one result and has no row for a case stops
the case, unless all its outputs name a default. Without a row COLLECT and RULE ORDER give empty
lists, COUNT gives 0, and SUM, MIN and MAX give their default or None.
Source: DMN 1.3, clause 8.2.8 and table 75 (sum, min and max of an empty list are null).
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from typing import Any

from app.engine.tables.kinds import Kind, is_same, kind_of
from app.expressions.fault import ExpressionFault

Results = dict[str, Any]


class HitPolicy(Enum):
    """Hit policies with their aggregation, as DMN names both."""

    UNIQUE = ("UNIQUE", "")
    FIRST = ("FIRST", "")
    ANY = ("ANY", "")
    RULE_ORDER = ("RULE ORDER", "")
    COLLECT = ("COLLECT", "")
    SUM = ("COLLECT", "SUM")
    MIN = ("COLLECT", "MIN")
    MAX = ("COLLECT", "MAX")
    COUNT = ("COLLECT", "COUNT")

    @property
    def most(self) -> int:
        """How many rows are looked for; 0 means all."""
        return {HitPolicy.UNIQUE: 2, HitPolicy.FIRST: 1}.get(self, 0)

    @property
    def is_single(self) -> bool:
        """Whether there is one result even if several rows hold."""
        return self in {HitPolicy.UNIQUE, HitPolicy.FIRST, HitPolicy.ANY}

    @property
    def takes_default(self) -> bool:
        """Whether a default stands for the result where no row holds."""
        return self.is_single or self in {HitPolicy.SUM, HitPolicy.MIN, HitPolicy.MAX}


def combine(policy: HitPolicy, outputs: Sequence[str], found: Sequence[Results]) -> Results:
    """Make one result of the results of one or more rows that hold, in their order.

    A sum is a Decimal.

    :raises ExpressionFault: rows contradict each other, or their results do not fit together.
    """
    if policy.is_single:
        for other in found[1:]:
            if not all(is_same(found[0][name], other[name]) for name in outputs):
                raise ExpressionFault("Mehrere Zeilen mit verschiedenen Ergebnissen treffen zu.")
        return found[0]
    columns = {name: [row[name] for row in found] for name in outputs}
    if policy in _AGGREGATES:
        return {name: _AGGREGATES[policy](values) for name, values in columns.items()}
    return dict(columns)


def without_rows(policy: HitPolicy, outputs: Sequence[str]) -> Results | None:
    """Give what a table without a default results in where no row holds; None where it must not.

    The lists are new ones.
    """
    if policy.is_single:
        return None
    if policy in _AGGREGATES:
        return dict.fromkeys(outputs, 0 if policy is HitPolicy.COUNT else None)
    return {name: [] for name in outputs}


def _total(values: Sequence[Any]) -> Decimal:
    """Add up as people do on paper: 0.1 and 0.2 give 0.3."""
    if any(kind_of(value) is not Kind.NUMBER for value in values):
        raise ExpressionFault("Zusammenzählen lassen sich nur Zahlen.")
    return sum((Decimal(str(value)) for value in values), Decimal(0))


def _ordered(values: Sequence[Any]) -> Sequence[Any]:
    if {kind_of(value) for value in values} not in ({Kind.NUMBER}, {Kind.TEXT}):
        raise ExpressionFault("Vergleichen lassen sich nur Zahlen oder nur Texte.")
    return values


_AGGREGATES: Mapping[HitPolicy, Callable[[Sequence[Any]], Any]] = {
    HitPolicy.SUM: _total,
    HitPolicy.MIN: lambda values: min(_ordered(values)),
    HitPolicy.MAX: lambda values: max(_ordered(values)),
    HitPolicy.COUNT: len,
}
