"""Modell: what checks need to know of the BPMN beyond the deployment."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.engine.model import Model, extension
from app.engine.sources import Source, sources_of
from app.engine.xmlio import read_xml, spiff, text_of


@dataclass(frozen=True, slots=True)
class Call:
    """One service task: ``parameters`` maps names to expressions."""

    element: str
    operator: str
    parameters: dict[str, str]


@dataclass(frozen=True, slots=True)
class ModelText:
    """``results`` are the process data keys that services and messages fill."""

    sources: tuple[Source, ...]
    calls: tuple[Call, ...]
    results: frozenset[str]


def read_model(source: bytes) -> ModelText:
    """Collect expressions and service calls of a model.

    :raises BundleInvalid: as at deployment.
    """
    model = Model(read_xml(source, "process.bpmn"))
    return ModelText(
        sources=tuple(sources_of(model)),
        calls=tuple(_calls(model)),
        results=frozenset(_results(model)),
    )


def _calls(model: Model) -> Iterator[Call]:
    for key, node in model.flow_nodes.items():
        operator = extension(node, "serviceTaskOperator")
        if operator is not None:
            parameters = operator.iter(spiff("parameter"))
            named = {one.get("id", ""): one.get("value", "") for one in parameters}
            yield Call(key, operator.get("id", ""), named)


def _results(model: Model) -> Iterator[str]:
    for node in model.flow_nodes.values():
        operator = extension(node, "serviceTaskOperator")
        if operator is not None:
            yield operator.get("resultVariable", "")
        yield from (text_of(part) for part in node.iter(spiff("messageVariable")))
