"""Formate: what may stand behind the colon in a text with placeholders."""

import ast
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from app.expressions.dates import parse_moment
from app.expressions.fault import ExpressionFault
from app.expressions.node import Spot

_NUMBER = re.compile(r"0?\d{0,2},?(?:\.\d{1,2})?[fd]?")
_NO_FORMAT = (
    "Dieses Format gibt es nicht. Zahlen schreiben Sie zum Beispiel mit „:.2f“, ein Datum mit "
    "„:%d.%m.%Y“."
)
_DATE = re.compile(r"(?:%[dmYyHM]|[.:/ -]){1,20}")


def formatter(spec: ast.expr | None, spot: Spot) -> Callable[[Any], str]:
    """Build the function that writes one placeholder.

    :raises ExpressionFault: the format is not one for numbers (``.2f``) or dates (``%d.%m.%Y``).
    """
    text = _text(spec, spot)
    is_date = _DATE.fullmatch(text) is not None
    if not is_date and not _NUMBER.fullmatch(text):
        raise ExpressionFault(_NO_FORMAT, *spot)

    def show(value: Any) -> str:
        if is_date and isinstance(value, str):
            value = parse_moment(value)
        allowed = date if is_date else str | int | float | Decimal | date | None
        if not isinstance(value, allowed):
            raise ExpressionFault("Dieser Wert lässt sich so nicht schreiben.", *spot)
        try:
            return format(value, text)
        except (ValueError, TypeError, OverflowError):
            message = "Dieser Wert lässt sich so nicht schreiben."
            raise ExpressionFault(message, *spot) from None

    return show


def _text(spec: ast.expr | None, spot: Spot) -> str:
    if spec is None:
        return ""
    parts = spec.values if isinstance(spec, ast.JoinedStr) else [spec]
    texts = [part.value for part in parts if isinstance(part, ast.Constant)]
    if len(texts) != len(parts) or not all(isinstance(text, str) for text in texts):
        raise ExpressionFault(_NO_FORMAT, *spot)
    return "".join(str(text) for text in texts)
