"""Schleifen: what ``for`` runs over and binds, in lists and in statements."""

import ast
from collections.abc import Callable
from typing import Any, NamedTuple

from app.expressions.fault import ExpressionFault
from app.expressions.frame import Frame
from app.expressions.node import Run, Spot, refuse

Names = str | list["Names"]


class Loop(NamedTuple):
    """One ``for`` of a list: what it binds, what it runs over, its conditions."""

    names: Names
    rows: Run
    tests: list[Run]
    spot: Spot


def target_names(node: ast.AST) -> Names:
    """Read what ``for`` binds: one name or names in parentheses.

    :raises ExpressionFault: it is something else.
    """
    if isinstance(node, ast.Name):
        return node.id if not node.id.startswith("_") else refuse(node)
    if not isinstance(node, ast.Tuple):
        refuse(node, "Nach „for“ stehen neue Namen, zum Beispiel „for x in liste“.")
    return [target_names(part) for part in node.elts]


def flat(names: Names) -> list[str]:
    """List all names of a target."""
    return [names] if isinstance(names, str) else [name for part in names for name in flat(part)]


def bind(names: Names, value: Any, into: dict[str, Any], spot: Spot) -> None:
    """Bind one value of a loop.

    :raises ExpressionFault: it has not as many parts as there are names.
    """
    if isinstance(names, str):
        into[names] = value
        return
    if not isinstance(value, list | tuple) or len(value) != len(names):
        raise ExpressionFault("Die Anzahl der Namen passt nicht zu den Werten.", *spot)
    for name, part in zip(names, value, strict=True):
        bind(name, part, into, spot)


def rows_of(frame: Frame, value: Any, spot: Spot) -> list[Any]:
    """Give what ``for`` runs over: items, keys or characters.

    :raises ExpressionFault: nothing to run over.
    """
    if not isinstance(value, list | tuple | dict | str):
        raise ExpressionFault("Hier wird eine Liste gebraucht.", *spot)
    frame.allocate(len(value))
    return list(value)


def weight_of(nodes: int) -> int:
    """Price of one round of a loop whose body has this many nodes."""
    return 1 + nodes // 4


def comprehension(
    loops: list[Loop], weight: int, make: Callable[[], Any], put: Callable[[Frame, Any], None]
) -> Run:
    """Run nested loops that fill one new list or object; names bound inside end with it."""

    def fill(frame: Frame, result: Any, level: int) -> None:
        loop, is_last = loops[level], level + 1 == len(loops)
        for value in rows_of(frame, loop.rows(frame), loop.spot):
            frame.tick(weight)
            bind(loop.names, value, frame.bound, loop.spot)
            if loop.tests and not all(test(frame) for test in loop.tests):
                continue
            if is_last:
                put(frame, result)
            else:
                fill(frame, result, level + 1)

    def run(frame: Frame) -> Any:
        outside, frame.bound = frame.bound, dict(frame.bound)
        result = make()
        try:
            fill(frame, result, 0)
        finally:
            frame.bound = outside
        return result

    return run
