"""Dezimalkomma: a comma that Python takes for a list and its author for a number."""

import ast

from app.expressions.node import refuse

_MESSAGE = (
    "Nachkommastellen trennt hier ein Punkt: „1.5“. Mehrere Werte stehen in eckigen Klammern: "
    "„[1, 5]“."
)


def refuse_decimal_comma(node: ast.Tuple) -> None:
    """Let values in parentheses pass; refuse a comma that looks like part of a number.

    :raises ExpressionFault: no parentheses, or a calculation such as ``(preis > 1,5)``.
    """
    if not node.elts:
        return
    is_bare = (node.lineno, node.col_offset) == (node.elts[0].lineno, node.elts[0].col_offset)
    plain = all(isinstance(part, ast.Constant) for part in node.elts)
    if is_bare or (not plain and any(map(_touch, node.elts, node.elts[1:]))):
        refuse(node, _MESSAGE)


def _touch(left: ast.expr, right: ast.expr) -> bool:
    """Tell ``1,5`` from ``1, 5``."""
    last, first = left, right
    while isinstance(last, ast.BinOp | ast.Compare):
        last = last.right if isinstance(last, ast.BinOp) else last.comparators[-1]
    while isinstance(first, ast.BinOp | ast.Compare):
        first = first.left
    return (
        _is_number(last)
        and _is_number(first)
        and first.col_offset - (last.end_col_offset or 0) == 1
        and first.lineno == last.end_lineno
    )


def _is_number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float)
