"""Verzweigungen: several flows leaving one element get the gateway that BPMN means."""

from lxml import etree

from app.engine.importing.element_kinds import GATEWAYS
from app.engine.importing.sketch import Sketch, nodes_of, ways_of
from app.engine.modelling.xmlio import Element, bpmn, local


def add_splits(sketch: Sketch) -> None:
    """Put a gateway behind each activity or event that several or conditional flows leave."""
    for scope in sketch.scopes():
        _, outgoing = ways_of(scope)
        for node in nodes_of(scope):
            flows = outgoing[node.get("id", "")]
            conditional = any(_condition(flow) is not None for flow in flows)
            if local(node) not in GATEWAYS and (len(flows) > 1 or conditional):
                _split(sketch, scope, node, flows, conditional=conditional)


def _split(
    sketch: Sketch, scope: Element, node: Element, flows: list[Element], *, conditional: bool
) -> None:
    key = node.get("id", "")
    kind = "inclusiveGateway" if conditional else "parallelGateway"
    gateway = sketch.add_node(scope, kind, f"{key}_split")
    sketch.layout.after(gateway, key)
    default = node.attrib.pop("default", None)
    if default is not None and conditional:
        gateway.set("default", str(default))
    for flow in flows:
        flow.set("sourceRef", gateway.get("id", ""))
        sketch.layout.restart(flow.get("id", ""), gateway.get("id", ""))
        if (
            conditional
            and len(flows) > 1
            and _condition(flow) is None
            and flow.get("id") != default
        ):
            always = etree.SubElement(flow, bpmn("conditionExpression"))
            always.text = "True"
    sketch.add_flow(scope, key, gateway.get("id", ""))
    message = "Hier führten mehrere Pfeile weiter; dazwischen steht nun ein Gateway."
    if conditional:
        message = "Nach dieser Aufgabe galten Bedingungen; sie stehen nun an einem Gateway."
    sketch.note(node, "split_added", message)


def _condition(flow: Element) -> Element | None:
    return flow.find(bpmn("conditionExpression"))
