"""Tabellenzellen: from the text of an input cell to what it asks of the input."""

import ast
from collections.abc import Mapping

from app.engine.tables.cell_tests import AllOf, AnyOf, Bound, Check, Compared, Condition, Members
from app.engine.tables.cell_text import INPUT, Interval, UnclearCell, read_cell
from app.engine.tables.formula import Formula
from app.engine.tables.kinds import kind_of
from app.expressions.fault import ExpressionFault
from app.expressions.limits import MAX_INTEGER_BITS
from app.expressions.parse import parse_expression

#: the same comparison seen from the other side; a chain is read where all of it orders
_TURNED: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.Gt,
    ast.LtE: ast.GtE,
    ast.Gt: ast.Lt,
    ast.GtE: ast.LtE,
}
_CONDITIONS = (ast.BoolOp, ast.Compare, ast.Dict, ast.DictComp)
_POSITIVE: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.NotEq: ast.Eq,
    ast.NotIn: ast.In,
    ast.IsNot: ast.Is,
}


def compile_cell(text: str) -> Check:
    """Read an input cell that is not :data:`app.engine.tables.cell_text.ANYTHING`.

    :raises UnclearCell: it can be read in more than one way.
    :raises ExpressionFault: something is not part of the language.
    """
    cell = read_cell(text)
    checks = [
        _interval(part) if isinstance(part, Interval) else _expression(part) for part in cell.parts
    ]
    members = [check for check in checks if isinstance(check, Members)]
    if len(members) > 1:
        values = tuple(value for check in members for value in check.values)
        checks = [Members(values), *(check for check in checks if not isinstance(check, Members))]
    if len(checks) == 1 and not cell.is_negated:
        return checks[0]
    return AnyOf(tuple(checks), cell.is_negated)


def _interval(part: Interval) -> Check:
    low = _bound(ast.GtE if part.low_included else ast.Gt, part.low)
    high = _bound(ast.LtE if part.high_included else ast.Lt, part.high)
    _check_ends(low, high)
    both = AllOf(low, high)
    return AnyOf((both,), is_negated=True) if part.is_excluded else both


def _bound(relation: type[ast.cmpop], text: str) -> Check:
    node = parse_expression(text)
    if _asks(node) or isinstance(node, (*_CONDITIONS, ast.List, ast.Tuple)):
        raise UnclearCell("Die Grenzen eines Bereichs sind einzelne Werte wie in [1..5].")
    return _comparison(relation, node)


def _check_ends(low: Check, high: Check) -> None:
    if not isinstance(low, Bound) or not isinstance(high, Bound):
        return
    if kind_of(low.value) is not kind_of(high.value):
        raise ExpressionFault("Beide Grenzen des Bereichs brauchen dieselbe Art von Wert.")
    is_open = low.relation is ast.Gt or high.relation is ast.Lt
    if low.value > high.value or (low.value == high.value and is_open):  # type: ignore[operator] # same kind
        raise ExpressionFault("In diesem Bereich liegt kein Wert. Vertauschen Sie die Grenzen.")


def _expression(text: str) -> Check:
    node = parse_expression(text)
    if _asks(node):
        known = _of_comparison(node) if isinstance(node, ast.Compare) else None
        return known or Condition(Formula(node))
    if isinstance(node, ast.List | ast.Tuple | ast.Set | ast.ListComp | ast.GeneratorExp):
        raise UnclearCell('Mehrere Werte schreiben Sie so: "A", "B".')
    if isinstance(node, _CONDITIONS) or _is_not(node):
        raise UnclearCell(
            "Diese Bedingung sagt nichts über die Eingabe. Schreiben Sie ? für die Eingabe."
        )
    return _comparison(ast.Eq, node)


def _of_comparison(node: ast.Compare) -> Check | None:
    """Read comparisons of the input itself; anything else stays a condition."""
    relations = [type(relation) for relation in node.ops]
    sides = [node.left, *node.comparators]
    inputs = [at for at, side in enumerate(sides) if _is_input(side)]
    if len(inputs) != 1 or sum(map(_asks, sides)) != 1:
        return None
    match inputs, relations:
        case [0], [relation]:
            return _of_pair(relation, sides[1])
        case [1], [relation] if relation in _TURNED:
            return _comparison(_TURNED[relation], sides[0])
        case [1], [first, second] if first in _TURNED and second in _TURNED:
            low, high = _comparison(_TURNED[first], sides[0]), _comparison(second, sides[2])
            return AllOf(low, high)
    return None


def _of_pair(relation: type[ast.cmpop], other: ast.expr) -> Check | None:
    positive = _POSITIVE.get(relation, relation)
    if positive is ast.In:
        check = _members(other)
    elif positive is ast.Is:
        check = _truth(other)
    else:
        check = _comparison(positive, other)
    if check is None or positive is relation:
        return check
    return AnyOf((check,), is_negated=True)


def _comparison(relation: type[ast.cmpop], other: ast.expr) -> Check:
    if not _is_constant(other):
        return Compared(relation, Formula(other))
    value = ast.literal_eval(other)
    if relation is ast.Eq:
        return Members((value,))
    if value is None or isinstance(value, bool):
        raise ExpressionFault("Größer und kleiner gibt es nur bei Zahlen, Texten und Daten.")
    return Bound(relation, value)


def _members(rows: ast.expr) -> Check | None:
    if not isinstance(rows, ast.List | ast.Tuple) or not rows.elts:
        return None
    if not all(_is_constant(item) for item in rows.elts):
        return None
    return Members(tuple(ast.literal_eval(item) for item in rows.elts))


def _truth(other: ast.expr) -> Check | None:
    if isinstance(other, ast.Constant) and isinstance(other.value, bool | None):
        return Members((other.value,))
    return None


def _is_constant(node: ast.expr) -> bool:
    """Tell whether a value is written down; all else must pass the language's own translation."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        return _is_constant(node.operand) and type(ast.literal_eval(node.operand)) in {int, float}
    if not isinstance(node, ast.Constant):
        return False
    value = node.value
    if isinstance(value, int):
        return value.bit_length() <= MAX_INTEGER_BITS
    return value is None or isinstance(value, str | float)


def _is_not(node: ast.expr) -> bool:
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)


def _is_input(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == INPUT


def _asks(node: ast.expr) -> bool:
    return any(isinstance(part, ast.Name) and part.id == INPUT for part in ast.walk(node))
