"""Wortlaut: a message whose {placeholders} are expressions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.expressions.expression import Expression, compile_expression
from app.expressions.fault import ExpressionFault
from app.forms.german import show_value

_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Wording:
    """Alternating plain text and expressions."""

    parts: tuple[str | Expression, ...]

    def write(self, values: Mapping[str, Any], now: datetime) -> str:
        """Fill in the placeholders; one that cannot be computed becomes an ellipsis."""
        return "".join(
            part if isinstance(part, str) else _evaluate(part, values, now) for part in self.parts
        )


def compile_wording(text: str) -> Wording:
    """Split ``text`` at its placeholders.

    :raises ExpressionFault: a placeholder is no expression.
    """
    pieces = _PLACEHOLDER.split(text)
    return Wording(
        tuple(
            compile_expression(piece) if index % 2 else piece
            for index, piece in enumerate(pieces)
            if piece
        )
    )


def _evaluate(expression: Expression, values: Mapping[str, Any], now: datetime) -> str:
    try:
        return show_value(expression.evaluate(values, now))
    except ExpressionFault:
        return "…"
