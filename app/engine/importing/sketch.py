"""Skizze: a foreign model while it is rewritten; keeps the drawing in step and takes notes."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from lxml import etree

from app.engine.importing.draft import Note
from app.engine.importing.element_kinds import NODES, SCOPES
from app.engine.importing.layout import Layout
from app.engine.importing.names import Names
from app.engine.modelling.xmlio import Element, bpmn, local
from app.errors import FieldFault

Ways = defaultdict[str, list[Element]]


class Sketch:
    """The file being rewritten; added elements get ids that depend on their neighbours alone."""

    def __init__(self, root: Element, notes: list[Note]) -> None:
        self.root = root
        self.notes = notes
        self.questions: list[FieldFault] = []
        self.layout = Layout(root)
        self._names = Names(element.get("id", "") for element in root.iter())

    def scopes(self) -> list[Element]:
        """All processes and subprocesses, outer ones first."""
        return list(self.root.iter(*(bpmn(name) for name in SCOPES)))

    def all(self, *names: str) -> list[Element]:
        """All BPMN elements with one of these names, as a list that survives changes."""
        return list(self.root.iter(*(bpmn(name) for name in names)))

    def note(self, element: Element, code: str, message: str) -> None:
        """Tell what was rewritten."""
        self.notes.append(Note(element.get("id") or local(element), code, message))

    def ask(self, element: Element, code: str, message: str) -> None:
        """Ask the author for something that only he or she can know."""
        self.questions.append(FieldFault(element.get("id") or local(element), code, message))

    def follow(self, renamed: Mapping[str, str]) -> None:
        """Let notes and questions point to the new ids of elements."""
        self.notes = [
            replace(note, pointer=renamed.get(note.pointer, note.pointer)) for note in self.notes
        ]
        self.questions = [
            replace(question, pointer=renamed.get(question.pointer, question.pointer))
            for question in self.questions
        ]

    def new_id(self, stem: str) -> str:
        """Give an id that nothing else has."""
        return self._names.fresh(stem[:120])

    def is_free(self, key: str) -> bool:
        """Tell whether nothing has this id yet."""
        return self._names.is_free(key)

    def add_node(self, scope: Element, kind: str, stem: str, name: str = "") -> Element:
        """Add a flow node that is not drawn yet."""
        node = etree.SubElement(scope, bpmn(kind), {"id": self.new_id(stem)})
        if name:
            node.set("name", name)
        return node

    def add_flow(self, scope: Element, source: str, target: str) -> Element:
        """Add a flow and draw it."""
        key = self.new_id(f"{source}_to_{target}")
        flow = etree.SubElement(
            scope, bpmn("sequenceFlow"), {"id": key, "sourceRef": source, "targetRef": target}
        )
        self.layout.connect(key, source, target, scope)
        return flow

    def remove(self, element: Element) -> None:
        """Take an element out of the model and out of the drawing."""
        for inner in element.iter():
            if inner.get("id"):
                self.layout.erase(inner.get("id", ""))
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)

    def retag(self, element: Element, kind: str) -> None:
        """Make it an element of another kind under the same id."""
        element.tag = bpmn(kind)
        for name in _OF_EVENTS if kind == "intermediateThrowEvent" else ():
            element.attrib.pop(name, None)


def nodes_of(scope: Element) -> list[Element]:
    """Flow nodes directly in a scope."""
    return [child for child in scope if child.tag in _NODE_TAGS]


def flows_of(scope: Element) -> list[Element]:
    """Flows directly in a scope."""
    return scope.findall(bpmn("sequenceFlow"))


def ways_of(scope: Element) -> tuple[Ways, Ways]:
    """Flows of a scope by the node they enter and by the node they leave."""
    incoming: Ways = defaultdict(list)
    outgoing: Ways = defaultdict(list)
    for flow in flows_of(scope):
        incoming[flow.get("targetRef", "")].append(flow)
        outgoing[flow.get("sourceRef", "")].append(flow)
    return incoming, outgoing


def definitions_of(event: Element) -> list[Element]:
    """Event definitions directly on an event."""
    return [child for child in event if local(child).endswith("EventDefinition")]


def is_event_subprocess(node: Element) -> bool:
    """Tell subprocesses that no flow enters."""
    return local(node) == "subProcess" and node.get("triggeredByEvent") == "true"


def is_entry(node: Element) -> bool:
    """Tell nodes that may begin a scope when nothing leads to them."""
    return not (
        local(node) in {"boundaryEvent", "startEvent"}
        or is_event_subprocess(node)
        or node.get("isForCompensation") == "true"
    )


def children_named(element: Element, *names: str) -> Iterator[Element]:
    """BPMN children with one of these names."""
    wanted = {bpmn(name) for name in names}
    return (child for child in element if child.tag in wanted)


_OF_EVENTS = ("attachedToRef", "cancelActivity", "isInterrupting", "parallelMultiple")
_NODE_TAGS = frozenset(bpmn(name) for name in NODES)
