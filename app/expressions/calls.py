"""Aufrufe: how functions and methods are translated."""

import ast
from typing import Any

from app.expressions.fault import ExpressionFault, MissingValue
from app.expressions.foreign_names import unknown_function, unknown_method
from app.expressions.frame import Frame
from app.expressions.functions import FUNCTIONS, OPTIONS, TOLERANT
from app.expressions.methods import METHODS
from app.expressions.node import PYTHON_FAULTS, Build, Run, Spot, placed, refuse, spot_of

_CALL_STEPS = 2


def build_call(build: Build, node: ast.Call) -> Run:
    """Translate a call of one of our functions or of a method on a value.

    :raises ExpressionFault: there is no such function.
    """
    options = {part.arg: build(part.value) for part in node.keywords if part.arg}
    if len(options) != len(node.keywords):
        refuse(node)
    if isinstance(node.func, ast.Name):
        return _function(build, node, node.func.id, options)
    if not isinstance(node.func, ast.Attribute) or options:
        refuse(node)
    return _method(build, node, node.func)


def _function(build: Build, node: ast.Call, name: str, options: dict[str, Run]) -> Run:
    function = FUNCTIONS.get(name)
    if function is None:
        refuse(node, unknown_function(name))
    if not options.keys() <= OPTIONS.get(name, frozenset()):
        refuse(node)
    args = [build(arg) for arg in node.args]
    if name in TOLERANT:
        args[:1] = [_forgive(arg) for arg in args[:1]]
    spot = spot_of(node)

    def run(frame: Frame) -> Any:
        frame.tick(_CALL_STEPS)
        values = [arg(frame) for arg in args]
        chosen = {key: option(frame) for key, option in options.items()}
        try:
            return function(frame, *values, **chosen)
        except ExpressionFault as fault:
            raise placed(fault, spot) from None
        except PYTHON_FAULTS:
            raise ExpressionFault(_cannot(name), *spot) from None

    return run


def _method(build: Build, node: ast.Call, target: ast.Attribute) -> Run:
    name = target.attr
    spot = Spot((target.end_col_offset or 0) - len(name) + 1, target.end_lineno or 0)
    if name.startswith("_"):
        refuse(target)
    if not any(name in methods for methods in METHODS.values()):
        raise ExpressionFault(unknown_method(name), *spot)
    owner = build(target.value)
    args = [build(arg) for arg in node.args]

    def run(frame: Frame) -> Any:
        frame.tick(_CALL_STEPS)
        value = owner(frame)
        values = [arg(frame) for arg in args]
        try:
            return METHODS[type(value)][name](frame, value, *values)
        except ExpressionFault as fault:
            raise placed(fault, spot) from None
        except PYTHON_FAULTS:
            raise ExpressionFault(_cannot(name), *spot) from None

    return run


def _cannot(name: str) -> str:
    return f"Die Funktion „{name}“ kann mit diesen Werten nicht rechnen."


def _forgive(run: Run) -> Run:
    def tolerant(frame: Frame) -> Any:
        try:
            return run(frame)
        except MissingValue:
            return None

    return tolerant
