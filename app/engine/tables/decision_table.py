"""Entscheidungstabelle: rows of conditions about inputs, and what follows from them.

Order of evaluation: rows from top to bottom, cells from left to right, and a row ends at its first
cell that does not hold. An input is computed when the first cell needs it, and once per decision,
so a field may be missing where no row asks for it. FIRST ends at the first row that holds, UNIQUE
at the second; results are computed for the rows that hold alone. All cells of one decision share
one budget.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from app.engine.tables.cell_tests import Test
from app.engine.tables.formula import Formula, TableFrame
from app.engine.tables.hit_policies import HitPolicy, combine, without_rows
from app.errors import Incident
from app.expressions.fault import ExpressionFault, MissingValue
from app.expressions.json_value import json_value
from app.expressions.node import PYTHON_FAULTS

_UNKNOWN = object()


@dataclass(frozen=True, slots=True)
class Input:
    """A column that rows ask about; ``label`` names it for people."""

    label: str
    formula: Formula
    allowed: Test | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """A column of results; ``name`` is the key in process data."""

    name: str
    default: Formula | None = None
    allowed: Test | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One rule; ``tests`` are the cells that ask something, as (number of the input, test)."""

    id: str
    number: int
    tests: tuple[tuple[int, Test], ...]
    results: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a table gives; ``results`` are new JSON values, ``rules`` ids of rows that hold."""

    results: dict[str, Any]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """A compiled table, never changed and safe to share between threads.

    ``id`` is what a process calls it by, ``outputs`` are keys of process data, ``names`` what its
    expressions read of process data, ``rule_ids`` the rows from top to bottom.
    """

    id: str
    policy: HitPolicy
    inputs: tuple[Input, ...]
    columns: tuple[Output, ...]
    rows: tuple[Row, ...]
    names: frozenset[str]

    @property
    def outputs(self) -> tuple[str, ...]:
        """Keys of process data that a decision sets, all of them each time."""
        return tuple(column.name for column in self.columns)

    @property
    def rule_ids(self) -> tuple[str, ...]:
        """Ids of all rows in their order."""
        return tuple(row.id for row in self.rows)

    def decide(self, values: Mapping[str, Any], now: datetime) -> Decision:
        """Find the rows that hold and compute what follows; ``now`` is aware.

        ``values`` is never changed and shares nothing with the result.

        :raises Incident: no row holds, rows contradict each other, or an expression has no
            result; the element is the row or else the table, the text names row and column.
        """
        frame = TableFrame(values, now)
        try:
            hits = self._hits(frame)
            return Decision(self._outcome(frame, hits), tuple(row.id for row in hits))
        except RecursionError:
            raise Incident(self.id, "Die Werte sind zu tief verschachtelt.") from None

    def _hits(self, frame: TableFrame) -> list[Row]:
        given = [_UNKNOWN] * len(self.inputs)
        hits: list[Row] = []
        for row in self.rows:
            at = 0
            try:
                for at, test in row.tests:
                    value = given[at]
                    if value is _UNKNOWN:
                        value = given[at] = self._given(frame, at)
                    if not test(frame, value):
                        break
                else:
                    hits.append(row)
                    if len(hits) == self.policy.most:
                        break
            except ExpressionFault as fault:
                raise _at_cell(row, self.inputs[at].label, fault.message) from None
            except PYTHON_FAULTS:
                message = "Diese Werte lassen sich nicht vergleichen."
                raise _at_cell(row, self.inputs[at].label, message) from None
        return hits

    def _given(self, frame: TableFrame, at: int) -> Any:
        column = self.inputs[at]
        where = f"Eingangsspalte „{column.label}“"
        try:
            value = column.formula.value(frame)
            is_allowed = value is None or column.allowed is None or column.allowed(frame, value)
        except MissingValue as fault:
            hint = "Darf die Angabe fehlen, dann schreiben Sie wert(...) um den Ausdruck."
            raise Incident(self.id, f"{where}: {fault.message} {hint}") from None
        except ExpressionFault as fault:
            raise Incident(self.id, f"{where}: {fault.message}") from None
        if not is_allowed:
            message = f"{where}: Der Wert gehört nicht zu den Werten, die die Spalte zulässt."
            raise Incident(self.id, message)
        return value

    def _outcome(self, frame: TableFrame, hits: Sequence[Row]) -> dict[str, Any]:
        if not hits:
            return self._nothing(frame)
        numbers = " und ".join(str(row.number) for row in hits[:2])
        if self.policy is HitPolicy.UNIQUE and len(hits) > 1:
            message = (
                f"Die Zeilen {numbers} treffen beide zu, erlaubt ist nur eine. "
                "Grenzen Sie die Zeilen voneinander ab."
            )
            raise Incident(self.id, message)
        found = [self._results(frame, row) for row in hits]
        try:
            combined = combine(self.policy, self.outputs, found)
            return {
                name: json_value(frame, value) if isinstance(value, Decimal) else value
                for name, value in combined.items()
            }
        except ExpressionFault as fault:
            raise Incident(self.id, f"{fault.message} Es geht um mehrere Zeilen.") from None

    def _results(self, frame: TableFrame, row: Row) -> dict[str, Any]:
        results = {}
        for column, formula in zip(self.columns, row.results, strict=True):
            try:
                value = results[column.name] = formula.result(frame)
                is_allowed = column.allowed is None or column.allowed(frame, value)
            except ExpressionFault as fault:
                raise _at_cell(row, column.name, fault.message) from None
            if not is_allowed:
                message = "Das Ergebnis gehört nicht zu den Werten, die die Spalte zulässt."
                raise _at_cell(row, column.name, message)
        return results

    def _nothing(self, frame: TableFrame) -> dict[str, Any]:
        defaults = {column.name: column.default for column in self.columns if column.default}
        try:
            if defaults:
                return {name: default.result(frame) for name, default in defaults.items()}
        except ExpressionFault as fault:
            raise Incident(self.id, f"Vorgabewert: {fault.message}") from None
        results = without_rows(self.policy, self.outputs)
        if results is None:
            message = (
                "Keine Zeile der Entscheidungstabelle trifft zu. "
                "Ergänzen Sie eine Zeile für alle übrigen Fälle."
            )
            raise Incident(self.id, message)
        return results


def _at_cell(row: Row, column: str, message: str) -> Incident:
    return Incident(row.id, f"Zeile {row.number}, Spalte „{column}“: {message}")
