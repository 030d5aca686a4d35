"""Übersetzer: turns a syntax tree into nested functions, one per node, never into code."""

import ast
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any

from app.expressions.access import build_attribute, build_subscript
from app.expressions.calls import build_call
from app.expressions.decimal_comma import refuse_decimal_comma
from app.expressions.fault import ExpressionFault, MissingValue
from app.expressions.foreign_names import word_elsewhere
from app.expressions.format_spec import formatter
from app.expressions.frame import Frame
from app.expressions.limits import MAX_DEPTH, MAX_INTEGER_BITS, MAX_NODES
from app.expressions.loops import Loop, comprehension, flat, target_names, weight_of
from app.expressions.node import Run, Spot, refuse, spot_of
from app.expressions.operations import (
    build_binary,
    build_bool_op,
    build_compare,
    build_unary,
)
from app.expressions.refusals import refusal_of

TOO_DEEP = "Das ist zu tief verschachtelt. Teilen Sie die Rechnung auf mehrere Schritte auf."
_TOO_LARGE = "Das ist zu umfangreich. Teilen Sie die Rechnung auf mehrere Schritte auf."


class Builder:
    """Builds the functions of one source."""

    def __init__(self) -> None:
        self.nodes = 0
        self._depth = 0
        self._bound: list[set[str]] = []
        self._build: Mapping[type[ast.AST], Callable[[Any], Run]] = {
            ast.Constant: self._constant,
            ast.Name: self._name,
            ast.BoolOp: partial(build_bool_op, self.build),
            ast.UnaryOp: partial(build_unary, self.build),
            ast.BinOp: partial(build_binary, self.build),
            ast.Compare: partial(build_compare, self.build),
            ast.Attribute: partial(build_attribute, self.build),
            ast.Subscript: partial(build_subscript, self.build),
            ast.Call: partial(build_call, self.build),
            ast.IfExp: self._if,
            ast.List: self._list,
            ast.Tuple: self._tuple,
            ast.Dict: self._dict,
            ast.JoinedStr: self._joined,
            ast.FormattedValue: self._formatted,
            ast.ListComp: self._list_comp,
            ast.GeneratorExp: self._list_comp,
            ast.DictComp: self._dict_comp,
        }

    def build(self, node: ast.AST) -> Run:
        """Translate one expression node.

        :raises ExpressionFault: something in it is not part of the language, or it is too large.
        """
        self.count(node)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            refuse(node, TOO_DEEP)
        build = self._build.get(type(node))
        if build is None:
            refuse(node)
        run = build(node)
        self._depth -= 1
        return run

    def count(self, node: ast.AST) -> None:
        """Count a node of any kind.

        :raises ExpressionFault: the source has too many.
        """
        self.nodes += 1
        if self.nodes > MAX_NODES:
            refuse(node, _TOO_LARGE)

    def _constant(self, node: ast.Constant) -> Run:
        value = node.value
        if not isinstance(value, str | int | float | bool | None):
            refuse(node)
        if isinstance(value, int) and value.bit_length() > MAX_INTEGER_BITS:
            refuse(node, "Die Zahl ist zu groß. Nummern schreiben Sie als Text: „'4711'“.")
        return lambda _: value

    def _name(self, node: ast.Name) -> Run:
        name = node.id
        if name.startswith("_"):
            refuse(node)
        if any(name in scope for scope in self._bound):
            return lambda frame: frame.bound[name]
        elsewhere = word_elsewhere(name)
        if elsewhere:
            refuse(node, elsewhere)
        spot = spot_of(node)

        def run(frame: Frame) -> Any:
            try:
                return frame.values[name]
            except KeyError:
                raise MissingValue(f"„{name}“ ist hier nicht bekannt.", *spot) from None

        return run

    def _if(self, node: ast.IfExp) -> Run:
        test, body, orelse = self.build(node.test), self.build(node.body), self.build(node.orelse)
        return lambda frame: body(frame) if test(frame) else orelse(frame)

    def _list(self, node: ast.List) -> Run:
        items = [self.build(item) for item in node.elts]
        return lambda frame: [item(frame) for item in items]

    def _tuple(self, node: ast.Tuple) -> Run:
        refuse_decimal_comma(node)
        items = [self.build(item) for item in node.elts]
        return lambda frame: tuple([item(frame) for item in items])

    def _dict(self, node: ast.Dict) -> Run:
        pairs = [
            (self.build(key) if key is not None else refuse(node), self.build(value))
            for key, value in zip(node.keys, node.values, strict=True)
        ]
        spot = spot_of(node)
        return lambda frame: {_key(key(frame), spot): value(frame) for key, value in pairs}

    def _joined(self, node: ast.JoinedStr) -> Run:
        parts = [self.build(part) for part in node.values]

        def run(frame: Frame) -> str:
            texts = [part(frame) for part in parts]
            frame.allocate(sum(len(text) for text in texts))
            return "".join(texts)

        return run

    def _formatted(self, node: ast.FormattedValue) -> Run:
        if node.conversion != -1:
            refuse(node)
        show = formatter(node.format_spec, spot_of(node))
        value = self.build(node.value)
        return lambda frame: show(value(frame))

    def _list_comp(self, node: ast.ListComp | ast.GeneratorExp) -> Run:
        before = self.nodes
        with self._loops(node) as loops:
            element = self.build(node.elt)
        return comprehension(
            loops,
            weight_of(self.nodes - before),
            list,
            lambda frame, rows: rows.append(element(frame)),
        )

    def _dict_comp(self, node: ast.DictComp) -> Run:
        before = self.nodes
        with self._loops(node) as loops:
            key, value = self.build(node.key), self.build(node.value)
        spot = spot_of(node)

        def put(frame: Frame, fields: dict[str, Any]) -> None:
            fields[_key(key(frame), spot)] = value(frame)

        return comprehension(loops, weight_of(self.nodes - before), dict, put)

    @contextmanager
    def _loops(self, node: ast.ListComp | ast.GeneratorExp | ast.DictComp) -> Iterator[list[Loop]]:
        if len(node.generators) > 2:
            refuse(node)
        loops: list[Loop] = []
        scope: set[str] = set()
        self._bound.append(scope)
        for part in node.generators:
            if part.is_async:
                refuse(node, refusal_of(part))
            rows, names = self.build(part.iter), target_names(part.target)
            scope.update(flat(names))
            tests = [self.build(test) for test in part.ifs]
            loops.append(Loop(names, rows, tests, spot_of(node)))
        yield loops
        self._bound.pop()


def _key(value: Any, spot: Spot) -> str:
    if not isinstance(value, str):
        raise ExpressionFault("Feldnamen müssen Text sein.", *spot)
    return value
