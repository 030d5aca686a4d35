"""Platzhalter für Aufgaben: services, tables and processes until the author names real ones."""

from lxml import etree

from app.engine.importing.extensions import extensions_of
from app.engine.importing.placeholder_texts import own_extensions
from app.engine.importing.sketch import Sketch
from app.engine.modelling.xmlio import Element, bpmn, spiff


def operator(_: Sketch, element: Element) -> None:
    """Call a service that does not exist."""
    for old in own_extensions(element, "serviceTaskOperator"):
        extensions_of(element).remove(old)
    etree.SubElement(extensions_of(element), spiff("serviceTaskOperator"), {"id": "todo/todo"}).set(
        "resultVariable", ""
    )


def person(sketch: Sketch, element: Element) -> None:
    """Ask a person in place of a table that is missing."""
    sketch.retag(element, "manualTask")


def process(sketch: Sketch, element: Element) -> None:
    """Call a process in which nothing happens."""
    called = etree.SubElement(sketch.root, bpmn("process"), {"id": sketch.new_id("todo_process")})
    begin = sketch.add_node(called, "startEvent", "todo_start")
    end = sketch.add_node(called, "endEvent", "todo_end")
    sketch.add_flow(called, begin.get("id", ""), end.get("id", ""))
    called.set("isExecutable", "false")
    element.set("calledElement", called.get("id", ""))


def without_extensions(_: Sketch, element: Element) -> None:
    """Drop what was written wrongly at the element."""
    names = ("properties", "preScript", "postScript", "variableName")
    for part in own_extensions(element, *names, "messageVariable", "messagePayload"):
        parent = part.getparent()
        if parent is not None:
            parent.remove(part)
    for part in own_extensions(element, "parameter"):
        parent = part.getparent()
        if parent is not None:
            parent.remove(part)
