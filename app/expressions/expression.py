"""Ausdruck: one value computed from names, in a small part of Python's notation."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from app.expressions.builder import TOO_DEEP, Builder
from app.expressions.fault import ExpressionFault
from app.expressions.frame import Frame
from app.expressions.json_value import json_value
from app.expressions.node import Run
from app.expressions.parse import parse_expression
from app.expressions.reads import Reads


class Expression:
    """A compiled expression; safe to share between threads.

    ``names`` are the names it reads; ``paths`` and ``asked`` as in :class:`Reads`.

    ``a.b`` reads a key of an object. Where one side of a comparison, a sum or a difference is a
    date, ISO text on the other side is read as one: ``antrag.einbau.datum <= heute()``.
    """

    __slots__ = ("_run", "asked", "names", "paths", "source")

    def __init__(self, source: str, reads: Reads, run: Run) -> None:
        self.source = source
        self.names = frozenset(reads.names)
        self.paths = frozenset(reads.paths)
        self.asked = frozenset(reads.asked)
        self._run = run

    def evaluate(self, values: Mapping[str, Any], now: datetime) -> Any:
        """Compute the value as JSON types; dates come out as ISO text, spans as ISO durations.

        ``values`` is never changed and shares nothing with the result; ``now`` is aware.

        :raises ExpressionFault: a value is missing or does not fit, or the budget is used up.
        """
        frame = Frame(values, now)
        try:
            return json_value(frame, self._run(frame))
        except RecursionError:
            raise ExpressionFault(TOO_DEEP) from None

    def __repr__(self) -> str:
        return f"Expression({self.source!r})"


@lru_cache(maxsize=4096)
def compile_expression(source: str) -> Expression:
    """Compile one expression; the same source gives the same object.

    :raises ExpressionFault: it is not part of the language or too large.
    """
    tree = parse_expression(source)
    reads = Reads()
    try:
        run = Builder().build(tree)
        reads.expression(tree)
    except RecursionError:
        raise ExpressionFault(TOO_DEEP) from None
    return Expression(source, reads, run)
