"""Fremde Ablaufpläne: specs of the library's tests, made to run as the engine's own do."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from weakref import WeakSet

from SpiffWorkflow.bpmn.specs import defaults as plain
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import (
    MultiInstanceTask,
    SequentialMultiInstanceTask,
)
from SpiffWorkflow.camunda.specs.event_definitions import (
    MessageEventDefinition as CamundaMessage,
)
from SpiffWorkflow.spiff.specs import defaults as spiff

from app.engine.deployment import Deployment, Node
from app.engine.modelling.model import kind_of, properties_of
from app.engine.runtime.handover import Specs
from app.engine.runtime.repeating import Instances, Loop, Repeating
from app.engine.runtime.specs import adapt
from app.engine.runtime.waiting import CycleWait, TimerWait, Wait
from tests.trust.upstream.fast_clock import FastCycle, FastTimer
from tests.trust.upstream.foreign_repeats import ForeignInstances, ForeignLoop, round_info
from tests.trust.upstream.foreign_scripts import ALL_DATA
from tests.trust.upstream.readers import nodes_of

_DIALECT: Mapping[type, type] = {
    plain.ReceiveTask: spiff.ReceiveTask,
    plain.SendTask: spiff.SendTask,
}
_OURS: Mapping[type, type] = {
    Loop: ForeignLoop,
    Instances: ForeignInstances,
    TimerWait: FastTimer,
    CycleWait: FastCycle,
}
_ASKED_FOR = ("name", "correlation_properties", "calculate_correlations", "get_correlations")
_PREPARED: WeakSet[Any] = WeakSet()


def deployment_of(process: Any, subprocesses: Mapping[str, Any]) -> Deployment:
    """Make a deployment of specs that a test has parsed; its rules are not asked."""
    specs = (process, *subprocesses.values())
    drawn = nodes_of(*specs)
    if not _PREPARED.issuperset(specs):
        theirs = [_complete(spec) for one in specs for spec in one.task_specs.values()]
        adapt(process, subprocesses, drawn, {})
        for spec, definition in theirs:
            _rename(spec, definition)
        _PREPARED.update(specs)
    nodes = {
        spec.bpmn_id: Node(
            id=spec.bpmn_id,
            name=spec.bpmn_name or spec.bpmn_id,
            kind=kind_of(drawn[spec.bpmn_id]),
            lane=spec.lane or "",
            properties=properties_of(drawn[spec.bpmn_id]),
        )
        for one in specs
        for spec in one.task_specs.values()
        if getattr(spec, "bpmn_id", None)
    }
    return Deployment(
        digest=process.name,
        process_id=process.name,
        name=process.name,
        nodes=MappingProxyType(nodes),
        lanes=(),
        form_files=(),
        uses=(),
        specs=Specs(process, MappingProxyType(dict(subprocesses))),
    )


def _complete(spec: Any) -> tuple[Any, Any]:
    """Give a spec of another dialect what the engine's own parser would have given it."""
    spec.__class__ = _DIALECT.get(type(spec), type(spec))
    for name in ("prescript", "postscript"):
        if not hasattr(spec, name):
            setattr(spec, name, None)
    if isinstance(spec, MultiInstanceTask):
        spec.is_sequential = isinstance(spec, SequentialMultiInstanceTask)
        spec.is_camunda = type(spec).__module__.startswith("SpiffWorkflow.camunda")
    definition = getattr(spec, "event_definition", None)
    for one in getattr(definition, "event_definitions", [definition]):
        if isinstance(one, MessageEventDefinition):
            _complete_message(spec, one)
    return spec, definition


def _complete_message(spec: Any, message: Any) -> None:
    if isinstance(message, CamundaMessage):
        message.message_var = message.result_var or f"{spec.name}_Response"
    for name in ("message_var", "expression"):
        if not hasattr(message, name):
            setattr(message, name, None)
    if not hasattr(message, "process_correlations"):
        message.process_correlations = []
    if message.expression is None and not isinstance(message, CamundaMessage):
        message.expression = ALL_DATA


def _rename(spec: Any, theirs: Any) -> None:
    """Put the harness's few additions on top of the engine's behaviour."""
    spec.__class__ = _OURS.get(type(spec), type(spec))
    if isinstance(spec, Repeating):
        spec._wf_spec.task_specs[spec.task_spec].task_info = round_info
    waits = getattr(spec, "waits", None) or [getattr(spec, "event_definition", None)]
    definitions = getattr(theirs, "event_definitions", None) or [theirs]
    for wait, definition in zip(waits, definitions, strict=False):
        if isinstance(wait, Wait):
            wait.__class__ = _OURS.get(type(wait), type(wait))
            wait.drawn_as = definition
            for name in _ASKED_FOR:
                setattr(wait, name, getattr(definition, name, None))
