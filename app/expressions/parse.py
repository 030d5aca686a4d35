"""Lesen: from source text to a syntax tree, which is all of Python that is ever used."""

import ast
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager

from app.expressions.fault import ExpressionFault
from app.expressions.limits import MAX_SOURCE_CHARS

_UNREADABLE = "Der Ausdruck lässt sich nicht lesen."


def parse_expression(source: str) -> ast.expr:
    """Read one expression, which may run over several lines.

    :raises ExpressionFault: it cannot be read.
    """
    with _readable(source):
        return ast.parse(" ".join(source.splitlines()).strip(), mode="eval").body


def parse_script(source: str) -> list[ast.stmt]:
    """Read statements, one a line; common indentation is taken off.

    :raises ExpressionFault: they cannot be read.
    """
    with _readable(source):
        return ast.parse(textwrap.dedent(source).strip(), mode="exec").body


@contextmanager
def _readable(source: str) -> Iterator[None]:
    if len(source) > MAX_SOURCE_CHARS:
        raise ExpressionFault(f"Der Ausdruck ist länger als {MAX_SOURCE_CHARS} Zeichen.")
    if not source.strip():
        raise ExpressionFault("Hier fehlt ein Ausdruck.")
    try:
        yield
    except SyntaxError as error:
        raise ExpressionFault(_UNREADABLE, max(0, error.offset or 0)) from None
    except (ValueError, RecursionError, MemoryError):
        raise ExpressionFault(_UNREADABLE) from None
