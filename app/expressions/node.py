"""Bausteine: what every part of the translation shares."""

import ast
from collections.abc import Callable
from typing import Any, NoReturn

from app.expressions.fault import ExpressionFault
from app.expressions.frame import Frame

Run = Callable[[Frame], Any]
Build = Callable[[ast.AST], Run]

PYTHON_FAULTS = (TypeError, ValueError, ArithmeticError, LookupError, AttributeError)

_FORBIDDEN = "Diese Schreibweise ist in Ausdrücken nicht erlaubt."


def column_of(node: ast.AST) -> int:
    """Column of a node, counted from 1."""
    return getattr(node, "col_offset", -1) + 1


def refuse(node: ast.AST, message: str = _FORBIDDEN) -> NoReturn:
    """Say that this part of the source cannot stand.

    :raises ExpressionFault: always.
    """
    raise ExpressionFault(message, column_of(node))
