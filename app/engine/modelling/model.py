"""Modell: the one executable process of a BPMN file as it is drawn."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.engine.deployment import Node
from app.engine.modelling.xmlio import Element, bpmn, local, spiff, text_of
from app.errors import BundleInvalid, FieldFault

KINDS: Mapping[str, str] = {
    "startEvent": "start",
    "endEvent": "end",
    "userTask": "user_task",
    "manualTask": "user_task",
    "serviceTask": "service_task",
    "scriptTask": "script_task",
    "businessRuleTask": "other",
    "sendTask": "message",
    "receiveTask": "message",
    "subProcess": "other",
    "transaction": "other",
    "callActivity": "other",
    "exclusiveGateway": "gateway",
    "inclusiveGateway": "gateway",
    "parallelGateway": "gateway",
    "eventBasedGateway": "gateway",
    "intermediateCatchEvent": "other",
    "intermediateThrowEvent": "other",
    "boundaryEvent": "other",
}
ACTIVITIES = frozenset(
    {
        "userTask",
        "manualTask",
        "serviceTask",
        "scriptTask",
        "businessRuleTask",
        "sendTask",
        "receiveTask",
        "subProcess",
        "transaction",
        "callActivity",
    }
)
MAX_NODES = 1_500
SUBPROCESSES = frozenset({"subProcess", "transaction"})
_EVENT_KINDS = {"timerEventDefinition": "timer", "messageEventDefinition": "message"}


@dataclass(frozen=True, slots=True)
class Scope:
    """A process or a subprocess with what lies directly in it."""

    element: Element
    nodes: tuple[Element, ...]
    flows: tuple[Element, ...]

    @property
    def id(self) -> str:
        """Element id."""
        return self.element.get("id", "")


class Model:
    """The executable process and those it calls: scopes, flow nodes by id, flows by their ends."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.process = _executable(root)
        self._process_by_id = _by_id(root.findall(bpmn("process")))
        self.processes = self._with_called()
        self.scopes = tuple(scope for process in self.processes for scope in _scopes(process))
        self.by_id = {
            element.get("id", ""): element for element in root.iter() if element.get("id")
        }
        #: messages for which the file says by which values they are told apart
        self.correlated = frozenset(
            way.get("messageRef", "")
            for way in root.iter(bpmn("correlationPropertyRetrievalExpression"))
        )
        self.flow_nodes: dict[str, Element] = {}
        self.outgoing: defaultdict[str, list[Element]] = defaultdict(list)
        self.incoming: defaultdict[str, list[Element]] = defaultdict(list)
        self.boundaries: defaultdict[str, list[Element]] = defaultdict(list)
        for scope in self.scopes:
            self._index(scope)

    @property
    def process_id(self) -> str:
        """Element id of the process."""
        return self.process.get("id", "")

    @property
    def size(self) -> int:
        """Number of flow nodes, also of those without an id."""
        return sum(len(scope.nodes) for scope in self.scopes)

    def called_process(self, node: Element) -> Element | None:
        """Find the process in the same file that a call activity calls."""
        return self._process_by_id.get(node.get("calledElement") or "")

    def _with_called(self) -> tuple[Element, ...]:
        """Follow all calls, until there are too many flow nodes anyway."""
        found, waiting, size = {self.process: None}, [self.process], 0
        while waiting and size <= MAX_NODES:
            process = waiting.pop()
            size += sum(len(scope.nodes) for scope in _scopes(process))
            for node in process.iter(bpmn("callActivity")):
                called = self.called_process(node)
                if called is not None and called not in found:
                    found[called] = None
                    waiting.append(called)
        return tuple(found)

    def _index(self, scope: Scope) -> None:
        for node in scope.nodes:
            self.flow_nodes[node.get("id", "")] = node
            if local(node) == "boundaryEvent":
                self.boundaries[node.get("attachedToRef", "")].append(node)
        for flow in scope.flows:
            self.outgoing[flow.get("sourceRef", "")].append(flow)
            self.incoming[flow.get("targetRef", "")].append(flow)

    def lanes(self) -> tuple[str, ...]:
        """Names of all lanes in the order drawn."""
        names = [
            lane.get("name", "")
            for process in self.processes
            for lane in process.iter(bpmn("lane"))
        ]
        return tuple(dict.fromkeys(name for name in names if name))

    def nodes(self) -> dict[str, Node]:
        """Describe all flow nodes, outer ones first."""
        lanes = self._lane_of()
        return {
            key: Node(
                id=key,
                name=element.get("name") or key,
                kind=kind_of(element),
                lane=self._lane(element, lanes),
                properties=properties_of(element),
            )
            for key, element in self.flow_nodes.items()
        }

    def _lane_of(self) -> dict[str, str]:
        found = {}
        for process in self.processes:
            for lane in process.iter(bpmn("lane")):
                for reference in lane.findall(bpmn("flowNodeRef")):
                    found[text_of(reference)] = lane.get("name", "")
        return found

    def decisions(self) -> dict[str, str]:
        """Tell which decision table each business rule task asks for."""
        return {
            key: text_of(extension(node, "calledDecisionId"))
            for key, node in self.flow_nodes.items()
            if local(node) == "businessRuleTask"
        }

    def _lane(self, element: Element, lanes: Mapping[str, str]) -> str:
        here: Element | None = element
        while here is not None and local(here) != "process":
            name = lanes.get(here.get("id", ""))
            if name is not None:
                return name
            here = here.getparent()
        return ""


def is_event_part(node: Element) -> bool:
    """Tell whether a node is a subprocess that an event starts."""
    return node.get("triggeredByEvent") == "true"


def kind_of(element: Element) -> str:
    """Kind of a flow node, as logs and lists name it."""
    for child in element:
        if local(child) in _EVENT_KINDS:
            return _EVENT_KINDS[local(child)]
    return KINDS.get(local(element), "other")


def extension(element: Element, name: str) -> Element | None:
    """Find an extension element that sits directly on a node."""
    return element.find(f"{bpmn('extensionElements')}/{spiff(name)}")


def properties_of(element: Element) -> dict[str, str]:
    """Read the extension properties of a node."""
    found = extension(element, "properties")
    if found is None:
        return {}
    return {part.get("name", ""): part.get("value", "") for part in found}


def _by_id(elements: list[Element]) -> dict[str, Element]:
    """Index elements by id; the first of several counts."""
    return {key: element for element in reversed(elements) if (key := element.get("id", ""))}


def _executable(root: Element) -> Element:
    processes = root.findall(bpmn("process"))
    called = {node.get("calledElement") for node in root.iter(bpmn("callActivity"))}
    chosen = [one for one in processes if one.get("isExecutable", "true") == "true"]
    if len(chosen) > 1:
        chosen = [one for one in chosen if one.get("id") not in called]
    if len(processes) == 1:
        chosen = processes
    if local(root) != "definitions" or len(chosen) != 1 or not chosen[0].get("id"):
        message = "Die Datei braucht genau einen ausführbaren Prozess mit einer Kennung."
        raise BundleInvalid(fields=[FieldFault("process.bpmn", "one_process", message)])
    return chosen[0]


def _scopes(element: Element) -> Iterator[Scope]:
    children = list(element)
    yield Scope(
        element,
        tuple(child for child in children if local(child) in KINDS),
        tuple(child for child in children if local(child) == "sequenceFlow"),
    )
    for child in children:
        if local(child) in SUBPROCESSES:
            yield from _scopes(child)
