"""Platzhalter in der Zeichnung: flows and elements until the author draws them rightly."""

from lxml import etree

from app.engine.importing.element_kinds import CHOOSING
from app.engine.importing.placeholder_events import reference
from app.engine.importing.placeholder_texts import condition
from app.engine.importing.sketch import Sketch, is_entry, nodes_of, ways_of
from app.engine.modelling.xmlio import Element, bpmn, local

_LEADING_ELSEWHERE = CHOOSING | {"eventBasedGateway"}


def absent(sketch: Sketch, element: Element) -> None:
    """Take the element and the flows at it out of the drawing."""
    scope, key = element.getparent(), element.get("id", "")
    if scope is None:
        return
    incoming, outgoing = ways_of(scope)
    attached = [node for node in nodes_of(scope) if node.get("attachedToRef") == key]
    for flow in {*incoming[key], *outgoing[key]}:
        sketch.remove(flow)
    sketch.remove(element)
    for event_at_border in attached:
        absent(sketch, event_at_border)


def useless(sketch: Sketch, element: Element) -> None:
    """Take events off the border of the element, or the event itself away."""
    scope = element.getparent()
    if local(element) == "boundaryEvent":
        absent(sketch, element)
        return
    for node in [] if scope is None else nodes_of(scope):
        if node.get("attachedToRef") == element.get("id"):
            absent(sketch, node)


def unconnected(sketch: Sketch, element: Element) -> None:
    """Take flows and events off the element."""
    scope, key = element.getparent(), element.get("id", "")
    if scope is None:
        return
    incoming, outgoing = ways_of(scope)
    for flow in {*incoming[key], *outgoing[key]}:
        sketch.remove(flow)
    for node in nodes_of(scope):
        if node.get("attachedToRef") == key:
            absent(sketch, node)


def passed(sketch: Sketch, element: Element) -> None:
    """Let each way pass that comes to a join."""
    sketch.retag(element, "exclusiveGateway")
    condition(sketch, element)


def awaited(sketch: Sketch, element: Element) -> None:
    """Wait for an event between an event-based gateway and the element."""
    scope = element.getparent()
    if scope is None:
        return
    incoming, outgoing = ways_of(scope)
    choosing = {node.get("id") for node in nodes_of(scope) if local(node) == "eventBasedGateway"}
    key = element.get("id", "")
    for flow in incoming[key]:
        if flow.get("sourceRef") in choosing:
            _wait_before(sketch, scope, flow, key)
    if local(element) == "eventBasedGateway" and not outgoing[key]:
        end = sketch.add_node(scope, "endEvent", "todo_end")
        flow = sketch.add_flow(scope, key, end.get("id", ""))
        _wait_before(sketch, scope, flow, end.get("id", ""))


def beginning(sketch: Sketch, scope: Element) -> None:
    """Start before the first element, or before an end where there is none."""
    starts = scope.findall(bpmn("startEvent"))
    for start in starts[1:]:
        absent(sketch, start)
    if starts:
        return
    entries = [node for node in nodes_of(scope) if is_entry(node)]
    first = entries[0] if entries else sketch.add_node(scope, "endEvent", "todo_end")
    begin = sketch.add_node(scope, "startEvent", "todo_start")
    sketch.add_flow(scope, begin.get("id", ""), first.get("id", ""))


def ending(sketch: Sketch, scope: Element) -> None:
    """End behind the first gateway that can lead elsewhere."""
    if scope.find(bpmn("endEvent")) is not None:
        return
    choosers = [node for node in nodes_of(scope) if local(node) in _LEADING_ELSEWHERE]
    for chooser in choosers[:1]:
        end = sketch.add_node(scope, "endEvent", "todo_end")
        flow = sketch.add_flow(scope, chooser.get("id", ""), end.get("id", ""))
        if local(chooser) in CHOOSING:
            condition(sketch, chooser)
        else:
            _wait_before(sketch, scope, flow, end.get("id", ""))


def _wait_before(sketch: Sketch, scope: Element, flow: Element, target: str) -> None:
    wait = sketch.add_node(scope, "intermediateCatchEvent", "todo_wait")
    etree.SubElement(wait, bpmn("messageEventDefinition"))
    reference(sketch, wait)
    flow.set("targetRef", wait.get("id", ""))
    sketch.add_flow(scope, wait.get("id", ""), target)
