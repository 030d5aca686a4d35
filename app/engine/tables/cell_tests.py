"""Zellenprüfungen: what one input cell asks of the value of its column."""

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from app.engine.tables.formula import Formula, TableFrame
from app.engine.tables.kinds import KINDS, NUMBERS, Kind, is_comparable, kind_of, stranger
from app.expressions.fault import ExpressionFault
from app.expressions.node import PYTHON_FAULTS
from app.expressions.operators import COMPARE

Test = Callable[[TableFrame, Any], bool]
Plain = str | int | float | bool | None

_INCOMPARABLE = "Diese Werte lassen sich nicht vergleichen."


class Check(Protocol):
    """A part of a cell before its column is known as a whole."""

    @property
    def kinds(self) -> frozenset[Kind]:
        """Kinds of the values written in the cell itself."""

    @property
    def orders(self) -> bool:
        """Whether it asks for more or less, which nothing can be compared with."""

    @property
    def names(self) -> frozenset[str]:
        """Names it reads of the process data."""

    def test(self, known: frozenset[Kind]) -> Test:
        """Make the test, for a column whose cells know these kinds.

        The test raises ExpressionFault where a value of none of these kinds is compared.
        """


@dataclass(frozen=True, slots=True)
class Members:
    """The value is one of those written in the cell."""

    values: tuple[Plain, ...]
    orders = False
    names = frozenset[str]()

    @property
    def kinds(self) -> frozenset[Kind]:
        """See :class:`Check`."""
        return frozenset(kind_of(value) for value in self.values)

    def test(self, known: frozenset[Kind]) -> Test:
        """See :class:`Check`."""
        groups = {
            kind: frozenset(value for value in self.values if kind_of(value) is kind)
            for kind in self.kinds
        }
        by_type = {kind: groups[name] for kind, name in KINDS.items() if name in groups}
        texts, foreign = groups.get(Kind.TEXT, ()), stranger(known, orders=False)
        expected = min(groups, key=lambda kind: (kind is Kind.NOTHING, kind.name))

        def run(frame: TableFrame, value: Any) -> bool:
            found = by_type.get(type(value))
            if found is not None:
                return value in found
            if isinstance(value, date) and texts:
                return any(_compare(frame, ast.Eq, value, text) for text in texts)
            return foreign(value, expected)

        return run


@dataclass(frozen=True, slots=True)
class Bound:
    """The value is more or less than a number or a text written in the cell."""

    relation: type[ast.cmpop]
    value: str | int | float
    orders = True
    names = frozenset[str]()

    @property
    def kinds(self) -> frozenset[Kind]:
        """See :class:`Check`."""
        return frozenset({kind_of(self.value)})

    def test(self, known: frozenset[Kind]) -> Test:
        """See :class:`Check`."""
        types = NUMBERS if kind_of(self.value) is Kind.NUMBER else frozenset({str})
        relation, bound, expected = self.relation, self.value, kind_of(self.value)
        compare, foreign = _ORDER[relation], stranger(known, orders=True)

        def run(frame: TableFrame, value: Any) -> bool:
            if type(value) in types:
                return compare(value, bound)
            if isinstance(value, date) and expected is Kind.TEXT:
                return _compare(frame, relation, value, bound)
            return foreign(value, expected)

        return run


@dataclass(frozen=True, slots=True)
class Compared:
    """The value is equal to, more or less than what an expression gives."""

    relation: type[ast.cmpop]
    other: Formula
    kinds = frozenset[Kind]()

    @property
    def orders(self) -> bool:
        """See :class:`Check`."""
        return self.relation in _ORDER

    @property
    def names(self) -> frozenset[str]:
        """See :class:`Check`."""
        return self.other.names

    def test(self, known: frozenset[Kind]) -> Test:
        """See :class:`Check`."""
        relation, other, orders = self.relation, self.other, self.orders
        foreign = stranger(known, orders=orders)

        def run(frame: TableFrame, value: Any) -> bool:
            against = other.value(frame)
            if is_comparable(value, against):
                return _compare(frame, relation, value, against)
            if against is None:
                if not orders:
                    return False
                raise ExpressionFault("Der Vergleichswert fehlt.")
            return foreign(value, kind_of(against))

        return run


@dataclass(frozen=True, slots=True)
class Condition:
    """An expression about the value is true."""

    formula: Formula
    kinds = frozenset[Kind]()
    orders = False

    @property
    def names(self) -> frozenset[str]:
        """See :class:`Check`."""
        return self.formula.names

    def test(self, _: frozenset[Kind]) -> Test:
        """See :class:`Check`."""
        formula = self.formula

        def run(frame: TableFrame, value: Any) -> bool:
            try:
                answer = formula.answer(frame, value)
            except ExpressionFault as fault:
                if value is None:
                    message = f"{fault.message} Die Eingabe dieser Spalte hat keinen Wert."
                    raise ExpressionFault(message, fault.column) from None
                raise
            if type(answer) is not bool:
                raise ExpressionFault("Die Zelle ergibt weder wahr noch falsch.")
            return answer

        return run


@dataclass(frozen=True, slots=True)
class AllOf:
    """Two checks hold, as for both ends of an interval."""

    first: Check
    second: Check

    @property
    def kinds(self) -> frozenset[Kind]:
        """See :class:`Check`."""
        return self.first.kinds | self.second.kinds

    @property
    def orders(self) -> bool:
        """See :class:`Check`."""
        return self.first.orders or self.second.orders

    @property
    def names(self) -> frozenset[str]:
        """See :class:`Check`."""
        return self.first.names | self.second.names

    def test(self, known: frozenset[Kind]) -> Test:
        """See :class:`Check`."""
        first, second = self.first.test(known), self.second.test(known)
        return lambda frame, value: first(frame, value) and second(frame, value)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of several checks holds, or none of them if ``is_negated``.

    Negated, nothing is neither within an interval nor outside of it.
    """

    checks: tuple[Check, ...]
    is_negated: bool = False

    @property
    def kinds(self) -> frozenset[Kind]:
        """See :class:`Check`."""
        return frozenset().union(*(check.kinds for check in self.checks))

    @property
    def orders(self) -> bool:
        """See :class:`Check`."""
        return any(check.orders for check in self.checks)

    @property
    def names(self) -> frozenset[str]:
        """See :class:`Check`."""
        return frozenset().union(*(check.names for check in self.checks))

    def test(self, known: frozenset[Kind]) -> Test:
        """See :class:`Check`."""
        tests = [check.test(known) for check in self.checks]
        orders = self.orders

        def found(frame: TableFrame, value: Any) -> bool:
            return any(test(frame, value) for test in tests)

        def missed(frame: TableFrame, value: Any) -> bool:
            is_found = found(frame, value)
            return not is_found and not (orders and value is None)

        if self.is_negated:
            return missed
        return tests[0] if len(tests) == 1 else found


def _compare(frame: TableFrame, relation: type[ast.cmpop], left: Any, right: Any) -> bool:
    try:
        return bool(COMPARE[relation](frame, left, right))
    except PYTHON_FAULTS:
        raise ExpressionFault(_INCOMPARABLE) from None


_ORDER: Mapping[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
