"""Entscheidungstabellen: from DMN files to tables that decide, or to what is wrong with them."""

import ast
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from app.engine.modelling.xmlio import Element
from app.engine.tables.cell_tests import Check, Test
from app.engine.tables.cell_text import ANYTHING, UnclearCell, read_expression
from app.engine.tables.cells import compile_cell
from app.engine.tables.decision_table import DecisionTable, Input, Output, Row
from app.engine.tables.formula import Formula
from app.engine.tables.kinds import Kind
from app.engine.tables.table_text import InputText, OutputText, RuleText, TableText, read_table
from app.errors import BundleInvalid, FieldFault
from app.expressions.fault import ExpressionFault
from app.expressions.parse import parse_expression

_Readable = TypeVar("_Readable", Formula, Check)
_FILE = "decision.dmn"
MAX_FAULTS = 100  # of one table; nobody reads more


def compile_tables(roots: Sequence[Element]) -> dict[str, DecisionTable]:
    """Compile the tables of a process by their ids.

    :raises BundleInvalid: each fault points to a rule, to a table, or to ``decision.dmn`` where
        a table has no id.
    """
    tables: dict[str, DecisionTable] = {}
    faults: list[FieldFault] = []
    for root in roots:
        try:
            table = _compile(read_table(root, _FILE))
        except BundleInvalid as invalid:
            faults += invalid.fields
            continue
        if table.id in tables:
            message = f"Die Entscheidungstabelle „{table.id}“ gibt es mehrfach."
            faults.append(FieldFault(table.id, "duplicate_decision", message))
        tables[table.id] = table
    if faults:
        raise BundleInvalid(faults)
    return tables


def table_faults(root: Element, source: str) -> Iterator[FieldFault]:
    """List what keeps one DMN file from being used; ``source`` stands for a file without id."""
    try:
        _compile(read_table(root, source))
    except BundleInvalid as invalid:
        yield from invalid.fields


class _Reader:
    """Reads the expressions of one table and gathers their names and what is wrong with them.

    The same text is read once.
    """

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.faults: list[FieldFault] = []
        self._formulas: dict[str, Formula] = {}
        self._checks: dict[str, Check] = {}

    def formula(self, pointer: str, where: str, text: str) -> Formula:
        """Read an expression; ``where`` begins the sentence about a fault."""
        if text in ANYTHING:
            message = f"{where}: Hier fehlt ein Wert. Schreiben Sie null, wenn es keinen gibt."
            self.faults.append(FieldFault(pointer, "no_value", message))
            return _NOTHING
        if text not in self._formulas:
            found = self._read(pointer, where, lambda: _formula(text))
            if found is None:
                return _NOTHING
            self._formulas[text] = found
        return self._formulas[text]

    def check(self, pointer: str, where: str, text: str) -> Check | None:
        """Read a cell of an input; None where it allows anything."""
        if text in ANYTHING:
            return None
        if text not in self._checks:
            found = self._read(pointer, where, lambda: compile_cell(text))
            if found is None:
                return None
            self._checks[text] = found
        return self._checks[text]

    def allowed(self, pointer: str, where: str, text: str) -> Test | None:
        """Read the values a column may have; None where it may have any."""
        check = self.check(pointer, where, text)
        return check.test(check.kinds) if check else None

    def _read(self, pointer: str, where: str, read: Callable[[], _Readable]) -> _Readable | None:
        if len(self.faults) >= MAX_FAULTS:
            return None
        try:
            found = read()
        except ExpressionFault as fault:
            code = "unclear_cell" if isinstance(fault, UnclearCell) else "expression"
            self.faults.append(FieldFault(pointer, code, f"{where}: {fault.message}"))
            return None
        self.names |= found.names
        return found


def _formula(text: str) -> Formula:
    return Formula(parse_expression(read_expression(text)))


def _compile(text: TableText) -> DecisionTable:
    reader, key = _Reader(), text.id
    inputs = tuple(_input(reader, key, column) for column in text.inputs)
    outputs = tuple(_output(reader, key, column) for column in text.outputs)
    checks = [
        [
            reader.check(rule.id, _place(rule, column.label), cell)
            for column, cell in zip(text.inputs, rule.conditions, strict=True)
        ]
        for rule in text.rules
    ]
    results = [
        tuple(
            reader.formula(rule.id, _place(rule, column.name), cell)
            for column, cell in zip(text.outputs, rule.results, strict=True)
        )
        for rule in text.rules
    ]
    if reader.faults:
        raise BundleInvalid(reader.faults[:MAX_FAULTS])
    known = [_kinds(column) for column in zip(*checks, strict=True)]
    rows = tuple(
        Row(rule.id, rule.number, _tests(cells, known), values)
        for rule, cells, values in zip(text.rules, checks, results, strict=True)
    )
    return DecisionTable(key, text.policy, inputs, outputs, rows, frozenset(reader.names))


def _input(reader: _Reader, key: str, column: InputText) -> Input:
    where = f"Eingangsspalte „{column.label}“"
    formula = reader.formula(key, where, column.expression)
    return Input(column.label, formula, reader.allowed(key, where, column.allowed))


def _output(reader: _Reader, key: str, column: OutputText) -> Output:
    where = f"Ausgangsspalte „{column.name}“"
    default = reader.formula(key, where, column.default) if column.default else None
    return Output(column.name, default, reader.allowed(key, where, column.allowed))


def _kinds(column: Sequence[Check | None]) -> frozenset[Kind]:
    """Kinds of values that the cells of a column are written for."""
    return frozenset().union(*(check.kinds for check in column if check))


def _tests(
    cells: Sequence[Check | None], known: Sequence[frozenset[Kind]]
) -> tuple[tuple[int, Test], ...]:
    return tuple((at, check.test(known[at])) for at, check in enumerate(cells) if check)


def _place(rule: RuleText, column: str) -> str:
    return f"Zeile {rule.number}, Spalte „{column}“"


_NOTHING = Formula(ast.Constant(None))
