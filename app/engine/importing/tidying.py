"""Aufräumen: what other tools leave in a file that means nothing to a process."""

from copy import deepcopy

from lxml import etree

from app.engine.importing.element_kinds import NODES
from app.engine.importing.sketch import Sketch, flows_of, nodes_of, ways_of
from app.engine.modelling.xmlio import BPMN, Element, bpmn, local, text_of

_MEANINGLESS = {
    "resourceRole",
    "performer",
    "humanPerformer",
    "potentialOwner",
    "supports",
    "supportedInterfaceRef",
    "ioBinding",
    "artifact",
    "extension",
    "correlationSubscription",
    "categoryValueRef",
    "dataInput",
    "dataOutput",
    "inputSet",
    "outputSet",
    "import",
    "relationship",
}


def tidy(sketch: Sketch) -> None:
    """Remove what has no meaning in a process, and give ids to what has none."""
    _in_line_definitions(sketch)
    for scope in sketch.scopes():
        for child in list(scope):
            foreign = not str(child.tag).startswith(f"{{{BPMN}}}")
            if foreign or local(child) in _MEANINGLESS:
                sketch.remove(child)
        _identify(sketch, scope)


def _identify(sketch: Sketch, scope: Element) -> None:
    for element in [scope, *nodes_of(scope), *flows_of(scope)]:
        if not element.get("id"):
            element.set("id", sketch.new_id(local(element)))
            sketch.note(element, "identified", "Dieses Element hatte keine Kennung und bekam eine.")


def _in_line_definitions(sketch: Sketch) -> None:
    """Put events that are defined elsewhere in the file where they are used."""
    shared = {
        child.get("id"): child
        for child in sketch.root
        if local(child).endswith("EventDefinition") and child.get("id")
    }
    for reference in sketch.all("eventDefinitionRef"):
        parent, found = reference.getparent(), shared.get(text_of(reference))
        if parent is None:
            continue
        if found is not None:
            copy = deepcopy(found)
            copy.tail = None
            for element in copy.iter():
                if element.get("id"):
                    element.set("id", sketch.new_id(f"{parent.get('id', '')}_event"))
            parent.append(copy)
            sketch.note(parent, "event_in_line", "Das Ereignis steht jetzt direkt am Element.")
        parent.remove(reference)


def renew_ends(sketch: Sketch) -> None:
    """Let every node list the flows that really enter and leave it."""
    for scope in sketch.scopes():
        incoming, outgoing = ways_of(scope)
        for node in nodes_of(scope):
            if local(node) not in NODES:
                continue
            for child in list(node.iterchildren(bpmn("incoming"), bpmn("outgoing"))):
                node.remove(child)
            place = sum(1 for _ in node.iterchildren(bpmn("documentation"), _EXTENSIONS))
            key = node.get("id", "")
            listed = [("incoming", flow) for flow in incoming[key]]
            listed += [("outgoing", flow) for flow in outgoing[key]]
            for name, flow in reversed(listed):
                reference = etree.Element(bpmn(name))
                reference.text = flow.get("id", "")
                node.insert(place, reference)


_EXTENSIONS = bpmn("extensionElements")
