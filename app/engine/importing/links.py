"""Verweise: link events become plain flows."""

from collections import defaultdict

from app.engine.importing.sketch import Sketch, nodes_of
from app.engine.modelling.xmlio import Element, bpmn, local


def join_links(sketch: Sketch) -> None:
    """Join each link with its other end in the same scope."""
    for scope in sketch.scopes():
        throwing: list[Element] = []
        catching: defaultdict[str, list[Element]] = defaultdict(list)
        for node in nodes_of(scope):
            link = node.find(bpmn("linkEventDefinition"))
            if link is None:
                continue
            if local(node) == "intermediateCatchEvent":
                catching[_name(node, link)].append(node)
            else:
                throwing.append(node)
        for node in throwing:
            link = node.find(bpmn("linkEventDefinition"))
            targets = catching.get(_name(node, link), []) if link is not None else []
            _join(sketch, scope, node, targets)
        for node in (one for many in catching.values() for one in many):
            _empty(sketch, node)
            sketch.note(node, "link_joined", "Die Verweismarke ist nun ein Schritt im Ablauf.")


def _join(sketch: Sketch, scope: Element, node: Element, targets: list[Element]) -> None:
    _empty(sketch, node)
    if len(targets) != 1:
        message = "Das Gegenstück dieses Verweises fehlt. Bitte verbinden Sie ihn mit einem Pfeil."
        sketch.ask(node, "no_link", message)
        return
    sketch.add_flow(scope, node.get("id", ""), targets[0].get("id", ""))
    sketch.note(node, "link_joined", "Aus dem Verweis ist ein Pfeil geworden.")


def _empty(sketch: Sketch, node: Element) -> None:
    for link in node.findall(bpmn("linkEventDefinition")):
        node.remove(link)
    if not any(local(child).endswith("EventDefinition") for child in node):
        sketch.retag(node, "intermediateThrowEvent")


def _name(node: Element, link: Element) -> str:
    return (link.get("name") or node.get("name") or "").strip().casefold()
