"""Modell: what checks need to know of the BPMN beyond the deployment."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.engine.model import Model, extension
from app.engine.xmlio import read_xml, spiff


@dataclass(frozen=True, slots=True)
class Call:
    """One service task: ``parameters`` maps names to expressions."""

    element: str
    operator: str
    parameters: dict[str, str]


def read_calls(source: bytes) -> tuple[Call, ...]:
    """Collect the service calls of a model.

    :raises BundleInvalid: as at deployment.
    """
    return tuple(_calls(Model(read_xml(source, "process.bpmn"))))


def _calls(model: Model) -> Iterator[Call]:
    for key, node in model.flow_nodes.items():
        operator = extension(node, "serviceTaskOperator")
        if operator is not None:
            parameters = operator.iter(spiff("parameter"))
            named = {one.get("id", ""): one.get("value", "") for one in parameters}
            yield Call(key, operator.get("id", ""), named)

