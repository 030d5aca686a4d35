"""Pfeile: flows that lead nowhere, over a border, into a start or out of an end."""

from app.engine.importing.element_kinds import SUBPROCESSES
from app.engine.importing.sketch import (
    Sketch,
    definitions_of,
    flows_of,
    is_event_subprocess,
    nodes_of,
    ways_of,
)
from app.engine.modelling.xmlio import Element, bpmn, local, text_of


def repair_flows(sketch: Sketch) -> None:
    """Leave only flows that join two elements of one scope."""
    home = {node.get("id", ""): scope for scope in sketch.scopes() for node in nodes_of(scope)}
    for event in sketch.all("boundaryEvent"):
        around = home.get(event.get("attachedToRef", ""))
        if around is not None and around is not event.getparent():
            around.append(event)
            home[event.get("id", "")] = around
            sketch.note(event, "boundary_moved", "Das Randereignis gehört nun zu seiner Aufgabe.")
    for flow in sketch.all("sequenceFlow"):
        source = home.get(flow.get("sourceRef", ""))
        target = home.get(flow.get("targetRef", ""))
        if source is None or target is None:
            sketch.note(flow, "flow_removed", "Der Pfeil verband keine zwei Elemente.")
            sketch.remove(flow)
        elif source is not target:
            _over_border(sketch, flow, source, target)
        elif flow.getparent() is not source:
            source.append(flow)
    _defaults(sketch)


def _over_border(sketch: Sketch, flow: Element, source: Element, target: Element) -> None:
    """Move the ends that lie inside subprocesses to the borders of these, where they can be."""
    outer = _shared(source, target)
    if outer is None:
        message = "Ein Pfeil verband zwei Beteiligte. Bitte verbinden Sie sie mit einer Nachricht."
        end = next((one for one in target if one.get("id") == flow.get("targetRef")), target)
        sketch.remove(flow)
        sketch.ask(end, "crossing_flow", message)
        return
    for side, scope in (("sourceRef", source), ("targetRef", target)):
        inner = scope
        while inner is not outer:
            flow.set(side, inner.get("id", ""))
            above = inner.getparent()
            if above is None:
                return
            inner = above
    if flow.get("sourceRef") == flow.get("targetRef"):
        sketch.note(flow, "flow_removed", "Der Pfeil führte über den Rand eines Teilprozesses.")
        sketch.remove(flow)
        return
    outer.append(flow)
    message = "Dieser Pfeil führte über den Rand eines Teilprozesses. Bitte prüfen Sie ihn."
    sketch.note(flow, "flow_moved", message)
    sketch.ask(flow, "crossing_flow", message)


def _shared(one: Element, other: Element) -> Element | None:
    around = [one, *one.iterancestors()]
    for scope in (other, *other.iterancestors()):
        if scope in around:
            kind = local(scope)
            return scope if kind == "process" or kind in SUBPROCESSES else None
    return None


def _defaults(sketch: Sketch) -> None:
    """Forget a standard way that is none of the ways of its element."""
    for scope in sketch.scopes():
        _, outgoing = ways_of(scope)
        for node in nodes_of(scope):
            default = node.get("default")
            flows = outgoing[node.get("id", "")]
            if default is None:
                continue
            chosen = next((flow for flow in flows if flow.get("id") == default), None)
            if chosen is None:
                del node.attrib["default"]
                sketch.note(node, "default_removed", "Der Standardweg gehörte nicht hierher.")


def repair_edges(sketch: Sketch) -> None:
    """Turn starts that flows enter and ends that flows leave into steps in between."""
    for scope in sketch.scopes():
        incoming, outgoing = ways_of(scope)
        for node in nodes_of(scope):
            key = node.get("id", "")
            if local(node) == "startEvent" and incoming[key]:
                _entered_start(sketch, scope, node)
            elif local(node) == "endEvent" and outgoing[key]:
                _left_end(sketch, node, outgoing[key])
            elif is_event_subprocess(node) and (incoming[key] or outgoing[key]):
                for flow in (*incoming[key], *outgoing[key]):
                    sketch.remove(flow)
                message = "Diesen Teilprozess löst ein Ereignis aus. Bitte prüfen Sie seine Pfeile."
                sketch.ask(node, "event_part_connected", message)
            elif local(node) == "boundaryEvent" and incoming[key]:
                for flow in incoming[key]:
                    sketch.remove(flow)
                message = "In dieses Randereignis führte ein Pfeil. Bitte verbinden Sie ihn neu."
                sketch.ask(node, "incoming_flow", message)


def _entered_start(sketch: Sketch, scope: Element, node: Element) -> None:
    begin = sketch.add_node(scope, "startEvent", f"{node.get('id')}_start")
    for definition in definitions_of(node):
        begin.append(definition)
    sketch.retag(node, "intermediateThrowEvent")
    sketch.layout.before(begin, node.get("id", ""))
    sketch.add_flow(scope, begin.get("id", ""), node.get("id", ""))
    sketch.note(node, "start_added", "In den Start führte ein Pfeil; davor steht nun ein neuer.")


def _left_end(sketch: Sketch, node: Element, flows: list[Element]) -> None:
    kinds = {local(definition) for definition in definitions_of(node)}
    if kinds & {"terminateEventDefinition", "errorEventDefinition", "cancelEventDefinition"}:
        for flow in flows:
            sketch.remove(flow)
        message = "Hier endet der Ablauf, aber ein Pfeil führte weiter. Bitte prüfen Sie das."
        sketch.ask(node, "outgoing_flow", message)
        return
    sketch.retag(node, "intermediateThrowEvent")
    sketch.note(
        node, "end_turned", "Nach diesem Ende ging es weiter; es ist nun ein Zwischenschritt."
    )


def drop_idle_conditions(sketch: Sketch) -> None:
    """Remove empty conditions everywhere, and all of them where BPMN knows none."""
    for scope in sketch.scopes():
        kinds = {node.get("id", ""): local(node) for node in nodes_of(scope)}
        for flow in flows_of(scope):
            condition = flow.find(bpmn("conditionExpression"))
            if condition is None:
                continue
            if kinds[flow.get("sourceRef", "")] in {"parallelGateway", "eventBasedGateway"}:
                if text_of(condition):
                    message = "Die Bedingung hatte an dieser Stelle keine Wirkung."
                    sketch.note(flow, "condition_removed", message)
                flow.remove(condition)
            elif not text_of(condition):
                flow.remove(condition)
