"""Ereignisregeln: which events may stand where."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime

from app.engine.modelling.model import Model, is_event_part
from app.engine.modelling.xmlio import Element, bpmn, local, spiff, text_of
from app.engine.timers import is_cycle, read_cycle
from app.errors import FieldFault
from app.expressions.fault import ExpressionFault

Faults = Iterator[FieldFault]

_WAITED_FOR = frozenset(
    {
        "timerEventDefinition",
        "messageEventDefinition",
        "signalEventDefinition",
        "conditionalEventDefinition",
    }
)
_CAUGHT = frozenset({"errorEventDefinition", "escalationEventDefinition"})
_THROWN = frozenset(
    {"messageEventDefinition", "signalEventDefinition", "escalationEventDefinition"}
)
_ALLOWED: Mapping[str, frozenset[str]] = {
    "startEvent": _WAITED_FOR | _CAUGHT,
    "endEvent": _THROWN
    | {"terminateEventDefinition", "errorEventDefinition", "cancelEventDefinition"},
    "intermediateThrowEvent": _THROWN,
    "intermediateCatchEvent": _WAITED_FOR,
    "boundaryEvent": _WAITED_FOR | _CAUGHT | {"cancelEventDefinition"},
    "receiveTask": frozenset(),
    "sendTask": frozenset(),
}
_ANY_TIME = datetime(2026, 1, 1, tzinfo=UTC)
_MUST_CATCH = {"intermediateCatchEvent", "boundaryEvent"}
_TAKES_MESSAGES = {"startEvent", "receiveTask"} | _MUST_CATCH
_PARTS = {"subProcess", "transaction", "callActivity"}
_MAY_FAIL = {"serviceTask", "sendTask"} | _PARTS


def event_faults(model: Model) -> Faults:
    """List events that the engine would ignore, misread or never see."""
    for node in model.flow_nodes.values():
        name = local(node)
        if name in _ALLOWED:
            yield from _definitions(node, name)
        for definition in node:
            check = _CHECKS.get(local(definition))
            if check is not None and str(definition.tag) == bpmn(local(definition)):
                yield from check(model, node, definition)
        if name == "receiveTask" or (name == "sendTask" and not _has_operator(node)):
            yield from _message(model, node, node)
        if name == "eventBasedGateway":
            yield from _choice(model, node)
    yield from _old_message_variables(model)


def _fault(node: Element, code: str, message: str) -> FieldFault:
    return FieldFault(node.get("id", ""), code, message)


def _has_operator(node: Element) -> bool:
    return node.find(f"{bpmn('extensionElements')}/{spiff('serviceTaskOperator')}") is not None


def _definitions(node: Element, name: str) -> Faults:
    found = [local(child) for child in node if local(child).startswith("eventDefinition")]
    found += [local(child) for child in node if local(child).endswith("EventDefinition")]
    if len(found) > 1 or (name in _MUST_CATCH and not found):
        yield _fault(node, "one_event", "Hier wird genau ein Ereignis gebraucht.")
    for kind in found:
        if kind not in _ALLOWED[name]:
            message = "Diese Art von Ereignis wird hier nicht unterstützt."
            yield _fault(node, "unsupported_event", message)
    if name == "startEvent":
        yield from _start(node, found)


def _start(node: Element, found: list[str]) -> Faults:
    around = node.getparent()
    if around is not None and is_event_part(around):
        if not found:
            message = "Hier fehlt das Ereignis, das den Teilprozess auslöst."
            yield _fault(node, "no_start_event", message)
        elif found[0] == "errorEventDefinition" and node.get("isInterrupting") == "false":
            yield _fault(node, "not_interrupting", "Ein Fehler beendet immer, was ihn umgibt.")
    elif found:
        message = (
            "Ein Vorgang beginnt mit dem Antrag. Bitte nutzen Sie ein einfaches Startereignis."
        )
        yield _fault(node, "start_with_event", message)


def _waits_beside(node: Element) -> bool:
    """Tell whether an event comes beside something that goes on."""
    if local(node) == "boundaryEvent":
        return node.get("cancelActivity", "true") != "true"
    return local(node) == "startEvent" and node.get("isInterrupting", "true") != "true"


def _timer(model: Model, node: Element, definition: Element) -> Faults:  # noqa: ARG001 - a check
    times = {
        local(part): text_of(part)
        for part in definition
        if local(part) in {"timeDate", "timeDuration", "timeCycle"}
    }
    if len(times) != 1 or not all(times.values()):
        yield _fault(node, "no_time", "Hier fehlt der Zeitpunkt oder die Dauer.")
        return
    cycle = times.get("timeCycle")
    if cycle is None:
        if any(is_cycle(text) for text in times.values()):
            message = "Eine Wiederholung geben Sie als Zyklus an, nicht als Dauer."
            yield _fault(node, "unsupported_timer", message)
    elif not _waits_beside(node):
        message = (
            "Wiederkehrende Zeitpunkte gibt es nur an Randereignissen, die nicht unterbrechen."
        )
        yield _fault(node, "unsupported_timer", message)
    elif is_cycle(cycle):
        try:
            read_cycle(cycle, _ANY_TIME)
        except ExpressionFault as fault:
            yield _fault(node, "bad_cycle", fault.message)


def _message(model: Model, node: Element, holder: Element) -> Faults:
    if not _named(model, holder.get("messageRef", ""), "message"):
        yield _fault(node, "no_message", "Hier fehlt die Nachricht.")
    elif (
        local(node) in _TAKES_MESSAGES
        and holder.get("messageRef", "") in model.correlated
        and next(holder.iter(spiff("processVariableCorrelation")), None) is None
    ):
        message = "Hier fehlt, woran die Nachricht zu diesem Vorgang erkannt wird."
        yield _fault(node, "no_correlation", message)


def _signal(model: Model, node: Element, definition: Element) -> Faults:
    if not _named(model, definition.get("signalRef", ""), "signal"):
        yield _fault(node, "no_signal", "Hier fehlt das Signal.")


def _condition(model: Model, node: Element, definition: Element) -> Faults:  # noqa: ARG001
    if not text_of(definition.find(bpmn("condition"))):
        yield _fault(node, "no_event_condition", "Hier fehlt die Bedingung.")


def _error(model: Model, node: Element, definition: Element) -> Faults:
    host = model.flow_nodes.get(node.get("attachedToRef", ""))
    if host is not None and local(host) not in _MAY_FAIL:
        message = "Fehler lassen sich nur an Dienstaufgaben und Teilprozessen auffangen."
        yield _fault(node, "unsupported_event", message)
    if local(node) == "boundaryEvent" and _waits_beside(node):
        yield _fault(node, "not_interrupting", "Ein Fehler beendet die Aufgabe immer.")
    reference = definition.get("errorRef")
    error = model.by_id.get(reference or "")
    if reference and (error is None or local(error) != "error"):
        yield _fault(node, "no_error", "Den hier genannten Fehler gibt es im Modell nicht.")
    elif reference and error is not None and not error.get("errorCode"):
        yield _fault(node, "no_code", "Dem hier genannten Fehler fehlt sein Code.")


def _escalation(model: Model, node: Element, definition: Element) -> Faults:
    host = model.flow_nodes.get(node.get("attachedToRef", ""))
    if host is not None and local(host) not in _PARTS:
        message = "Eskalationen lassen sich nur an Teilprozessen auffangen."
        yield _fault(node, "unsupported_event", message)
    reference = definition.get("escalationRef")
    escalation = model.by_id.get(reference or "")
    if reference and (escalation is None or local(escalation) != "escalation"):
        yield _fault(node, "no_escalation", "Die hier genannte Eskalation gibt es im Modell nicht.")
    elif reference and escalation is not None and not escalation.get("escalationCode"):
        yield _fault(node, "no_code", "Der hier genannten Eskalation fehlt ihr Code.")


def _cancel(model: Model, node: Element, _: Element) -> Faults:
    host = model.flow_nodes.get(node.get("attachedToRef", ""))
    around = node.getparent()
    part = host if local(node) == "boundaryEvent" else around
    if part is None or local(part) != "transaction":
        message = "Abbrechen lässt sich nur eine Transaktion."
        yield _fault(node, "no_transaction", message)


_CHECKS: Mapping[str, Callable[[Model, Element, Element], Faults]] = {
    "timerEventDefinition": _timer,
    "messageEventDefinition": _message,
    "signalEventDefinition": _signal,
    "conditionalEventDefinition": _condition,
    "errorEventDefinition": _error,
    "escalationEventDefinition": _escalation,
    "cancelEventDefinition": _cancel,
}


def _named(model: Model, reference: str, kind: str) -> bool:
    found = model.by_id.get(reference)
    return found is not None and local(found) == kind and bool(found.get("name"))


def _choice(model: Model, gateway: Element) -> Faults:
    if gateway.get("instantiate") == "true" or gateway.get("eventGatewayType") == "Parallel":
        yield _fault(gateway, "unsupported_event", "Diese Art von Gateway wird nicht unterstützt.")
    targets = [
        model.flow_nodes.get(flow.get("targetRef", ""))
        for flow in model.outgoing[gateway.get("id", "")]
    ]
    for target in targets:
        if target is None:
            continue
        if local(target) not in {"intermediateCatchEvent", "receiveTask"}:
            yield _fault(target, "not_an_event", "Nach diesem Gateway muss ein Ereignis folgen.")
        elif len(model.incoming[target.get("id", "")]) > 1:
            message = "Zu diesem Ereignis darf nur der Weg vom Gateway führen."
            yield _fault(target, "several_incoming_flows", message)
        elif model.boundaries[target.get("id", "")]:
            message = "Nach einem ereignisbasierten Gateway sind keine Randereignisse möglich."
            yield _fault(target, "useless_boundary", message)
        elif any(local(part).endswith("LoopCharacteristics") for part in target):
            message = "Nach einem ereignisbasierten Gateway ist keine Wiederholung möglich."
            yield _fault(target, "useless_loop", message)


def _old_message_variables(model: Model) -> Faults:
    for message in model.root.iter(bpmn("message")):
        if any(
            message.find(f".//{spiff(name)}") is not None
            for name in ("messageVariable", "messagePayload")
        ):
            text = "Bitte geben Sie die Variable am Ereignis an, nicht an der Nachricht."
            yield _fault(message, "message_variable", text)
