"""Übersetzer: from BPMN and DMN files to a deployment that all cases of it share."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException

from app.engine.data_flow import uses_of
from app.engine.deployment import Deployment
from app.engine.elements import Decide
from app.engine.model import Model
from app.engine.parsing import BpmnReader
from app.engine.rules import model_faults
from app.engine.sources import result_faults, source_faults, sources_of
from app.engine.specs import adapt
from app.engine.tables.compile_tables import compile_tables
from app.engine.tables.decision_table import DecisionTable
from app.engine.workflow import CaseWorkflow
from app.engine.xmlio import BPMNDI, Element, bpmn, local, read_xml, spiff
from app.errors import BundleInvalid, FieldFault, Incident

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
    """What the library runs; never changed after :func:`compile_process`."""

    process: Any
    subprocesses: Mapping[str, Any]


def compile_process(source: bytes, tables: Sequence[bytes]) -> Deployment:
    """Check a model with its decision tables and make it ready to run.

    Data objects and stores are documentation here: expressions see process data alone.

    :raises BundleInvalid: faults name elements; ``process.bpmn`` and ``decision.dmn`` stand for
        a file as a whole.
    """
    root = read_xml(source, "process.bpmn")
    model = Model(root)
    decisions = [read_xml(table, "decision.dmn") for table in tables]
    faults = model_faults(model) + result_faults(model) + source_faults(sources_of(model))
    try:
        known = compile_tables(decisions)
    except BundleInvalid as invalid:
        faults += invalid.fields
        known = {}
    else:
        faults += _missing_tables(model, known)
    _refuse(faults)
    nodes = model.nodes()
    deployment = Deployment(
        digest=_digest(source, tables),
        process_id=model.process_id,
        name=model.process.get("name") or model.process_id,
        nodes=MappingProxyType(nodes),
        lanes=model.lanes(),
        form_files=_form_files(node.properties for node in nodes.values()),
        uses=uses_of(model, known),
        specs=_parse(model, known),
    )
    _try_to_begin(deployment)
    return deployment


def _parse(model: Model, tables: Mapping[str, DecisionTable]) -> Specs:
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
    adapt(process, subprocesses, model.flow_nodes)
    for one in (process, *subprocesses.values()):
        for spec in one.task_specs.values():
            if isinstance(spec, Decide):
                spec.table = tables[spec.extensions["calledDecisionId"].strip()]
    return Specs(process, MappingProxyType(subprocesses))


def _missing_tables(model: Model, tables: Mapping[str, DecisionTable]) -> list[FieldFault]:
    message = "Diese Entscheidungstabelle liegt dem Prozess nicht bei."
    return [
        FieldFault(key, "unknown_decision", message)
        for key, name in model.decisions().items()
        if name and name not in tables
    ]


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


def _try_to_begin(deployment: Deployment) -> None:
    """Look ahead once, as every case will."""
    try:
        case = CaseWorkflow(deployment, datetime(2000, 1, 1, tzinfo=UTC), {}, done=[])
        case.plant()
    except (RecursionError, Incident):
        raise _too_long(deployment.process_id) from None


def _form_files(properties: Any) -> tuple[str, ...]:
    names = ("formJsonSchemaFilename", "formUiSchemaFilename")
    files = [found[name] for found in properties for name in names if found.get(name)]
    return tuple(dict.fromkeys(files))


def _digest(source: bytes, tables: Sequence[bytes]) -> str:
    digest = hashlib.sha256()
    for part in (source, *tables):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def _refuse(faults: list[FieldFault]) -> None:
    if faults:
        raise BundleInvalid(fields=faults)


def _invalid(pointer: str) -> BundleInvalid:
    return BundleInvalid(fields=[FieldFault(pointer, "not_understood", _NOT_UNDERSTOOD)])


def _too_long(pointer: str) -> BundleInvalid:
    message = "Der Prozess ist zu lang."
    return BundleInvalid(fields=[FieldFault(pointer, "too_long", message)])
