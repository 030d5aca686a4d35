"""Anfang und Ende: what BPMN lets unsaid is drawn."""

from app.engine.importing.sketch import (
    Sketch,
    definitions_of,
    is_entry,
    is_event_subprocess,
    nodes_of,
    ways_of,
)
from app.engine.modelling.xmlio import Element, bpmn, local


def add_borders(sketch: Sketch) -> None:
    """Give every scope with something in it one start, and each way an end."""
    for scope in sketch.scopes():
        if nodes_of(scope) and local(scope) != "adHocSubProcess":
            _one_start(sketch, scope)
            _ends(sketch, scope)


def _one_start(sketch: Sketch, scope: Element) -> None:
    starts = scope.findall(bpmn("startEvent"))
    if is_event_subprocess(scope):
        return
    if not starts:
        _missing_start(sketch, scope)
    elif len(starts) > 1:
        _several_starts(sketch, scope, starts)


def _missing_start(sketch: Sketch, scope: Element) -> None:
    """Begin with everything that nothing leads to, at once."""
    incoming, _ = ways_of(scope)
    first = [
        node for node in nodes_of(scope) if is_entry(node) and not incoming[node.get("id", "")]
    ]
    if not first:
        return
    begin = sketch.add_node(scope, "startEvent", f"{scope.get('id')}_start")
    sketch.note(begin, "start_added", "Der Anfang war nicht gezeichnet und wurde ergänzt.")
    sketch.layout.before(begin, first[0].get("id", ""))
    _fan_out(sketch, scope, begin, first, "parallelGateway")


def _several_starts(sketch: Sketch, scope: Element, starts: list[Element]) -> None:
    """Choose between starts that are alternatives; the author says when which one applies."""
    begin = sketch.add_node(scope, "startEvent", f"{scope.get('id')}_start")
    sketch.layout.before(begin, starts[0].get("id", ""))
    for start in starts:
        for definition in definitions_of(start):
            start.remove(definition)
        sketch.retag(start, "intermediateThrowEvent")
    message = "Es gab mehrere Anfänge. Nun entscheidet eine Bedingung, welcher Weg gilt."
    sketch.note(begin, "starts_joined", message)
    _fan_out(sketch, scope, begin, starts, "exclusiveGateway")


def _fan_out(
    sketch: Sketch, scope: Element, begin: Element, targets: list[Element], kind: str
) -> None:
    source = begin
    if len(targets) > 1:
        source = sketch.add_node(scope, kind, f"{begin.get('id')}_ways")
        sketch.layout.after(source, begin.get("id", ""))
        sketch.add_flow(scope, begin.get("id", ""), source.get("id", ""))
    for target in targets:
        sketch.add_flow(scope, source.get("id", ""), target.get("id", ""))


def _ends(sketch: Sketch, scope: Element) -> None:
    _, outgoing = ways_of(scope)
    for node in nodes_of(scope):
        key = node.get("id", "")
        if outgoing[key] or local(node) == "endEvent" or not _leads_on(node):
            continue
        end = sketch.add_node(scope, "endEvent", f"{key}_end")
        sketch.layout.after(end, key, below=local(node) == "boundaryEvent")
        sketch.add_flow(scope, key, end.get("id", ""))
        sketch.note(end, "end_added", "Das Ende dieses Weges war nicht gezeichnet.")


def _leads_on(node: Element) -> bool:
    kind = local(node)
    if kind == "boundaryEvent":
        return node.find(bpmn("compensateEventDefinition")) is None
    return kind != "eventBasedGateway" and (kind == "startEvent" or is_entry(node))
