"""Ereignisregeln: which events may stand where."""

from collections.abc import Iterator, Mapping

from app.engine.model import Model
from app.engine.xmlio import Element, bpmn, local, spiff, text_of
from app.errors import FieldFault

_ALLOWED: Mapping[str, frozenset[str]] = {
    "startEvent": frozenset(),
    "endEvent": frozenset({"terminateEventDefinition"}),
    "intermediateThrowEvent": frozenset(),
    "intermediateCatchEvent": frozenset({"timerEventDefinition", "messageEventDefinition"}),
    "boundaryEvent": frozenset(
        {"timerEventDefinition", "messageEventDefinition", "errorEventDefinition"}
    ),
    "receiveTask": frozenset(),
}
_MUST_CATCH = {"intermediateCatchEvent", "boundaryEvent"}
_MAY_FAIL = {"serviceTask", "subProcess"}


def event_faults(model: Model) -> Iterator[FieldFault]:
    """List events that the engine would ignore, misread or never see."""
    for node in model.flow_nodes.values():
        name = local(node)
        if name in _ALLOWED:
            yield from _definitions(node, name)
        for definition in node:
            yield from _definition(model, node, definition)
        if name == "receiveTask":
            yield from _message(model, node, node)
        if name == "eventBasedGateway":
            yield from _choice(model, node)
    yield from _old_message_variables(model)


def _fault(node: Element, code: str, message: str) -> FieldFault:
    return FieldFault(node.get("id", ""), code, message)


def _definitions(node: Element, name: str) -> Iterator[FieldFault]:
    found = [local(child) for child in node if local(child).startswith("eventDefinition")]
    found += [local(child) for child in node if local(child).endswith("EventDefinition")]
    if len(found) > 1 or (name in _MUST_CATCH and not found):
        yield _fault(node, "one_event", "Hier wird genau ein Ereignis gebraucht.")
    for kind in found:
        if kind not in _ALLOWED[name]:
            message = "Diese Art von Ereignis wird hier nicht unterstützt."
            yield _fault(node, "unsupported_event", message)


def _definition(model: Model, node: Element, definition: Element) -> Iterator[FieldFault]:
    kind = local(definition)
    if kind == "timerEventDefinition":
        yield from _timer(node, definition)
    elif kind == "messageEventDefinition":
        yield from _message(model, node, definition)
    elif kind == "errorEventDefinition":
        yield from _error(model, node, definition)


def _timer(node: Element, definition: Element) -> Iterator[FieldFault]:
    if definition.find(bpmn("timeCycle")) is not None:
        message = "Wiederkehrende Zeitpunkte werden nicht unterstützt. Nutzen Sie eine Schleife."
        yield _fault(node, "unsupported_timer", message)
        return
    times = [text_of(part) for part in definition if local(part) in {"timeDate", "timeDuration"}]
    if len(times) != 1 or not times[0]:
        yield _fault(node, "no_time", "Hier fehlt der Zeitpunkt oder die Dauer.")


def _message(model: Model, node: Element, holder: Element) -> Iterator[FieldFault]:
    message = model.by_id.get(holder.get("messageRef", ""))
    if message is None or local(message) != "message" or not message.get("name"):
        yield _fault(node, "no_message", "Hier fehlt die Nachricht, auf die gewartet wird.")


def _error(model: Model, node: Element, definition: Element) -> Iterator[FieldFault]:
    host = model.flow_nodes.get(node.get("attachedToRef", ""))
    if host is not None and local(host) not in _MAY_FAIL:
        message = "Fehler lassen sich nur an Dienstaufgaben und Teilprozessen auffangen."
        yield _fault(node, "unsupported_event", message)
    if node.get("cancelActivity", "true") != "true":
        yield _fault(node, "not_interrupting", "Ein Fehler beendet die Aufgabe immer.")
    reference = definition.get("errorRef")
    error = model.by_id.get(reference or "")
    if reference and (error is None or local(error) != "error"):
        yield _fault(node, "no_error", "Den hier genannten Fehler gibt es im Modell nicht.")


def _choice(model: Model, gateway: Element) -> Iterator[FieldFault]:
    if gateway.get("instantiate") == "true" or gateway.get("eventGatewayType") == "Parallel":
        yield _fault(gateway, "unsupported_event", "Diese Art von Gateway wird nicht unterstützt.")
    targets = [
        model.flow_nodes.get(flow.get("targetRef", ""))
        for flow in model.outgoing[gateway.get("id", "")]
    ]
    timers = 0
    for target in targets:
        if target is None:
            continue
        timers += target.find(bpmn("timerEventDefinition")) is not None
        if local(target) not in {"intermediateCatchEvent", "receiveTask"}:
            yield _fault(target, "not_an_event", "Nach diesem Gateway muss ein Ereignis folgen.")
        elif len(model.incoming[target.get("id", "")]) > 1:
            message = "Zu diesem Ereignis darf nur der Weg vom Gateway führen."
            yield _fault(target, "several_incoming_flows", message)
        elif model.boundaries[target.get("id", "")]:
            message = "Nach einem ereignisbasierten Gateway sind keine Randereignisse möglich."
            yield _fault(target, "useless_boundary", message)
    if timers > 1:
        message = "Nach einem ereignisbasierten Gateway ist nur ein Zeitereignis möglich."
        yield _fault(gateway, "several_timers", message)


def _old_message_variables(model: Model) -> Iterator[FieldFault]:
    for message in model.root.iter(bpmn("message")):
        if any(
            message.find(f".//{spiff(name)}") is not None
            for name in ("messageVariable", "messagePayload")
        ):
            text = "Bitte geben Sie die Variable am Ereignis an, nicht an der Nachricht."
            yield _fault(message, "message_variable", text)
