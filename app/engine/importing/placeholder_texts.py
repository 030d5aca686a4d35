"""Platzhalter für Texte: conditions, times and scripts until the author gives real ones."""

from lxml import etree

from app.engine.importing.element_kinds import CHOOSING
from app.engine.importing.sketch import Sketch, definitions_of, nodes_of, ways_of
from app.engine.modelling.xmlio import Element, bpmn, local, spiff

_TIMES = ("timeDate", "timeDuration", "timeCycle")
_LOOPS = ("standardLoopCharacteristics", "multiInstanceLoopCharacteristics")


def condition(_: Sketch, element: Element) -> None:
    """Put never, or the standard way where there is none."""
    if local(element) == "sequenceFlow":
        _flow_condition(element)
    for definition in element.findall(bpmn("conditionalEventDefinition")):
        _text(definition, "condition", "False")
    for loop in element.findall(bpmn("standardLoopCharacteristics")):
        _clear(loop)
        loop.set("loopMaximum", "1")
        _text(loop, "loopCondition", "False")
    if local(element) in CHOOSING:
        scope = element.getparent()
        for flow in [] if scope is None else ways_of(scope)[1][element.get("id", "")]:
            _flow_condition(flow)


def expression(sketch: Sketch, element: Element) -> None:
    """Put something that can be computed, wherever the element holds text."""
    if element.find(bpmn("conditionExpression")) is not None:
        _flow_condition(element)
    for script in (
        *element.findall(bpmn("script")),
        *own_extensions(element, "preScript", "postScript"),
    ):
        script.text = "pass"
    if local(element) == "scriptTask":
        _text(element, "script", "pass")
    for part in own_extensions(element, "messagePayload", "payloadExpression", "expression"):
        part.text = "None"
    for parameter in own_extensions(element, "parameter"):
        parameter.set("value", "None")
    if element.find(bpmn("timerEventDefinition")) is not None:
        time(sketch, element)
    if element.find(bpmn("conditionalEventDefinition")) is not None:
        condition(sketch, element)
    if any(element.find(bpmn(loop)) is not None for loop in _LOOPS):
        repetition(sketch, element)
    for path in element.iter(bpmn("messagePath"), bpmn("dataPath")):
        path.text = "None"


def time(_: Sketch, element: Element) -> None:
    """Put one day."""
    for definition in element.findall(bpmn("timerEventDefinition")):
        for part in list(definition.iterchildren(*(bpmn(name) for name in _TIMES))):
            definition.remove(part)
        _text(definition, "timeDuration", "P1D")


def repetition(sketch: Sketch, element: Element) -> None:
    """Repeat once."""
    for loop in element.findall(bpmn("multiInstanceLoopCharacteristics")):
        _clear(loop)
        _text(loop, "loopCardinality", "1")
        _text(loop, "loopDataOutputRef", "todo_liste")
        etree.SubElement(
            loop, bpmn("outputDataItem"), {"id": sketch.new_id("todo_item"), "name": "todo"}
        )
    for loop in element.findall(bpmn("standardLoopCharacteristics")):
        if element.find(bpmn("multiInstanceLoopCharacteristics")) is not None:
            element.remove(loop)
            continue
        _clear(loop)
        loop.set("loopMaximum", "1")
        _text(loop, "loopCondition", "False")


def unrepeated(_: Sketch, element: Element) -> None:
    """Do not repeat."""
    for name in _LOOPS:
        for loop in element.findall(bpmn(name)):
            element.remove(loop)


def without_script_format(_: Sketch, element: Element) -> None:
    """Do nothing, in our language."""
    element.attrib.pop("scriptFormat", None)
    _text(element, "script", "pass")


def own_extensions(element: Element, *names: str) -> list[Element]:
    """List extension elements of a node or of its events, but of nothing inside a subprocess."""
    wanted = [spiff(name) for name in names]
    holders = [element, *definitions_of(element)]
    found = [holder.find(bpmn("extensionElements")) for holder in holders]
    return [part for holder in found if holder is not None for part in holder.iter(*wanted)]


def _flow_condition(flow: Element) -> None:
    scope = flow.getparent()
    nodes = [] if scope is None else nodes_of(scope)
    source = next((node for node in nodes if node.get("id") == flow.get("sourceRef")), None)
    for old in flow.findall(bpmn("conditionExpression")):
        flow.remove(old)
    if source is not None and local(source) in CHOOSING and not source.get("default"):
        source.set("default", flow.get("id", ""))
    elif source is None or source.get("default") != flow.get("id"):
        _text(flow, "conditionExpression", "False")


def _clear(loop: Element) -> None:
    for child in list(loop):
        loop.remove(child)


def _text(parent: Element, name: str, text: str) -> None:
    for old in parent.findall(bpmn(name)):
        parent.remove(old)
    etree.SubElement(parent, bpmn(name)).text = text
