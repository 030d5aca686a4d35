"""Prüfung: finds everything that is wrong with a set of answers."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.errors import FieldFault
from app.forms.clean import UNKNOWN, Cleaned
from app.forms.context import FormContext
from app.forms.explain import CODES, explain, explain_place
from app.forms.resolve import Resolution
from app.forms.rule import Rule
from app.forms.shape import Shape

_KEYWORD_OF = {
    code: keyword for keyword, code in CODES.items() if keyword in {"type", "characters"}
}


def find_faults(
    cleaned: Cleaned, resolution: Resolution, rules: Iterable[Rule], context: FormContext
) -> list[FieldFault]:
    """Collect faults in reading order: one per answer, then those across answers."""
    faults: dict[str, FieldFault] = {}
    for fault in cleaned.faults:
        told = _tell(fault, resolution.shape)
        if told is not None:
            faults.setdefault(fault.pointer, told)
    for fault in _schema_faults(resolution):
        faults.setdefault(fault.pointer, fault)
    crossed = [
        FieldFault(rule.field, rule.id, rule.message.write(resolution.names, context.now))
        for rule in rules
        if _can_be_judged(rule, resolution, faults)
        and not rule.holds(resolution.names, context.now)
    ]
    order = {
        question.spec.pointer: place for place, question in enumerate(resolution.shape.questions())
    }
    return sorted(
        [*faults.values(), *crossed], key=lambda fault: order.get(fault.pointer, len(order))
    )


def _tell(fault: FieldFault, shape: Shape) -> FieldFault | None:
    """Word a structural fault; None if it lies in something hidden."""
    page, _, field = fault.pointer.removeprefix("/").partition("/")
    question = shape.question(page, field)
    if question is not None:
        return explain(question, _KEYWORD_OF.get(fault.code, "type"))
    hidden = fault.code != UNKNOWN and page and page not in shape.pages
    if hidden or (fault.code != UNKNOWN and field):
        return None
    return explain_place(fault.pointer, fault.code)


def _schema_faults(resolution: Resolution) -> Iterable[FieldFault]:
    for error in resolution.shape.validator.iter_errors(resolution.answers):
        path = list(error.instance_path)
        keyword, limit = error.kind.name, error.kind.value
        if keyword == "required":
            path.append(limit)
        question = resolution.shape.question(str(path[0]), str(path[1])) if path[1:] else None
        if question is not None:
            yield explain(question, keyword, limit)


def _can_be_judged(rule: Rule, resolution: Resolution, faults: Mapping[str, FieldFault]) -> bool:
    """Whether all answers the rule needs are there, and none that it names is wrong."""
    answers: Mapping[str, Mapping[str, Any]] = resolution.answers
    return all(field in answers.get(page, {}) for page, field in rule.names.needed) and not any(
        f"/{page}/{field}" in faults for page, field in rule.names.needed | rule.names.optional
    )
