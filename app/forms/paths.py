"""Pfade: which answers an expression names."""

import ast
from dataclasses import dataclass

_TOLERANT = frozenset({"wert", "vorhanden"})


@dataclass(frozen=True, slots=True)
class NamedAnswers:
    """Pairs of page and field: ``needed`` must be there, ``optional`` may be absent."""

    needed: frozenset[tuple[str, str]]
    optional: frozenset[tuple[str, str]]


def named_answers(source: str, form_key: str) -> NamedAnswers:
    """Find ``antrag.seite.feld`` and ``wert(antrag, 'seite', 'feld')`` in a sound expression.

    The source was compiled before, so it can be parsed; it is only read here.
    """
    needed: set[tuple[str, str]] = set()
    optional: set[tuple[str, str]] = set()
    for node in ast.walk(ast.parse(source.strip(), mode="eval")):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute):
            if _is_name(node.value.value, form_key):
                needed.add((node.value.attr, node.attr))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            named = _tolerant(node, form_key) if node.func.id in _TOLERANT else None
            if named is not None:
                optional.add(named)
    return NamedAnswers(frozenset(needed), frozenset(optional))


def _tolerant(call: ast.Call, form_key: str) -> tuple[str, str] | None:
    match call.args:
        case [ast.Name(id=name), ast.Constant(value=str(page)), ast.Constant(value=str(field)), *_]:
            return (page, field) if name == form_key else None
        case [
            ast.Attribute(value=ast.Name(id=name), attr=page),
            ast.Constant(value=str(field)),
            *_,
        ]:
            return (page, field) if name == form_key else None
    return None


def _is_name(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name
