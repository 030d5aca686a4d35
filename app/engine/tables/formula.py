"""Formeln: expressions that share one budget while a decision table is evaluated."""

import ast
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.engine.tables.cell_text import INPUT
from app.expressions.builder import Builder
from app.expressions.frame import Frame
from app.expressions.json_value import json_value
from app.expressions.limits import MAX_STEPS
from app.expressions.reads import Reads

MAX_TABLE_STEPS = 4 * MAX_STEPS


class TableFrame(Frame):
    """What one decision sees and what it has used up, all its cells together."""

    __slots__ = ("values",)

    def __init__(self, values: Mapping[str, Any], now: datetime) -> None:
        super().__init__(values, now)
        self.values: dict[str, Any] = dict(values)
        self.steps = MAX_TABLE_STEPS


class Formula:
    """A compiled expression; ``names`` are what it reads of the process data."""

    __slots__ = ("_run", "names")

    def __init__(self, node: ast.expr) -> None:
        """Compile a syntax tree.

        :raises ExpressionFault: it is not part of the language or too large.
        """
        self._run = Builder().build(node)
        reads = Reads()
        reads.expression(node)
        self.names = frozenset(reads.names - {INPUT})

    def value(self, frame: TableFrame) -> Any:
        """Compute the value; it may share parts with process data.

        :raises ExpressionFault: a value is missing or does not fit, or the budget is used up.
        """
        return self._run(frame)

    def answer(self, frame: TableFrame, given: Any) -> Any:
        """Compute the value where ``?`` stands for ``given``.

        :raises ExpressionFault: see :meth:`value`.
        """
        frame.values[INPUT] = given
        return self._run(frame)

    def result(self, frame: TableFrame) -> Any:
        """Compute the value as JSON types that share nothing with process data.

        :raises ExpressionFault: see :meth:`value`.
        """
        return json_value(frame, self._run(frame))
