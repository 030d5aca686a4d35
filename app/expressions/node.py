"""Bausteine: what every part of the translation shares."""

import ast
from collections.abc import Callable
from typing import Any, NamedTuple, NoReturn

from app.expressions.fault import ExpressionFault
from app.expressions.frame import Frame
from app.expressions.refusals import refusal_of

Run = Callable[[Frame], Any]
Build = Callable[[ast.AST], Run]

PYTHON_FAULTS = (TypeError, ValueError, ArithmeticError, LookupError, AttributeError)


class Spot(NamedTuple):
    """A place in the source as written, counted from 1; 0 is unknown."""

    column: int
    line: int


def spot_of(node: ast.AST) -> Spot:
    """Tell where a node begins."""
    return Spot(getattr(node, "col_offset", -1) + 1, getattr(node, "lineno", 0))


def refuse(node: ast.AST, message: str = "") -> NoReturn:
    """Say that this part of the source cannot stand, and what can.

    :raises ExpressionFault: always.
    """
    raise ExpressionFault(message or refusal_of(node), *spot_of(node))


def placed(fault: ExpressionFault, spot: Spot) -> ExpressionFault:
    """Tell a fault where it happened unless it knows."""
    if not fault.column:
        fault.column, fault.line = spot
    return fault
