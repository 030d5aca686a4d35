"""Anweisungen: assignment, ``if`` and ``for``, with values that never change in place."""

import ast
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from app.expressions.builder import Builder
from app.expressions.fault import ExpressionFault
from app.expressions.frame import Frame
from app.expressions.functions import FUNCTIONS
from app.expressions.loops import bind, flat, rows_of, target_names, weight_of
from app.expressions.node import Run, column_of, refuse
from app.expressions.operations import combine

Act = Callable[["ScriptFrame"], None]
_NESTED = (dict, list, tuple)


class ScriptFrame(Frame):
    """What one run of a script sees; ``owned`` names hold copies only this name refers to."""

    __slots__ = ("changed", "owned", "values")

    def __init__(self, values: Mapping[str, Any], now: datetime) -> None:
        super().__init__(values, now)
        self.values: dict[str, Any] = dict(values)
        self.changed: dict[str, None] = {}
        self.owned: set[str] = set()

    def set(self, name: str, value: Any) -> None:
        """Give a name a value; from now on two names may share parts of it."""
        self.values[name] = value
        self.owned.clear()

    def own(self, name: str, column: int) -> Any:
        """Give a copy that may be changed in place.

        :raises ExpressionFault: there is no such name.
        """
        if name not in self.values:
            raise ExpressionFault(f"„{name}“ ist hier nicht bekannt.", column)
        if name not in self.owned:
            self.walk(self.values[name])
            self.values[name] = _copy(self.values[name])
            self.owned.add(name)
        return self.values[name]


class StatementBuilder(Builder):
    """Builds statements and gathers the names they assign."""

    def __init__(self) -> None:
        super().__init__()
        self.assigns: set[str] = set()
        self._known: set[str] = set()

    def read(self, name: str) -> None:
        """Note a name as read from outside unless the script gave it a value before."""
        if name not in self._known:
            super().read(name)

    def block(self, statements: Sequence[ast.stmt]) -> list[Act]:
        """Translate statements in order.

        :raises ExpressionFault: one is not part of the language.
        """
        return [self._statement(statement) for statement in statements]

    def _statement(self, node: ast.stmt) -> Act:
        self.count(node)
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            return self._assign(node.targets[0], self.build(node.value))
        if isinstance(node, ast.AugAssign):
            current = self.build(node.target)
            return self._assign(node.target, combine(node, current, self.build(node.value)))
        if isinstance(node, ast.If):
            return self._if_statement(node)
        if isinstance(node, ast.For) and not node.orelse:
            return self._for(node)
        if not isinstance(node, ast.Pass):
            refuse(node)
        return lambda frame: frame.tick()

    def _if_statement(self, node: ast.If) -> Act:
        test, body, orelse = self.build(node.test), self.block(node.body), self.block(node.orelse)

        def act(frame: ScriptFrame) -> None:
            frame.tick()
            for statement in body if test(frame) else orelse:
                statement(frame)

        return act

    def _for(self, node: ast.For) -> Act:
        rows, column = self.build(node.iter), column_of(node)
        names = target_names(node.target)
        self._known.update(flat(names))
        before = self.nodes
        body = self.block(node.body)
        weight = weight_of(self.nodes - before)

        def act(frame: ScriptFrame) -> None:
            for value in rows_of(frame, rows(frame), column):
                frame.tick(weight)
                bind(names, value, frame.values, column)
                frame.owned.clear()
                for statement in body:
                    statement(frame)

        return act

    def _assign(self, target: ast.expr, value: Run) -> Act:
        if isinstance(target, ast.Name):
            return self._assign_name(target, value)
        if not isinstance(target, ast.Subscript | ast.Attribute):
            refuse(target)
        return self._assign_part(target, value)

    def _assign_name(self, target: ast.Name, value: Run) -> Act:
        name = self._assignable(target)
        self._known.add(name)

        def act(frame: ScriptFrame) -> None:
            frame.tick()
            frame.set(name, value(frame))
            frame.changed[name] = None

        return act

    def _assign_part(self, target: ast.Subscript | ast.Attribute, value: Run) -> Act:
        path: list[Run] = []
        node: ast.expr = target
        while isinstance(node, ast.Subscript | ast.Attribute):
            path.append(self._step(node))
            node = node.value
        if not isinstance(node, ast.Name):
            refuse(target)
        name, column = self._assignable(node), column_of(target)
        self.read(name)
        *way, last = reversed(path)

        def act(frame: ScriptFrame) -> None:
            frame.tick()
            new = value(frame)
            keys = [step(frame) for step in way]
            key = last(frame)
            part = frame.own(name, column)
            for step in keys:
                part = _enter(part, step, column)
            _put(part, key, new, column)
            if isinstance(new, _NESTED):
                frame.owned.clear()
            frame.changed[name] = None

        return act

    def _assignable(self, node: ast.Name) -> str:
        if node.id.startswith("_") or node.id in FUNCTIONS:
            refuse(node, f"„{node.id}“ darf hier keinen neuen Wert bekommen.")
        self.assigns.add(node.id)
        return node.id

    def _step(self, node: ast.Subscript | ast.Attribute) -> Run:
        if isinstance(node, ast.Attribute):
            if node.attr.startswith("_"):
                refuse(node)
            name = node.attr
            return lambda _: name
        return self.build(node.slice)


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copy(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_copy(part) for part in value]
    return value


def _enter(part: Any, key: Any, column: int) -> Any:
    try:
        if isinstance(part, dict | list):
            return part[key]
    except (LookupError, TypeError):
        pass
    raise ExpressionFault("Dieses Feld gibt es nicht.", column)


def _put(part: Any, key: Any, value: Any, column: int) -> None:
    is_field = isinstance(part, dict) and isinstance(key, str)
    is_item = isinstance(part, list) and isinstance(key, int) and -len(part) <= key < len(part)
    if not is_field and not is_item:
        raise ExpressionFault("Dieses Feld lässt sich nicht setzen.", column)
    part[key] = value
