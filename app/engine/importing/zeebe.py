"""Camunda 8: what it writes into extension elements becomes ours, or questions."""

from lxml import etree

from app.engine.importing.camunda import (
    ask_service,
    name_of,
    note_who,
    take_collection,
    take_form,
)
from app.engine.importing.extensions import set_decision
from app.engine.importing.foreign_expressions import translate
from app.engine.importing.sketch import Sketch, nodes_of
from app.engine.modelling.model import extension
from app.engine.modelling.xmlio import Element, bpmn, local

NAMESPACE = "http://camunda.org/schema/zeebe/1.0"


def settle_zeebe(sketch: Sketch) -> None:
    """Take over what this tool writes at tasks and repetitions."""
    if not any(str(part.tag).startswith(f"{{{NAMESPACE}}}") for part in _extensions(sketch)):
        return
    for scope in sketch.scopes():
        for node in nodes_of(scope):
            _task(sketch, node)
    for loop in sketch.all("multiInstanceLoopCharacteristics"):
        _loop(sketch, loop)


def _extensions(sketch: Sketch) -> list[Element]:
    return [part for holder in sketch.all("extensionElements") for part in holder]


def _task(sketch: Sketch, node: Element) -> None:
    who = _attribute(node, "assignmentDefinition", "assignee", "candidateGroups", "candidateUsers")
    if who:
        note_who(sketch, node, who)
    form = _attribute(node, "formDefinition", "formId", "formKey", "externalReference")
    if form and extension(node, "properties") is None:
        take_form(sketch, node, form)
    call = _attribute(node, "taskDefinition", "type")
    if local(node) == "serviceTask" and call and extension(node, "serviceTaskOperator") is None:
        ask_service(sketch, node, call)
    decision = _attribute(node, "calledDecision", "decisionId")
    if local(node) == "businessRuleTask" and decision and not decision.startswith("="):
        set_decision(node, decision)
    process = _attribute(node, "calledElement", "processId")
    if local(node) == "callActivity" and process and not node.get("calledElement"):
        node.set("calledElement", process)
    if local(node) == "scriptTask":
        _script(sketch, node)


def _script(sketch: Sketch, node: Element) -> None:
    ours = translate(_attribute(node, "script", "expression"))
    name = name_of(_attribute(node, "script", "resultVariable"))
    if ours is not None and name and "." not in name and node.find(bpmn("script")) is None:
        script = etree.SubElement(node, bpmn("script"))
        script.text = f"{name} = {ours}"
        sketch.note(node, "expression_translated", "Der Ausdruck ist nun ein Skript.")


def _loop(sketch: Sketch, loop: Element) -> None:
    source = _attribute(loop, "loopCharacteristics", "inputCollection")
    if source and loop.find(bpmn("loopDataInputRef")) is None:
        take_collection(
            sketch,
            loop,
            source,
            _attribute(loop, "loopCharacteristics", "inputElement"),
            _attribute(loop, "loopCharacteristics", "outputCollection"),
            _attribute(loop, "loopCharacteristics", "outputElement"),
        )


def _attribute(element: Element, name: str, *keys: str) -> str:
    found = element.find(f"{bpmn('extensionElements')}/{{{NAMESPACE}}}{name}")
    if found is None:
        return ""
    return next((found.get(key, "").strip() for key in keys if found.get(key)), "")
