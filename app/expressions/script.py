"""Skript: a few statements that give process data new values."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from app.expressions.builder import TOO_DEEP
from app.expressions.fault import ExpressionFault
from app.expressions.json_value import json_value
from app.expressions.parse import parse_script
from app.expressions.reads import Reads
from app.expressions.statements import Act, ScriptFrame, StatementBuilder


class Script:
    """Compiled statements; safe to share between threads.

    ``names`` are read from outside, ``assigns`` get new values; ``paths`` and ``asked`` as in
    :class:`Reads`. Names bound by ``for`` belong to
    the script alone.
    """

    __slots__ = ("_acts", "asked", "assigns", "names", "paths", "source")

    def __init__(self, source: str, reads: Reads, acts: list[Act]) -> None:
        self.source = source
        self.names = frozenset(reads.names)
        self.assigns = frozenset(reads.assigns)
        self.paths = frozenset(reads.paths)
        self.asked = frozenset(reads.asked)
        self._acts = acts

    def run(self, values: Mapping[str, Any], now: datetime) -> dict[str, Any]:
        """Compute ``{name: new value}`` for all names assigned on the way, as JSON types.

        ``values`` is never changed and shares nothing with the result; ``now`` is aware.

        :raises ExpressionFault: a value is missing or does not fit, or the budget is used up.
        """
        frame = ScriptFrame(values, now)
        try:
            for act in self._acts:
                act(frame)
            return {name: json_value(frame, frame.values[name]) for name in frame.changed}
        except RecursionError:
            raise ExpressionFault(TOO_DEEP) from None

    def __repr__(self) -> str:
        return f"Script({self.source!r})"


@lru_cache(maxsize=1024)
def compile_script(source: str) -> Script:
    """Compile statements; the same source gives the same object.

    :raises ExpressionFault: something is not part of the language or too large.
    """
    statements = parse_script(source)
    reads = Reads()
    try:
        acts = StatementBuilder().block(statements)
        reads.block(statements)
    except RecursionError:
        raise ExpressionFault(TOO_DEEP) from None
    return Script(source, reads, acts)
