"""Erweiterungen: our own marks on an element, where other tools have theirs."""

import re

from lxml import etree

from app.engine.modelling.model import extension
from app.engine.modelling.xmlio import Element, bpmn, spiff

_LAST_PART = re.compile(r"[^\W\d][\w\-]{0,63}")


def extensions_of(element: Element) -> Element:
    """Find the place for extensions of an element, or make it."""
    found = element.find(bpmn("extensionElements"))
    if found is None:
        found = etree.Element(bpmn("extensionElements"))
        element.insert(len(element.findall(bpmn("documentation"))), found)
    return found


def set_property(element: Element, name: str, value: str) -> None:
    """Give an element a property unless it has one of that name."""
    found = extension(element, "properties")
    if found is None:
        found = etree.SubElement(extensions_of(element), spiff("properties"))
    if all(part.get("name") != name for part in found):
        etree.SubElement(found, spiff("property"), {"name": name, "value": value})


def set_decision(element: Element, key: str) -> None:
    """Name the decision table of an element unless it names one."""
    if extension(element, "calledDecisionId") is None:
        called = etree.SubElement(extensions_of(element), spiff("calledDecisionId"))
        called.text = key


def form_file(key: str) -> str | None:
    """Give the file a foreign form key stands for, e.g. ``camunda-forms:antrag.form``."""
    last = key.strip().replace("\\", "/").rpartition("/")[2].rpartition(":")[2]
    name = last.partition(".")[0]
    return f"{name}.json" if _LAST_PART.fullmatch(name) else None
