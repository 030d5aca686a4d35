"""Anweisungen: assignment, ``if`` and ``for``, with values that never change in place."""

import ast
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from app.expressions.builder import Builder
from app.expressions.fault import ExpressionFault
from app.expressions.frame import Frame
from app.expressions.functions import FUNCTIONS
from app.expressions.loops import bind, rows_of, target_names, weight_of
from app.expressions.node import Run, Spot, refuse, spot_of
from app.expressions.operations import combine
from app.expressions.refusals import LEFT, refusal_of

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

    def own(self, name: str, spot: Spot) -> Any:
        """Give a copy that may be changed in place.

        :raises ExpressionFault: there is no such name.
        """
        if name not in self.values:
            raise ExpressionFault(f"„{name}“ ist hier nicht bekannt.", *spot)
        if name not in self.owned:
            self.walk(self.values[name])
            self.values[name] = _copy(self.values[name])
            self.owned.add(name)
        return self.values[name]


class StatementBuilder(Builder):
    """Builds the acts of a script."""

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
        if isinstance(node, ast.Expr):
            self.build(node.value)  # what is wrong inside says more than that nothing comes of it
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
        rows, spot = self.build(node.iter), spot_of(node)
        names = target_names(node.target)
        before = self.nodes
        body = self.block(node.body)
        weight = weight_of(self.nodes - before)

        def act(frame: ScriptFrame) -> None:
            for value in rows_of(frame, rows(frame), spot):
                frame.tick(weight)
                bind(names, value, frame.values, spot)
                frame.owned.clear()
                for statement in body:
                    statement(frame)

        return act

    def _assign(self, target: ast.expr, value: Run) -> Act:
        if isinstance(target, ast.Name):
            return self._assign_name(target, value)
        if not isinstance(target, ast.Subscript | ast.Attribute):
            refuse(target, refusal_of(target) if isinstance(target, ast.Tuple | ast.List) else LEFT)
        return self._assign_part(target, value)

    def _assign_name(self, target: ast.Name, value: Run) -> Act:
        name = self._assignable(target)

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
            refuse(target, LEFT)
        name, spot = self._assignable(node), spot_of(target)
        *way, last = reversed(path)

        def act(frame: ScriptFrame) -> None:
            frame.tick()
            new = value(frame)
            keys = [step(frame) for step in way]
            key = last(frame)
            part = frame.own(name, spot)
            for step in keys:
                part = _enter(part, step, spot)
            _put(part, key, new, spot)
            if isinstance(new, _NESTED):
                frame.owned.clear()
            frame.changed[name] = None

        return act

    def _assignable(self, node: ast.Name) -> str:
        if node.id.startswith("_") or node.id in FUNCTIONS:
            refuse(node, f"„{node.id}“ ist vergeben. Bitte wählen Sie einen anderen Namen.")
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


def _enter(part: Any, key: Any, spot: Spot) -> Any:
    try:
        if isinstance(part, dict | list):
            return part[key]
    except (LookupError, TypeError):
        pass
    raise ExpressionFault("Dieses Feld gibt es nicht.", *spot)


def _put(part: Any, key: Any, value: Any, spot: Spot) -> None:
    is_field = isinstance(part, dict) and isinstance(key, str)
    is_item = isinstance(part, list) and isinstance(key, int) and -len(part) <= key < len(part)
    if not is_field and not is_item:
        raise ExpressionFault("Dieses Feld lässt sich nicht setzen.", *spot)
    part[key] = value
