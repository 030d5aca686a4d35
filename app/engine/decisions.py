"""Entscheidungstabellen: which tables are accepted and how their cells are read."""

import ast
import re
from collections.abc import Iterator
from typing import Any

from app.engine.sources import READ_ONLY, Source
from app.engine.xmlio import Element, local, text_of
from app.errors import FieldFault

MAX_CELLS = 2_000
MAX_CELL_CHARS = 500
HIT_POLICIES = frozenset({"UNIQUE", "FIRST", "ANY", "COLLECT"})

_QUESTION_MARK = re.compile(r"(\?)(?=(?:[^'\"]|['\"][^'\"]*['\"])*$)")
_RESULT_NAME = re.compile(r"[^\W\d]\w{0,79}")


def tidy(root: Element) -> None:
    """Put inputs in parentheses and take white space off cells, so that they combine safely."""
    for element in root.iter():
        if _is_input(element):
            for text in element:
                if text_of(text):
                    text.text = f"({text_of(text)})"
        elif local(element) in {"inputEntry", "outputEntry"}:
            for text in element:
                text.text = text_of(text) or None


def table_faults(root: Element, source: str) -> Iterator[FieldFault]:
    """List what keeps a DMN file from being used."""
    decisions = [element for element in root if local(element) == "decision"]
    tables = [table for one in decisions for table in one if local(table) == "decisionTable"]
    if len(decisions) != 1 or len(tables) != 1:
        yield FieldFault(source, "one_table", "Die Datei braucht genau eine Entscheidungstabelle.")
        return
    key, table = decisions[0].get("id") or source, tables[0]
    if table.get("hitPolicy", "UNIQUE").upper() not in HIT_POLICIES or table.get("aggregation"):
        message = "Diese Trefferregel wird nicht unterstützt. Nutzen Sie UNIQUE oder FIRST."
        yield FieldFault(key, "hit_policy", message)
    cells = [cell for cell in table.iter() if local(cell) in {"inputEntry", "outputEntry"}]
    if len(cells) > MAX_CELLS:
        yield FieldFault(key, "too_many_cells", f"Die Tabelle hat mehr als {MAX_CELLS} Zellen.")
    yield from _columns(table, key)
    for cell in cells:
        yield from _cell(cell, key)


def _columns(table: Element, key: str) -> Iterator[FieldFault]:
    inputs = [child for child in table if local(child) == "input"]
    outputs = [child for child in table if local(child) == "output"]
    for column in inputs:
        texts = [text_of(text) for part in column if _is_input(part) for text in part]
        if not any(texts) or any(len(text) > MAX_CELL_CHARS for text in texts):
            message = "Jede Eingangsspalte braucht einen Ausdruck."
            yield FieldFault(key, "no_input", message)
    for column in outputs:
        name = column.get("name") or column.get("label") or ""
        if not _RESULT_NAME.fullmatch(name) or name in READ_ONLY:
            message = "Jede Ausgangsspalte braucht einen Namen ohne Leerzeichen."
            yield FieldFault(key, "bad_output", message)
    for rule in table:
        if local(rule) == "rule":
            count = [local(part) for part in rule]
            if (count.count("inputEntry"), count.count("outputEntry")) != (
                len(inputs),
                len(outputs),
            ):
                yield FieldFault(
                    key, "bad_rule", "Eine Zeile hat nicht so viele Zellen wie Spalten."
                )


def _cell(cell: Element, key: str) -> Iterator[FieldFault]:
    text = next((text_of(part) for part in cell if local(part) == "text"), "")
    if len(text) > MAX_CELL_CHARS:
        yield FieldFault(key, "long_cell", f"Eine Zelle ist länger als {MAX_CELL_CHARS} Zeichen.")
    elif local(cell) == "inputEntry" and _is_unclear(_parse(text)):
        message = "Mehrere Werte schreiben Sie so: in ['A', 'B']; Ausschluss so: != 'A'."
        yield FieldFault(key, "unclear_cell", message)


def _is_input(part: Element) -> bool:
    return local(part) == "inputExpression"


def _is_unclear(cell: ast.expr | None) -> bool:
    """Tell lists and exclusions in FEEL's notation, which would compare with one value here."""
    is_exclusion = isinstance(cell, ast.UnaryOp) and isinstance(cell.op, ast.Not)
    return is_exclusion or isinstance(cell, ast.Tuple)


def _parse(text: str) -> ast.expr | None:
    try:
        return ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def table_sources(table: Any, key: str) -> Iterator[Source]:
    """Give the expressions a parsed table forms from its cells."""
    for rule in table.rules:
        for entry in rule.inputEntries:
            for cell in entry.lhs:
                if cell is not None:
                    yield Source(key, _match_source(entry.input.expression, cell))
        for entry in rule.outputEntries:
            if entry.text:
                yield Source(key, entry.text)


def _match_source(subject: str, cell: str) -> str:
    asked = _QUESTION_MARK.sub("dmninputexpr", cell)
    if "dmninputexpr" in asked:
        return asked
    return f"({subject}) == ({cell})" if _parse(cell) is not None else subject + cell
