"""Auflösung: finds the shape that the answers themselves ask for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.expressions.expression import Expression
from app.expressions.fault import ExpressionFault
from app.forms.clean import has_type
from app.forms.context import FormContext
from app.forms.kind import Kind
from app.forms.outline import Condition, Outline
from app.forms.shape import Shape, ShapeKey, Shapes

_MAX_ROUNDS = 12


@dataclass(frozen=True, slots=True)
class Resolution:
    """``answers`` are those that count, with calculated values; ``names`` is for expressions."""

    shape: Shape
    answers: dict[str, dict[str, Any]]
    names: Mapping[str, Any]


def resolve(
    form_key: str,
    outline: Outline,
    shapes: Shapes,
    values: Mapping[str, Mapping[str, Any]],
    context: FormContext,
) -> Resolution:
    """Repeat "what is visible" and "which conditions hold" until both agree.

    Starts from what is always there, so a hidden answer never opens anything. A form whose
    conditions contradict each other ends after a fixed number of rounds, always the same way.
    """
    key = ShapeKey()
    resolution = _look(form_key, shapes, key, values, context)
    for _ in range(_MAX_ROUNDS):
        seen = _observe(outline, resolution, context)
        if seen == key:
            break
        key = seen
        resolution = _look(form_key, shapes, key, values, context)
    return resolution


def _look(
    form_key: str,
    shapes: Shapes,
    key: ShapeKey,
    values: Mapping[str, Mapping[str, Any]],
    context: FormContext,
) -> Resolution:
    shape = shapes.get(key)
    answers = shape.pick(values)
    names = {**context.values, form_key: answers}
    for question in shape.calculated:
        if question.spec.kind is Kind.CONSTANT:
            value = question.schema["const"]
        else:
            value = _calculate(question.calculated, names, context)
        if value is not None and has_type(value, question.spec.type):
            answers[question.spec.page][question.spec.id] = value
    return Resolution(shape, answers, names)


def _observe(outline: Outline, resolution: Resolution, context: FormContext) -> ShapeKey:
    if not outline.branches and not outline.gates:
        return ShapeKey()
    held = [_holds(condition, resolution.answers) for condition in outline.conditions]
    active: set[int] = set()
    for number, branch in enumerate(outline.branches):
        inside = branch.parent is None or branch.parent in active
        if inside and held[branch.condition] is not branch.negated:
            active.add(number)
    gates = frozenset(
        number
        for number, gate in enumerate(outline.gates)
        if _calculate(gate, resolution.names, context)
    )
    return ShapeKey(frozenset(active), gates)


def _holds(condition: Condition, answers: Mapping[str, Mapping[str, Any]]) -> bool:
    subject: Mapping[str, Any] = (
        answers if condition.page is None else answers.get(condition.page, {})
    )
    if condition.test is not None:
        return condition.test.is_valid(subject)
    name = condition.present or ""
    return bool(subject.get(name)) if condition.page is None else name in subject


def _calculate(
    expression: Expression | None, names: Mapping[str, Any], context: FormContext
) -> Any:
    """Evaluate to a JSON value; None while something is missing."""
    if expression is None:
        return None
    try:
        return expression.evaluate(names, context.now)
    except ExpressionFault:
        return None
