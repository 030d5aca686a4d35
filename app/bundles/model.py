"""Modell: what checks need to know of the BPMN beyond the deployment."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.engine.modelling.loops import instance_loop
from app.engine.modelling.model import Model, extension
from app.engine.modelling.xmlio import Element, bpmn, local, read_xml, spiff, text_of


@dataclass(frozen=True, slots=True)
class Call:
    """One service task: ``parameters`` maps names to expressions."""

    element: str
    operator: str
    parameters: dict[str, str]


@dataclass(frozen=True, slots=True)
class Rounds:
    """An element that is done once per item.

    ``result`` is the name of the value that is kept of a round, empty if none is.
    """

    element: str
    result: str


@dataclass(frozen=True, slots=True)
class Sending:
    """An element that sends a message; ``correlation`` names the values it is known by."""

    element: str
    message: str
    correlation: frozenset[str]


@dataclass(frozen=True, slots=True)
class ModelText:
    """What a model says about services, repetitions and messages."""

    calls: tuple[Call, ...]
    rounds: tuple[Rounds, ...]
    sendings: tuple[Sending, ...]


def read_model(source: bytes) -> ModelText:
    """Collect what checks look at.

    :raises BundleInvalid: as at deployment.
    """
    model = Model(read_xml(source, "process.bpmn"))
    return ModelText(
        calls=tuple(_calls(model)),
        rounds=tuple(_rounds(model)),
        sendings=tuple(_sendings(model)),
    )


def _calls(model: Model) -> Iterator[Call]:
    for key, node in model.flow_nodes.items():
        operator = extension(node, "serviceTaskOperator")
        if operator is not None:
            parameters = operator.iter(spiff("parameter"))
            named = {one.get("id", ""): one.get("value", "") for one in parameters}
            yield Call(key, operator.get("id", ""), named)


def _rounds(model: Model) -> Iterator[Rounds]:
    for key, node in model.flow_nodes.items():
        loop = instance_loop(node)
        if loop.collection or loop.cardinality:
            yield Rounds(key, loop.result)


def _sendings(model: Model) -> Iterator[Sending]:
    for key, node in model.flow_nodes.items():
        reference = _sent_by(node)
        if reference:
            own = {text_of(part) for part in node.iter(spiff("propertyId"))}
            message = model.by_id.get(reference)
            name = reference if message is None else message.get("name", "")
            yield Sending(key, name, frozenset(own | set(_properties(model, reference))))


def _sent_by(node: Element) -> str:
    """Give the id of the message that a node sends, empty if it sends none."""
    if local(node) == "sendTask":
        return node.get("messageRef", "")
    definition = node.find(bpmn("messageEventDefinition"))
    if definition is None or local(node) not in {"intermediateThrowEvent", "endEvent"}:
        return ""
    return definition.get("messageRef", "")


def _properties(model: Model, message: str) -> Iterator[str]:
    """Give the names of the values that are read from what a message carries."""
    for prop in model.root.iter(bpmn("correlationProperty")):
        for way in prop.iter(bpmn("correlationPropertyRetrievalExpression")):
            if way.get("messageRef") == message:
                yield prop.get("id", "")
