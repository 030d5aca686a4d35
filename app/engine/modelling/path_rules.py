"""Wegregeln: flows that lead somewhere, from a start to an end."""

from collections.abc import Iterator

from app.engine.modelling.model import Model, is_event_part
from app.engine.modelling.xmlio import Element, bpmn, local, text_of
from app.errors import FieldFault

Faults = Iterator[FieldFault]

_CHOOSING = {"exclusiveGateway", "inclusiveGateway"}


def path_faults(model: Model) -> Faults:
    """List flows without two ends, nodes nobody comes to and loops nothing leaves."""
    yield from _flows(model)
    yield from _starts_and_ends(model)
    yield from _reachable(model)
    yield from _endless(model)


def _fault(element: Element, code: str, message: str) -> FieldFault:
    return FieldFault(element.get("id") or local(element), code, message)


def _flows(model: Model) -> Faults:
    for scope in model.scopes:
        inside = {node.get("id") for node in scope.nodes}
        for flow in scope.flows:
            ends = {flow.get("sourceRef"), flow.get("targetRef")}
            if not flow.get("id") or not ends <= inside:
                yield _fault(flow, "dangling_flow", "Dieser Pfeil verbindet keine zwei Elemente.")
        for node in scope.nodes:
            if is_event_part(node):
                yield from _alone(model, node)
            else:
                yield from _degree(model, node)
            yield from _conditions(model, node)


def _alone(model: Model, node: Element) -> Faults:
    key = node.get("id", "")
    if model.incoming[key] or model.outgoing[key] or model.boundaries[key]:
        message = "Ein Ereignis-Teilprozess steht für sich, ohne Pfeile und Randereignisse."
        yield _fault(node, "event_part_connected", message)


def _degree(model: Model, node: Element) -> Faults:
    name, key = local(node), node.get("id", "")
    incoming, outgoing = len(model.incoming[key]), len(model.outgoing[key])
    if name in {"startEvent", "boundaryEvent"} and incoming:
        yield _fault(node, "incoming_flow", "Hierhin darf kein Pfeil führen.")
    if name == "endEvent" and outgoing:
        yield _fault(node, "outgoing_flow", "Nach einem Endereignis darf es nicht weitergehen.")
    if name != "endEvent" and not outgoing:
        yield _fault(node, "no_outgoing_flow", "Hier endet der Weg ohne Endereignis.")
    if outgoing > 1 and not name.endswith("Gateway"):
        message = "Hier führen mehrere Pfeile weiter. Bitte setzen Sie ein Gateway dazwischen."
        yield _fault(node, "several_outgoing_flows", message)


def _conditions(model: Model, node: Element) -> Faults:
    flows, default = model.outgoing[node.get("id", "")], node.get("default")
    if default and default not in {flow.get("id") for flow in flows}:
        yield _fault(node, "unknown_default", "Der Standardweg gehört nicht zu diesem Element.")
    for flow in flows:
        condition = flow.find(bpmn("conditionExpression"))
        if local(node) not in _CHOOSING:
            if condition is not None:
                message = "Eine Bedingung gilt nur nach einem verzweigenden Gateway."
                yield _fault(flow, "ignored_condition", message)
        elif flow.get("id") != default and len(flows) > 1 and not text_of(condition):
            message = "Hier fehlt eine Bedingung oder die Angabe als Standardweg."
            yield _fault(flow, "no_condition", message)
        elif condition is not None and not text_of(condition):
            yield _fault(flow, "no_condition", "Die Bedingung ist leer.")


def _starts_and_ends(model: Model) -> Faults:
    for scope in model.scopes:
        names = [local(node) for node in scope.nodes]
        if names.count("startEvent") != 1:
            message = "Hier wird genau ein Startereignis gebraucht."
            yield FieldFault(scope.id, "one_start", message)
        if "endEvent" not in names:
            yield FieldFault(scope.id, "no_end", "Hier fehlt ein Endereignis.")


def _reachable(model: Model) -> Faults:
    waiting = [
        key
        for key, node in model.flow_nodes.items()
        if local(node) == "startEvent" or is_event_part(node)
    ]
    reached = set(waiting)
    while waiting:
        key = waiting.pop()
        following = [flow.get("targetRef", "") for flow in model.outgoing[key]]
        following += [event.get("id", "") for event in model.boundaries[key]]
        new = [one for one in following if one not in reached]
        reached.update(new)
        waiting += new
    for key, node in model.flow_nodes.items():
        if key not in reached:
            yield _fault(node, "unreachable", "Dieses Element wird nie erreicht.")


def _endless(model: Model) -> Faults:
    """Find loops that no gateway can leave, by taking away all that lies before and after them."""
    following = {
        key: {flow.get("targetRef", "") for flow in model.outgoing[key]}
        for key, node in model.flow_nodes.items()
        if local(node) not in _CHOOSING | {"eventBasedGateway"}
    }
    size = -1
    while len(following) != size:
        size = len(following)
        entered = set().union(*following.values())
        following = {
            key: targets & following.keys()
            for key, targets in following.items()
            if key in entered and targets & following.keys()
        }
    for key in following:
        message = "Diese Schleife hat kein Gateway, das sie beenden könnte."
        yield _fault(model.flow_nodes[key], "endless", message)
