"""Übergabe: hands a checked model to the library and takes back what it runs."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException

from app.engine.modelling.model import Model
from app.engine.modelling.xmlio import BPMNDI, Element, bpmn, local, spiff
from app.engine.runtime.elements import Decide
from app.engine.runtime.parsing import BpmnReader
from app.engine.runtime.specs import adapt
from app.engine.tables.decision_table import DecisionTable
from app.errors import BundleInvalid, FieldFault

_DOCUMENTATION = (
    "documentation",
    "dataObject",
    "dataObjectReference",
    "dataStore",
    "dataStoreReference",
    "ioSpecification",
    "dataInputAssociation",
    "dataOutputAssociation",
)
_EXTENSIONS = {
    "properties",
    "serviceTaskOperator",
    "preScript",
    "postScript",
    "calledDecisionId",
    "messageVariable",
    "messagePayload",
    "payloadExpression",
    "variableName",
    "processVariableCorrelation",
}
_NOT_UNDERSTOOD = "Die Prozessmaschine versteht dieses Element nicht."


@dataclass(frozen=True, slots=True)
class Specs:
    """What the library runs; never changed after :func:`read_specs`."""

    process: Any
    subprocesses: Mapping[str, Any]


def read_specs(model: Model, tables: Mapping[str, DecisionTable]) -> Specs:
    """Turn a model that our rules accept into specs; changes its XML.

    ``tables`` are all decision tables it asks for, by id.

    :raises BundleInvalid: the library does not understand an element, or the model is too long.
    """
    heights = _heights(model.root)
    _strip(model.root)
    for process in model.root.iter(bpmn("process")):
        process.set("isExecutable", "true")
    parser = BpmnReader()
    try:
        parser.add_bpmn_xml(model.root)
        process = parser.get_spec(model.process_id)
        subprocesses = parser.get_subprocess_specs(model.process_id)
    except ValidationException as error:
        raise _invalid(str(error.id or model.process_id)) from None
    except RecursionError:
        raise _too_long(model.process_id) from None
    except (LookupError, TypeError, AttributeError, ValueError):
        raise _invalid(model.process_id) from None
    adapt(process, subprocesses, model.flow_nodes, heights)
    for one in (process, *subprocesses.values()):
        for spec in one.task_specs.values():
            if isinstance(spec, Decide):
                spec.table = tables[spec.extensions["calledDecisionId"].strip()]
    return Specs(process, MappingProxyType(subprocesses))


def _heights(root: Element) -> dict[str, float]:
    found = {}
    for shape in root.iter(f"{{{BPMNDI}}}BPMNShape"):
        for bounds in shape:
            with suppress(ValueError):
                found[shape.get("bpmnElement", "")] = float(bounds.get("y", "0"))
    return found


def _strip(root: Element) -> None:
    """Take out what has no meaning here, so that nothing of it can go wrong.

    Without the drawing the library puts branches in the order of the file, not of their height.
    """
    for drawing in root.findall(f"{{{BPMNDI}}}BPMNDiagram"):
        root.remove(drawing)
    for element in list(root.iter(*(bpmn(name) for name in _DOCUMENTATION))):
        _remove(element)
    for holder in root.iter(bpmn("extensionElements")):
        for element in list(holder):
            if local(element) not in _EXTENSIONS or element.tag != spiff(local(element)):
                _remove(element)
    for task in list(root.iter(bpmn("sendTask"))):
        if task.find(f"{bpmn('extensionElements')}/{spiff('serviceTaskOperator')}") is not None:
            task.tag = bpmn("serviceTask")
    for operator in root.iter(spiff("serviceTaskOperator")):
        for parameter in operator.iter(spiff("parameter")):
            parameter.set("type", parameter.get("type", "any"))


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _invalid(pointer: str) -> BundleInvalid:
    return BundleInvalid(fields=[FieldFault(pointer, "not_understood", _NOT_UNDERSTOOD)])


def _too_long(pointer: str) -> BundleInvalid:
    message = "Der Prozess ist zu lang."
    return BundleInvalid(fields=[FieldFault(pointer, "too_long", message)])
