"""Regeln: which models are accepted; whatever would silently go wrong is refused by name."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from app.domain.working_days import due_at
from app.engine.modelling.event_rules import event_faults
from app.engine.modelling.loop_rules import call_faults, loop_faults
from app.engine.modelling.model import (
    ACTIVITIES,
    KINDS,
    SUBPROCESSES,
    Model,
    extension,
    is_event_part,
    properties_of,
)
from app.engine.modelling.model import MAX_NODES as MAX_NODES  # noqa: PLC0414 - others take it from here
from app.engine.modelling.path_rules import path_faults
from app.engine.modelling.soundness_rules import soundness_faults
from app.engine.modelling.xmlio import BPMN, Element, local, spiff, text_of
from app.errors import FieldFault

MAX_NODES_PER_SCOPE = 250
MAX_NESTING = 8

_DRAWING = {
    "laneSet",
    "sequenceFlow",
    "documentation",
    "extensionElements",
    "textAnnotation",
    "association",
    "group",
    "category",
    "auditing",
    "monitoring",
    "property",
    "incoming",
    "outgoing",
    "dataObject",
    "dataObjectReference",
    "dataStoreReference",
    "ioSpecification",
    "dataInputAssociation",
    "dataOutputAssociation",
}
_RESERVED_IDS = {"Start", "End", "StartEventSplit", "StartEventJoin"}
_RESERVED_PARTS = (".EndJoin", ".BoundaryEventSplit", ".BoundaryEventJoin", ".Trigger", ".Way")
_SCRIPT_FORMATS = {"", "python", "text/python", "application/python", "text/x-python", "python3"}
_PARTS = {"subProcess", "transaction", "callActivity"}
_WITH_SCRIPTS = {"userTask", "manualTask", "serviceTask", "businessRuleTask"} | _PARTS

Faults = Iterator[FieldFault]


def model_faults(model: Model) -> list[FieldFault]:
    """List everything that keeps the model from running, in German, by element id.

    What is too large is not looked at any further: some rules take the square of its size.
    """
    return list(_size(model)) or [fault for rule in RULES for fault in rule(model)]


def _fault(element: Element, code: str, message: str) -> FieldFault:
    return FieldFault(element.get("id") or local(element), code, message)


def _size(model: Model) -> Faults:
    for scope in model.scopes:
        if len(scope.nodes) > MAX_NODES_PER_SCOPE:
            message = f"Ein Bereich darf höchstens {MAX_NODES_PER_SCOPE} Elemente haben."
            yield FieldFault(scope.id, "too_many_nodes", message)
        depth = sum(1 for above in scope.element.iterancestors() if local(above) in SUBPROCESSES)
        if depth >= MAX_NESTING:
            yield FieldFault(scope.id, "too_deep", "Teilprozesse sind zu tief verschachtelt.")
    if model.size > MAX_NODES:
        message = f"Ein Prozess darf höchstens {MAX_NODES} Elemente haben."
        yield FieldFault(model.process_id, "too_many_nodes", message)


def _elements(model: Model) -> Faults:
    for scope in model.scopes:
        for child in scope.element:
            name = local(child)
            known = str(child.tag).startswith(f"{{{BPMN}}}") and (name in KINDS or name in _DRAWING)
            known = known or name in _LOOPS
            if name == "task":
                message = "Bitte wählen Sie eine Art von Aufgabe, zum Beispiel „Benutzeraufgabe“."
                yield _fault(child, "unsupported_element", message)
            elif not known:
                message = f"Das Element „{name}“ wird nicht unterstützt."
                yield _fault(child, "unsupported_element", message)
    for node in model.flow_nodes.values():
        yield from _node(node)


_LOOPS = {"standardLoopCharacteristics", "multiInstanceLoopCharacteristics"}


def _node(node: Element) -> Faults:
    key = node.get("id", "")
    if not key:
        yield _fault(node, "no_id", f"Ein Element der Art „{local(node)}“ hat keine Kennung.")
    if key in _RESERVED_IDS or any(part in key for part in _RESERVED_PARTS):
        message = f"Die Kennung „{key}“ ist vergeben. Bitte wählen Sie eine andere."
        yield _fault(node, "reserved_id", message)
    if node.get("isForCompensation") == "true":
        yield _fault(node, "unsupported_element", "Kompensation wird nicht unterstützt.")
    if is_event_part(node) and local(node) != "subProcess":
        message = "Nur ein einfacher Teilprozess lässt sich durch ein Ereignis auslösen."
        yield _fault(node, "unsupported_element", message)


def _activities(model: Model) -> Faults:
    for node in model.flow_nodes.values():
        name = local(node)
        if name == "serviceTask" or (
            name == "sendTask" and extension(node, "serviceTaskOperator") is not None
        ):
            yield from _service(node)
        if name == "scriptTask" and node.get("scriptFormat", "").lower() not in _SCRIPT_FORMATS:
            yield _fault(node, "script_format", "Skripte sind nur in der Ausdruckssprache möglich.")
        if name == "businessRuleTask" and not text_of(extension(node, "calledDecisionId")):
            yield _fault(node, "no_decision", "Hier fehlt die Angabe der Entscheidungstabelle.")
        if name == "userTask" and extension(node, "variableName") is not None:
            message = "Der Name für die Antworten ergibt sich aus dem Formular."
            yield _fault(node, "variable_name", message)
        if name not in _WITH_SCRIPTS and any(
            extension(node, script) is not None for script in ("preScript", "postScript")
        ):
            message = "Hier ist kein zusätzliches Skript möglich. Nutzen Sie eine Skriptaufgabe."
            yield _fault(node, "ignored_script", message)


def _service(node: Element) -> Faults:
    operator = extension(node, "serviceTaskOperator")
    if operator is None or not operator.get("id"):
        yield _fault(node, "no_operator", "Hier fehlt der Dienst, zum Beispiel „letters/issue“.")
        return
    names = [part.get("id", "") for part in operator.iter(spiff("parameter"))]
    if "" in names or len(names) != len(set(names)):
        message = "Jeder Parameter des Dienstes braucht einen eigenen Namen."
        yield _fault(node, "bad_parameter", message)


def _properties(model: Model) -> Faults:
    for node in model.flow_nodes.values():
        found = extension(node, "properties")
        if found is not None and any(
            local(part) != "property" or not part.get("name") or part.get("value") is None
            for part in found
        ):
            message = "Jede Eigenschaft braucht einen Namen und einen Wert."
            yield _fault(node, "bad_property", message)
        deadline = properties_of(node).get("deadline")
        if deadline is not None and not _is_deadline(deadline):
            message = (
                "Die Frist ist unverständlich. Beispiele: P14D für Tage, 10AT für Arbeitstage."
            )
            yield _fault(node, "bad_deadline", message)


def _is_deadline(rule: str) -> bool:
    try:
        due_at(rule, datetime(2026, 1, 1, tzinfo=UTC))
    except (ValueError, OverflowError):
        return False
    return True


def _attached(model: Model) -> Faults:
    for node in model.flow_nodes.values():
        if local(node) != "boundaryEvent":
            continue
        host = model.flow_nodes.get(node.get("attachedToRef", ""))
        if host is None or host.getparent() is not node.getparent():
            yield _fault(node, "not_attached", "Dieses Randereignis hängt an keiner Aufgabe.")
        elif local(host) not in ACTIVITIES - {"scriptTask", "businessRuleTask"}:
            message = "Dieses Element wartet nie, ein Randereignis hat hier keine Wirkung."
            yield _fault(node, "useless_boundary", message)


RULES: tuple[Callable[[Model], Faults], ...] = (
    _elements,
    path_faults,
    _activities,
    _properties,
    _attached,
    event_faults,
    loop_faults,
    call_faults,
    soundness_faults,
)
