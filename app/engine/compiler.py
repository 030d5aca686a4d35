"""Übersetzer: from BPMN and DMN files to a deployment that all cases of it share."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin, _EndJoin
from SpiffWorkflow.bpmn.specs.defaults import (
    EventBasedGateway,
    ExclusiveGateway,
    InclusiveGateway,
    ParallelGateway,
)
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.spiff.parser.process import SpiffBpmnParser
from SpiffWorkflow.spiff.specs.defaults import BusinessRuleTask, ServiceTask, SubWorkflowTask

from app.engine.decisions import table_faults, table_sources, tidy
from app.engine.deployment import Deployment
from app.engine.elements import Choice, Decide, Service, SubProcess
from app.engine.joins import BoundaryJoin, EndJoin, InclusiveJoin, ParallelJoin
from app.engine.model import Model
from app.engine.rules import model_faults
from app.engine.sources import Source, result_faults, source_faults, sources_of
from app.engine.waiting import EventChoice, as_wait
from app.engine.workflow import CaseWorkflow
from app.engine.xmlio import Element, bpmn, local, read_xml, spiff
from app.errors import BundleInvalid, FieldFault, Incident

_OURS: Mapping[type, type] = {
    BusinessRuleTask: Decide,
    ServiceTask: Service,
    SubWorkflowTask: SubProcess,
    ExclusiveGateway: Choice,
    ParallelGateway: ParallelJoin,
    InclusiveGateway: InclusiveJoin,
    EventBasedGateway: EventChoice,
    BoundaryEventJoin: BoundaryJoin,
    _EndJoin: EndJoin,
}
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
    for decision in decisions:
        faults += table_faults(decision, "decision.dmn")
    _refuse(faults)
    nodes = model.nodes()
    specs = _parse(model, decisions)
    deployment = Deployment(
        digest=_digest(source, tables),
        process_id=model.process_id,
        name=model.process.get("name") or model.process_id,
        nodes=MappingProxyType(nodes),
        lanes=model.lanes(),
        form_files=_form_files(node.properties for node in nodes.values()),
        specs=specs,
    )
    _try_to_begin(deployment)
    return deployment


def _parse(model: Model, decisions: Sequence[Element]) -> Specs:
    _strip(model.root)
    model.process.set("isExecutable", "true")
    parser = SpiffBpmnParser()
    try:
        for decision in decisions:
            tidy(decision)
            parser.add_dmn_xml(decision)
        parser.add_bpmn_xml(model.root)
        process = parser.get_spec(model.process_id)
        subprocesses = parser.get_subprocess_specs(model.process_id)
    except ValidationException as error:
        raise _invalid(str(error.id or model.process_id)) from None
    except RecursionError:
        raise _too_long(model.process_id) from None
    except (LookupError, TypeError, AttributeError, ValueError):
        raise _invalid(model.process_id) from None
    for spec in (process, *subprocesses.values()):
        _adapt(spec)
    return Specs(process, MappingProxyType(subprocesses))


def _adapt(process: Any) -> None:
    """Replace the library's behaviour by ours, node by node."""
    sources: list[Source] = []
    for spec in process.task_specs.values():
        spec.__class__ = _OURS.get(type(spec), type(spec))
        if isinstance(spec, EventChoice):
            spec.waits = tuple(
                as_wait(name, definition)
                for name, definition in zip(
                    spec._outputs, spec.event_definition.event_definitions, strict=True
                )
            )
        elif isinstance(spec, CatchingEvent):
            spec.event_definition = as_wait(spec.name, spec.event_definition)
        elif isinstance(spec, Decide):
            table = spec.dmnEngine.decision_table
            spec.hit_policy, table.hit_policy = table.hit_policy, "COLLECT"
            sources += table_sources(table, spec.name)
    _refuse(source_faults(iter(sources)))


def _strip(root: Element) -> None:
    """Take out what has no meaning here, so that nothing of it can go wrong."""
    for element in list(root.iter(*(bpmn(name) for name in _DOCUMENTATION))):
        _remove(element)
    for holder in root.iter(bpmn("extensionElements")):
        for element in list(holder):
            if local(element) not in _EXTENSIONS or element.tag != spiff(local(element)):
                _remove(element)
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
