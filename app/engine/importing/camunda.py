"""Camunda 7, Activiti und Flowable: their marks on tasks become ours, or questions."""

from collections.abc import Iterable

from lxml import etree

from app.engine.importing.element_kinds import ACTIVITIES
from app.engine.importing.extensions import form_file, set_decision, set_property
from app.engine.importing.foreign_expressions import translate
from app.engine.importing.sketch import Sketch, nodes_of
from app.engine.modelling.model import extension
from app.engine.modelling.xmlio import Element, bpmn, local

NAMESPACES = (
    "http://camunda.org/schema/1.0/bpmn",
    "http://activiti.org/bpmn",
    "http://flowable.org/bpmn",
)
_WHO = ("assignee", "candidateGroups", "candidateUsers")
_CALLS = ("topic", "class", "delegateExpression", "expression", "type")


def settle_camunda(sketch: Sketch) -> None:
    """Take over what these tools write at tasks and repetitions."""
    for scope in sketch.scopes():
        for node in nodes_of(scope):
            if local(node) in ACTIVITIES:
                _who(sketch, node)
                _form(sketch, node)
                _decision(node)
                _called(sketch, node)
    for loop in sketch.all("multiInstanceLoopCharacteristics"):
        _collection(sketch, loop)


def foreign(element: Element, *names: str) -> str:
    """Read the first of these attributes in a namespace of these tools, or give empty text."""
    for name in names:
        for namespace in NAMESPACES:
            value = element.get(f"{{{namespace}}}{name}")
            if value:
                return value.strip()
    return ""


def note_who(sketch: Sketch, node: Element, who: str) -> None:
    """Tell that lanes say here who does a task."""
    message = f"Zuständig war „{short(who)}“. Hier legt die Bahn fest, wer die Aufgabe sieht."
    sketch.note(node, "assignee", message)


def take_form(sketch: Sketch, node: Element, key: str) -> None:
    """Let a task show the form of that name, which the author has yet to build."""
    name = form_file(key)
    if name is not None:
        set_property(node, "formJsonSchemaFilename", name)
    message = f"Hier stand das Formular „{short(key)}“. Bitte legen Sie es als eigenes Formular an."
    sketch.ask(node, "foreign_form", message)


def ask_service(sketch: Sketch, node: Element, call: str) -> None:
    """Ask for the connector that takes the place of a foreign call."""
    message = f"Hier wurde „{short(call)}“ aufgerufen. Bitte wählen Sie den passenden Dienst."
    sketch.ask(node, "no_operator", message)


def take_collection(
    sketch: Sketch, loop: Element, source: str, item: str, target: str = "", result: str = ""
) -> None:
    """Repeat once for each value of a collection; names that are none become questions."""
    holder = loop.getparent()
    rows = name_of(source)
    if not rows:
        message = f"Wiederholt wurde für „{short(source)}“. Bitte nennen Sie die Liste der Werte."
        sketch.ask(loop if holder is None else holder, "no_collection", message)
        return
    pairs = [("loopDataInputRef", rows), ("loopDataOutputRef", name_of(target))]
    for tag, name in pairs:
        if name and loop.find(bpmn(tag)) is None:
            reference = etree.Element(bpmn(tag))
            reference.text = name
            loop.insert(len(list(_before(loop))), reference)
            _list(sketch, loop, name)
    for tag, name in (("inputDataItem", item), ("outputDataItem", result)):
        if name_of(name) and loop.find(bpmn(tag)) is None:
            data = etree.Element(bpmn(tag), {"id": sketch.new_id(f"{tag}_{name}"), "name": name})
            loop.insert(len(list(_before(loop))), data)
    message = f"Wiederholt wird für jeden Wert aus „{short(rows)}“."
    sketch.note(loop if holder is None else holder, "collection", message)


def name_of(text: str) -> str:
    """Read the process data a foreign expression names alone, or give empty text."""
    plain = text.strip()
    if plain.startswith(("${", "#{", "=")):
        plain = translate(plain) or ""
    return plain if all(part.isidentifier() for part in plain.split(".")) else ""


def short(text: str) -> str:
    """Shorten to what fits into a sentence."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 40 else f"{flat[:39]}…"


def _list(sketch: Sketch, loop: Element, name: str) -> None:
    """Draw the list as data, or drawing tools would lose what refers to it."""
    process = next((above for above in loop.iterancestors() if local(above) == "process"), None)
    if process is not None and sketch.is_free(name):
        key = sketch.new_id(name)
        etree.SubElement(process, bpmn("dataObject"), {"id": key, "name": key})


def _before(loop: Element) -> Iterable[Element]:
    """Everything that BPMN wants before the completion condition."""
    for child in loop:
        if local(child) == "completionCondition":
            return
        yield child


def _who(sketch: Sketch, node: Element) -> None:
    who = foreign(node, *_WHO)
    if who:
        note_who(sketch, node, who)


def _form(sketch: Sketch, node: Element) -> None:
    key = foreign(node, "formKey", "formRef")
    if key and extension(node, "properties") is None:
        take_form(sketch, node, key)


def _decision(node: Element) -> None:
    key = foreign(node, "decisionRef")
    if local(node) == "businessRuleTask" and key:
        set_decision(node, key)


def _called(sketch: Sketch, node: Element) -> None:
    call = foreign(node, *_CALLS)
    if local(node) == "serviceTask" and call and extension(node, "serviceTaskOperator") is None:
        ask_service(sketch, node, call)


def _collection(sketch: Sketch, loop: Element) -> None:
    source = foreign(loop, "collection")
    if source and loop.find(bpmn("loopDataInputRef")) is None:
        take_collection(sketch, loop, source, foreign(loop, "elementVariable"))
