"""Platzhalter für Ereignisse: what is waited for or sent until the author says it."""

from lxml import etree

from app.engine.importing.placeholder_texts import time
from app.engine.importing.sketch import Sketch, definitions_of
from app.engine.modelling.xmlio import Element, bpmn, local


def event(sketch: Sketch, element: Element) -> None:
    """Wait for one day in place of an event that is not said."""
    _clear_definitions(element)
    etree.SubElement(element, bpmn("timerEventDefinition"))
    time(sketch, element)


def plain_event(_: Sketch, element: Element) -> None:
    """Take the mark off the event."""
    _clear_definitions(element)


def allowed_event(sketch: Sketch, element: Element) -> None:
    """Wait for a time, or for nothing where nothing is waited for."""
    if local(element) in {"intermediateCatchEvent", "boundaryEvent"}:
        event(sketch, element)
    else:
        plain_event(sketch, element)


def reference(sketch: Sketch, element: Element) -> None:
    """Name a message, signal, error or escalation of its own."""
    kinds = ("message", "signal", "error", "escalation")
    for holder in (element, *definitions_of(element)):
        for kind in kinds:
            named = local(holder) == f"{kind}EventDefinition"
            task = kind == "message" and local(holder) in {"sendTask", "receiveTask"}
            if named or task:
                holder.set(f"{kind}Ref", _shared(sketch, kind))


def _shared(sketch: Sketch, kind: str) -> str:
    key = sketch.new_id(f"todo_{kind}")
    made = etree.Element(bpmn(kind), {"id": key, "name": key})
    if kind in {"error", "escalation"}:
        made.set(f"{kind}Code", key)
    sketch.root.insert(0, made)
    return key


def _clear_definitions(element: Element) -> None:
    for definition in definitions_of(element):
        element.remove(definition)
