"""Fehler an Aufgaben: what a person does cannot fail by itself; the person says so at its end."""

from lxml import etree

from app.engine.importing.element_kinds import TASKS
from app.engine.importing.sketch import Sketch, definitions_of, nodes_of, ways_of
from app.engine.modelling.xmlio import Element, bpmn, local

_SAID = {"errorEventDefinition", "escalationEventDefinition"}
_FAILING = {"serviceTask", "sendTask"}


def settle_failures(sketch: Sketch) -> None:
    """Put a gateway behind tasks at which errors or escalations are drawn that nothing sends."""
    for scope in sketch.scopes():
        hosts = {node.get("id", ""): node for node in nodes_of(scope) if local(node) in TASKS}
        for event in nodes_of(scope):
            host = hosts.get(event.get("attachedToRef", ""))
            if local(event) == "boundaryEvent" and host is not None and _is_said(event, host):
                _say(sketch, scope, host, event)


def _is_said(event: Element, host: Element) -> bool:
    kinds = [local(definition) for definition in definitions_of(event)]
    if len(kinds) != 1 or kinds[0] not in _SAID:
        return False
    return kinds[0] == "escalationEventDefinition" or local(host) not in _FAILING


def _say(sketch: Sketch, scope: Element, host: Element, event: Element) -> None:
    key, event_key = host.get("id", ""), event.get("id", "")
    interrupts = event.get("cancelActivity", "true") == "true"
    _, outgoing = ways_of(scope)
    kind = "exclusiveGateway" if interrupts else "inclusiveGateway"
    gateway = sketch.add_node(scope, kind, f"{key}_result")
    sketch.layout.after(gateway, key)
    for flow in outgoing[key]:
        flow.set("sourceRef", gateway.get("id", ""))
        sketch.layout.restart(flow.get("id", ""), gateway.get("id", ""))
    sketch.add_flow(scope, key, gateway.get("id", ""))
    usual = outgoing[key][0] if outgoing[key] else _end(sketch, scope, gateway)
    if interrupts:
        gateway.set("default", usual.get("id", ""))
    else:
        etree.SubElement(usual, bpmn("conditionExpression")).text = "True"
    for definition in definitions_of(event):
        event.remove(definition)
    sketch.retag(event, "intermediateThrowEvent")
    sketch.add_flow(scope, gateway.get("id", ""), event_key)
    message = (
        "Dieses Ereignis meldet niemand von selbst; nach der Aufgabe entscheidet eine Bedingung."
    )
    sketch.note(event, "failure_said", message)


def _end(sketch: Sketch, scope: Element, gateway: Element) -> Element:
    key = gateway.get("id", "")
    end = sketch.add_node(scope, "endEvent", f"{key}_end")
    sketch.layout.after(end, key)
    return sketch.add_flow(scope, key, end.get("id", ""))
