"""Feldweg: how far ``a.b['c'][n]`` leads into data before a key has to be computed."""

import ast
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

_ASKING = frozenset({"wert", "vorhanden"})


class AccessPath(NamedTuple):
    """``root`` is read by ``fields``; ``computed`` are the expressions met on the way.

    ``asks`` tells that the last field may be missing.
    """

    root: ast.expr
    fields: tuple[str, ...]
    computed: tuple[ast.expr, ...]
    asks: bool


def access_path(node: ast.AST) -> AccessPath | None:
    """Read a name, a field, an entry, ``get``, ``wert`` or ``vorhanden``; None for all else."""
    asks = isinstance(node, ast.Call)
    keys: list[ast.expr] = []
    others: list[ast.expr] = []
    is_found = isinstance(node, ast.Name)
    while step := _step(node):
        is_found = True
        node, met, more = step
        keys[:0] = met
        others += more
    if not is_found or not isinstance(node, ast.expr):
        return None
    fields = tuple(takewhile(bool, map(_field, keys)))
    return AccessPath(node, fields, (*keys[len(fields) :], *others), asks)


def _step(node: ast.AST) -> tuple[ast.expr, Sequence[ast.expr], Sequence[ast.expr]] | None:
    """Take off the last step: what it is taken on, its keys, and expressions besides."""
    if isinstance(node, ast.Attribute):
        return node.value, [ast.Constant(node.attr)], []
    if isinstance(node, ast.Subscript):
        return node.value, [node.slice], []
    if not isinstance(node, ast.Call) or not node.args:
        return None
    if isinstance(node.func, ast.Attribute) and node.func.attr == "get":
        return node.func.value, node.args[:1], node.args[1:]
    if isinstance(node.func, ast.Name) and node.func.id in _ASKING:
        return node.args[0], node.args[1:], [option.value for option in node.keywords]
    return None


def _field(key: ast.expr) -> str:
    """Name of a field written as constant text, else empty; a point would make it ambiguous."""
    if isinstance(key, ast.Constant) and isinstance(key.value, str) and "." not in key.value:
        return key.value
    return ""
