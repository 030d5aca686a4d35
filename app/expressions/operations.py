"""Verknüpfungen: how operators between values are translated."""

import ast

from app.expressions.fault import ExpressionFault
from app.expressions.frame import Frame
from app.expressions.node import PYTHON_FAULTS, Build, Run, placed, refuse, spot_of
from app.expressions.operators import BINARY, COMPARE, UNARY
from app.expressions.refusals import refusal_of


def build_bool_op(build: Build, node: ast.BoolOp) -> Run:
    """Translate ``and`` and ``or``; like in Python the deciding value itself comes out."""
    first, *others = [build(value) for value in node.values]
    stop_at = isinstance(node.op, ast.Or)

    def run(frame: Frame) -> object:
        result = first(frame)
        for other in others:
            if bool(result) is stop_at:
                return result
            result = other(frame)
        return result

    return run


def build_unary(build: Build, node: ast.UnaryOp) -> Run:
    """Translate ``not`` and signs."""
    operation = UNARY.get(type(node.op))
    if operation is None:
        refuse(node)
    operand, spot = build(node.operand), spot_of(node)

    def run(frame: Frame) -> object:
        value = operand(frame)
        try:
            return operation(value)
        except PYTHON_FAULTS:
            raise ExpressionFault("Hier wird eine Zahl gebraucht.", *spot) from None

    return run


def build_binary(build: Build, node: ast.BinOp) -> Run:
    """Translate arithmetic."""
    return combine(node, build(node.left), build(node.right))


def combine(node: ast.BinOp | ast.AugAssign, left: Run, right: Run) -> Run:
    """Join two sides with the node's arithmetic operator.

    :raises ExpressionFault: the operator is not part of the language.
    """
    operation = BINARY.get(type(node.op))
    if operation is None:
        refuse(node)
    spot = spot_of(node)

    def run(frame: Frame) -> object:
        first, second = left(frame), right(frame)
        try:
            return operation(frame, first, second)
        except ExpressionFault as fault:
            raise placed(fault, spot) from None
        except ZeroDivisionError:
            raise ExpressionFault("Durch 0 lässt sich nicht teilen.", *spot) from None
        except PYTHON_FAULTS:
            message = "Mit diesen Werten lässt sich nicht rechnen."
            raise ExpressionFault(message, *spot) from None

    return run


def build_compare(build: Build, node: ast.Compare) -> Run:
    """Translate comparisons and chains of them; ``is`` only with None, True and False."""
    for operator, right in zip(node.ops, node.comparators, strict=True):
        if isinstance(operator, ast.Is | ast.IsNot) and not (
            isinstance(right, ast.Constant) and isinstance(right.value, bool | None)
        ):
            build(right)
            refuse(node, refusal_of(operator))
    first = build(node.left)
    steps = [
        (COMPARE[type(operator)], build(right))
        for operator, right in zip(node.ops, node.comparators, strict=True)
    ]
    spot = spot_of(node)

    def run(frame: Frame) -> object:
        left, result = first(frame), True
        for compare, other in steps:
            right = other(frame)
            try:
                result = compare(frame, left, right)
            except PYTHON_FAULTS:
                message = "Diese Werte lassen sich nicht vergleichen."
                raise ExpressionFault(message, *spot) from None
            if not result:
                break
            left = right
        return result

    return run
