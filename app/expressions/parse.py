"""Lesen: from source text to a syntax tree, which is all of Python that is ever used."""

import ast
import re
import textwrap
from collections.abc import Callable
from typing import Any

from app.expressions.fault import ExpressionFault
from app.expressions.habits import misleading
from app.expressions.limits import MAX_SOURCE_CHARS
from app.expressions.source_text import on_one_line, read_source
from app.expressions.unreadable import NOWHERE, bad_escape, explain

_LOOK_CLOSER = re.compile(r"\\|[#{]\{|\d-\d\d-|\.000|\d(?:if|else|and|or|in|is|not|for)\b")


def parse_expression(source: str) -> ast.expr:
    """Read one expression, which may run over several lines.

    Nodes know their place in the source as written: ``col_offset`` counts characters.

    :raises ExpressionFault: it cannot be read; says what to write instead.
    """
    _check(source, is_script=False)
    text = on_one_line(source).strip()
    start = len(source) - len(source.lstrip())
    tree = _parse(text, "eval", source, lambda _, column: start + column)
    if start or text is not source or not source.isascii():
        found = read_source(source, is_script=False)
        _place(tree, [text], lambda _, column: found.spot(start + column))
    body: ast.expr = tree.body
    return body


def parse_script(source: str) -> list[ast.stmt]:
    """Read statements, one a line; common indentation is taken off.

    Nodes know their place in the source as written: ``col_offset`` counts characters.

    :raises ExpressionFault: they cannot be read; says what to write instead.
    """
    _check(source, is_script=True)
    text = textwrap.dedent(source)
    written = source.split("\n")
    lines = text.split("\n")
    margin = max(
        len(line) - len(plain) for line, plain in zip(written, lines, strict=True) if plain.strip()
    )
    starts = [0]
    for line in written:
        starts.append(starts[-1] + len(line) + 1)

    def index(line: int, column: int) -> int:
        return starts[min(max(line, 1), len(written)) - 1] + margin + column

    tree = _parse(text.rstrip(), "exec", source, index)
    if margin or not source.isascii():
        _place(tree, lines, lambda line, column: (margin + column + 1, line))
    body: list[ast.stmt] = tree.body
    return body


def _check(source: str, *, is_script: bool) -> None:
    if len(source) > MAX_SOURCE_CHARS:
        message = (
            f"Mehr als {MAX_SOURCE_CHARS} Zeichen sind nicht möglich. Teilen Sie den Text auf."
        )
        raise ExpressionFault(message)
    if not source.strip():
        raise ExpressionFault("Hier fehlt ein Ausdruck, zum Beispiel „antrag.feld == 'ja'“.")
    if _LOOK_CLOSER.search(source):
        found = read_source(source, is_script=is_script)
        if found.bad_escape >= 0:
            raise bad_escape(found)
        mistaken = misleading(found)
        if mistaken:
            index, message = mistaken
            raise ExpressionFault(message, *found.spot(index))


def _parse(text: str, mode: str, source: str, index_of: Callable[[int, int], int]) -> Any:
    try:
        return ast.parse(text, NOWHERE, mode)
    except (RecursionError, MemoryError):
        message = "Das ist zu tief verschachtelt. Teilen Sie die Rechnung auf mehrere Schritte auf."
        raise ExpressionFault(message) from None
    except (SyntaxError, ValueError) as error:
        place = (error.lineno or 1, error.offset or 1) if isinstance(error, SyntaxError) else (1, 1)
        is_script = mode == "exec"
        index = min(index_of(place[0], max(0, place[1] - 1)), max(0, len(source) - 1))
        raise explain(
            read_source(source, is_script=is_script), index, is_script=is_script
        ) from None


def _place(tree: ast.AST, lines: list[str], spot: Callable[[int, int], tuple[int, int]]) -> None:
    """Turn places counted in bytes of the text read into characters of the source as written."""
    encoded = [line.encode() for line in lines]
    for node in ast.walk(tree):
        if not isinstance(node, ast.expr | ast.stmt):
            continue
        for column_name, line_name in (("col_offset", "lineno"), ("end_col_offset", "end_lineno")):
            line = min(getattr(node, line_name), len(lines))
            before = encoded[line - 1][: getattr(node, column_name)]
            column, number = spot(line, len(before.decode(errors="ignore")))
            setattr(node, column_name, column - 1)
            setattr(node, line_name, number)
