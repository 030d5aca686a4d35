"""Bezüge: which names and fields a source reads from outside, and which names it sets."""

import ast
from collections.abc import Iterator, Sequence

from app.expressions.access_path import AccessPath, access_path

_Comprehension = ast.ListComp | ast.GeneratorExp | ast.DictComp


class Reads:
    """What one source reads and sets, found by walking its tree once.

    ``names`` are read from outside, ``assigns`` are set. ``paths`` are the longest constant ways
    into those names, e.g. ``antrag.flaeche``; ``asked`` are those of them that may be missing,
    because they are read with ``wert``, ``vorhanden`` or ``get`` alone.
    """

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.assigns: set[str] = set()
        self.paths: set[str] = set()
        self._needed: set[str] = set()
        self._known: frozenset[str] = frozenset()

    @property
    def asked(self) -> set[str]:
        """Paths that may be missing."""
        return self.paths - self._needed

    def expression(self, node: ast.AST) -> None:
        """Note what an expression reads."""
        path = access_path(node)
        if path:
            self._path(path)
        elif isinstance(node, ast.Call):
            self._call(node)
        elif isinstance(node, _Comprehension):
            self._comprehension(node)
        else:
            for part in ast.iter_child_nodes(node):
                self.expression(part)

    def block(self, statements: Sequence[ast.stmt]) -> None:
        """Note what statements read and set, in their order."""
        for statement in statements:
            self._statement(statement)

    def _path(self, path: AccessPath) -> None:
        for part in path.computed:
            self.expression(part)
        if not isinstance(path.root, ast.Name):
            self.expression(path.root)
        elif path.root.id not in self._known:
            way = ".".join((path.root.id, *path.fields))
            self.names.add(path.root.id)
            self.paths.add(way)
            if not path.asks:
                self._needed.add(way)

    def _call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Attribute):
            self.expression(node.func.value)
        for part in (*node.args, *(option.value for option in node.keywords)):
            self.expression(part)

    def _comprehension(self, node: _Comprehension) -> None:
        before = self._known
        for part in node.generators:
            self.expression(part.iter)
            self._known |= frozenset(_names_in(part.target))
            for test in part.ifs:
                self.expression(test)
        elements = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        for element in elements:
            self.expression(element)
        self._known = before

    def _statement(self, node: ast.stmt) -> None:
        if isinstance(node, ast.Assign):
            self.expression(node.value)
            self._target(node.targets[0])
        elif isinstance(node, ast.AugAssign):
            self.expression(node.target)
            self.expression(node.value)
            self._target(node.target)
        elif isinstance(node, ast.If):
            self.expression(node.test)
            after = self._branch(node.body), self._branch(node.orelse)
            self._known = after[0] & after[1]
        elif isinstance(node, ast.For):
            self.expression(node.iter)
            self._branch(node.body, frozenset(_names_in(node.target)))

    def _branch(
        self, statements: Sequence[ast.stmt], names: frozenset[str] = frozenset()
    ) -> frozenset[str]:
        """Walk statements that may be skipped; give the names that have a value after them."""
        before = self._known
        self._known = before | names
        self.block(statements)
        after, self._known = self._known, before
        return after

    def _target(self, target: ast.expr) -> None:
        if isinstance(target, ast.Name):
            self.assigns.add(target.id)
            self._known |= {target.id}
            return
        path = access_path(target)
        if path and isinstance(target, ast.Attribute | ast.Subscript):
            self.expression(target.value)
            if isinstance(target, ast.Subscript):
                self.expression(target.slice)
            if isinstance(path.root, ast.Name):
                self.assigns.add(path.root.id)


def _names_in(target: ast.expr) -> Iterator[str]:
    return (node.id for node in ast.walk(target) if isinstance(node, ast.Name))
