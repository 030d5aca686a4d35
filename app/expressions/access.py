"""Zugriff: how a field, an entry or a part of a value is read."""

import ast
from typing import Any

from app.expressions.fault import ExpressionFault, MissingValue
from app.expressions.frame import Frame
from app.expressions.node import Build, Run, Spot, refuse, spot_of
from app.expressions.refusals import refusal_of


def build_attribute(build: Build, node: ast.Attribute) -> Run:
    """Translate ``a.b``, which reads a key of an object and nothing else."""
    if node.attr.startswith("_"):
        refuse(node)
    return _field(build(node.value), node.attr, spot_of(node))


def build_subscript(build: Build, node: ast.Subscript) -> Run:
    """Translate ``a['b']``, ``a[0]`` and ``a[1:3]``."""
    if isinstance(node.slice, ast.Slice):
        return _slice(build, node, node.slice)
    value = build(node.value)
    if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
        return _field(value, node.slice.value, spot_of(node))
    key, spot = build(node.slice), spot_of(node)
    return lambda frame: _item(value(frame), key(frame), spot)


def _slice(build: Build, node: ast.Subscript, part: ast.Slice) -> Run:
    if part.step is not None:
        refuse(node, refusal_of(part))
    value, spot = build(node.value), spot_of(node)
    lower = build(part.lower) if part.lower else lambda _: None
    upper = build(part.upper) if part.upper else lambda _: None

    def run(frame: Frame) -> Any:
        row = value(frame)
        if not isinstance(row, str | list | tuple):
            raise ExpressionFault("Hier wird ein Text oder eine Liste gebraucht.", *spot)
        frame.allocate(len(row))
        try:
            return row[lower(frame) : upper(frame)]
        except TypeError:
            raise ExpressionFault("Hier werden ganze Zahlen gebraucht.", *spot) from None

    return run


def _field(value: Run, name: str, spot: Spot) -> Run:
    def run(frame: Frame) -> Any:
        fields = value(frame)
        if isinstance(fields, dict):
            try:
                return fields[name]
            except KeyError:
                raise MissingValue(f"Das Feld „{name}“ fehlt.", *spot) from None
        fault = MissingValue if fields is None else ExpressionFault
        message = f"„{name}“ lässt sich nicht lesen, denn davor stehen keine Felder."
        raise fault(message, *spot)

    return run


def _item(value: Any, key: Any, spot: Spot) -> Any:
    """Read an entry; the message never tells the key, which may come from data."""
    if isinstance(value, dict) and isinstance(key, str):
        if key in value:
            return value[key]
        raise MissingValue("Das gesuchte Feld fehlt.", *spot)
    if isinstance(value, str | list | tuple) and isinstance(key, int):
        if -len(value) <= key < len(value):
            return value[key]
        raise MissingValue("So viele Einträge gibt es nicht.", *spot)
    raise ExpressionFault("Dieser Eintrag lässt sich nicht lesen.", *spot)
