"""Prüfung: finds everything that is wrong with a set of answers."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.errors import FieldFault
from app.forms.clean import UNKNOWN, Cleaned
from app.forms.context import FormContext
from app.forms.explain import CODES, explain, explain_place
from app.forms.kind import Kind
from app.forms.members import members_at, place_of, question_below
from app.forms.question import Question
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

    def place(fault: FieldFault) -> tuple[int, tuple[int, ...]]:
        page, field, *below = _split(fault)
        question = resolution.shape.question(page, field)
        if question is None:
            return (len(order), ())
        return (order[question.spec.pointer], place_of(question, below))

    return sorted([*faults.values(), *crossed], key=place)


def _split(fault: FieldFault) -> list[str]:
    parts = fault.pointer.split("/")[1:]
    return parts if len(parts) > 1 else [*parts, "", ""][:2]


def _tell(fault: FieldFault, shape: Shape) -> FieldFault | None:
    """Word a structural fault; None if it lies in something hidden."""
    page, _, rest = fault.pointer.removeprefix("/").partition("/")
    field, *below = rest.split("/")
    question = shape.question(page, field)
    if question is not None and not (below and fault.code == UNKNOWN):
        return explain(question_below(question, below), _KEYWORD_OF.get(fault.code, "type"))
    if below and question is None:
        return None
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
        rest = path[2:]
        question = resolution.shape.question(str(path[0]), str(path[1])) if path[1:] else None
        if question is not None:
            target = question_below(question, rest)
            if keyword == "required" and target.spec.kind is Kind.GROUP:
                yield from _open_members(target)
            else:
                yield explain(target, keyword, limit)


def _open_members(question: Question) -> Iterable[FieldFault]:
    """Say what a missing group would have to hold; the group itself if that may be anything."""
    needed = [member for member in members_at(question, None) if member.required]
    for one in needed or [question]:
        yield explain(one, "required")


def _can_be_judged(rule: Rule, resolution: Resolution, faults: Mapping[str, FieldFault]) -> bool:
    """Whether all answers the rule needs are there, and none that it names is wrong."""
    answers: Mapping[str, Mapping[str, Any]] = resolution.answers
    return all(field in answers.get(page, {}) for page, field in rule.names.needed) and not any(
        f"/{page}/{field}" in faults for page, field in rule.names.needed | rule.names.optional
    )
