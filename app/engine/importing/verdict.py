"""Urteil: whether a process could run once its author has answered what is open."""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from app.engine.compiler import compile_process
from app.engine.importing.camunda import short
from app.engine.importing.layout import DI
from app.engine.importing.placeholders import FILLS
from app.engine.importing.processes import mark
from app.engine.importing.sketch import Sketch
from app.engine.importing.unknown_names import unknown_names
from app.engine.modelling.model import Model
from app.engine.modelling.soundness import examine
from app.engine.modelling.sources import Source, source_faults, sources_of
from app.engine.modelling.xmlio import BPMN, Element, bpmn
from app.errors import BundleInvalid, FieldFault

_MAX_ROUNDS = 6
_DEADLOCK = "Hier wird auf Wege gewartet, die nie alle kommen. Bitte prüfen Sie beide Gateways."

_EMPTY = {"no_event_condition", "no_loop_condition", "no_condition", "no_time"}

BLOCKING = frozenset(
    {
        "bad_boolean",
        "bad_id",
        "calls_itself",
        "dangling_flow",
        "doctype",
        "duplicate_id",
        "endless",
        "ignored_condition",
        "no_id",
        "not_interrupting",
        "not_understood",
        "not_xml",
        "one_process",
        "reserved_id",
        "several_events",
        "several_outgoing_flows",
        "too_deep",
        "too_many_attributes",
        "too_large",
        "too_long",
        "too_many_nodes",
        "unknown_default",
        "unsupported_element",
        "unsupported_event",
    }
)
"""Codes that no answer of the author settles; so does every code that is in no table."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What keeps one process from running, by who can settle it."""

    todos: tuple[FieldFault, ...] = ()
    blockers: tuple[FieldFault, ...] = ()


def judge(root: Element, process: Element, questions: list[FieldFault]) -> Verdict:
    """Try one process of a rewritten file; ``questions`` are those asked while rewriting."""
    copy, model = _alone(root, process), Model(_alone(root, process))
    key, inside = process.get("id", ""), {element.get("id") for element in process.iter()}
    asked = [question for question in questions if question.pointer in inside]
    if any(question.code == "unsupported_element" for question in asked):
        return _parted(asked)
    trial = Sketch(copy, [])
    _fill(trial, asked)
    faults = _faults(trial.root)
    verdict = _parted([*asked, *faults])
    todos = [*verdict.todos, *_hidden(model, verdict.todos)]
    blockers = [
        fault if fault.pointer in inside else FieldFault(key, fault.code, fault.message)
        for fault in verdict.blockers or _left_over(trial, faults)
    ]
    return Verdict(_once(_quoting(todos, model)), _once(blockers))


def _parted(faults: list[FieldFault]) -> Verdict:
    """Tell what the author can settle from what nobody can."""
    todos = tuple(fault for fault in faults if fault.code in FILLS)
    blockers = tuple(fault for fault in faults if fault.code not in FILLS)
    return Verdict(todos, blockers)


def _alone(root: Element, process: Element) -> Element:
    """Copy a file with this process as the one to run, without drawing."""
    copy = deepcopy(root)
    for element in list(copy):
        if str(element.tag).startswith(f"{{{DI}}}") or element.tag == bpmn("collaboration"):
            copy.remove(element)
    chosen = next(
        one for one in copy.findall(bpmn("process")) if one.get("id") == process.get("id")
    )
    mark(copy, chosen)
    return copy


def _faults(root: Element) -> list[FieldFault]:
    try:
        compile_process(etree.tostring(root, encoding="UTF-8"), [])
    except BundleInvalid as invalid:
        if any(fault.code == "one_start" for fault in invalid.fields):  # then nothing is reached
            return [fault for fault in invalid.fields if fault.code != "unreachable"]
        return list(invalid.fields)
    return []


def _left_over(trial: Sketch, faults: list[FieldFault]) -> list[FieldFault]:
    """Fill in placeholders until nothing is missing, and tell what is wrong even then."""
    for _ in range(_MAX_ROUNDS):
        if not faults or any(fault.code not in FILLS for fault in faults):
            break
        _fill(trial, faults)
        faults = _faults(trial.root)
    return faults


def _fill(trial: Sketch, faults: list[FieldFault]) -> None:
    places = {
        element.get("id", ""): element
        for element in trial.root.iter()
        if str(element.tag).startswith(f"{{{BPMN}}}")
    }
    for fault in faults:
        place = places.get(fault.pointer)
        fill = FILLS.get(fault.code)
        if place is not None and fill is not None and place.getparent() is not None:
            fill(trial, place)


def _hidden(model: Model, todos: Iterable[FieldFault]) -> list[FieldFault]:
    """Tell what would only show while a case runs."""
    stuck = [
        FieldFault(key, "deadlock", _DEADLOCK)
        for scope in model.scopes
        for key in sorted(examine(model, scope).stuck)
    ]
    unreadable = {todo.pointer for todo in todos if todo.code == "expression"}
    return [*stuck, *unknown_names(model, unreadable)]


def _quoting(todos: list[FieldFault], model: Model) -> list[FieldFault]:
    """Say what stands where an expression is not in our language."""
    wrong = {todo.pointer for todo in todos if todo.code == "expression"}
    written: dict[str, list[Source]] = {}
    for source in sources_of(model):
        if source.element in wrong:
            written.setdefault(source.element, []).append(source)
    texts = {
        key: next((one.text for one in many if len(many) == 1 or not _is_ours(one)), "")
        for key, many in written.items()
    }
    asked = {todo.pointer for todo in todos if todo.code in _EMPTY}
    told = []
    for todo in todos:
        text = texts.get(todo.pointer, "").strip()
        if todo.code != "expression" or not (text or todo.pointer in asked):
            told.append(todo)
        elif text:
            message = f"Hier steht „{short(text)}“. {todo.message}"
            told.append(FieldFault(todo.pointer, todo.code, message))
    return told


def _is_ours(source: Source) -> bool:
    return not source_faults(iter([source]))


def _once(faults: list[FieldFault]) -> tuple[FieldFault, ...]:
    return tuple({(fault.pointer, fault.code): fault for fault in reversed(faults)}.values())[::-1]
