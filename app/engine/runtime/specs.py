"""Ablaufplan: what the library has parsed, made to behave our way."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from SpiffWorkflow.bpmn.specs.control import (
    BoundaryEventJoin,
    BoundaryEventSplit,
    BpmnStartTask,
    SimpleBpmnTask,
    _EndJoin,
)
from SpiffWorkflow.bpmn.specs.defaults import (
    BoundaryEvent,
    EndEvent,
    EventBasedGateway,
    ExclusiveGateway,
    InclusiveGateway,
    IntermediateCatchEvent,
    IntermediateThrowEvent,
    ParallelGateway,
    StartEvent,
)
from SpiffWorkflow.bpmn.specs.event_definitions.conditional import ConditionalEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.item_aware_event import (
    ErrorEventDefinition,
    EscalationEventDefinition,
    SignalEventDefinition,
)
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.simple import (
    CancelEventDefinition,
    TerminateEventDefinition,
)
from SpiffWorkflow.bpmn.specs.event_definitions.timer import (
    CycleTimerEventDefinition,
    TimerEventDefinition,
)
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import (
    MultiInstanceTask,
    StandardLoopTask,
)
from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import SubWorkflowTask
from SpiffWorkflow.spiff.specs.defaults import ReceiveTask, SendTask, ServiceTask

from app.engine.modelling.model import is_event_part
from app.engine.modelling.xmlio import Element
from app.engine.runtime.boundary import Boundary, Guard, Trigger
from app.engine.runtime.elements import (
    Begin,
    Catch,
    End,
    Passed,
    Receive,
    Send,
    Service,
    SubProcess,
    ThrowHere,
)
from app.engine.runtime.joins import Choice, EndJoin, EventChoice, InclusiveJoin, ParallelJoin
from app.engine.runtime.repeating import Instances, Loop, Repeating
from app.engine.runtime.throwing import (
    CancelThrow,
    ErrorThrow,
    EscalationThrow,
    MessageThrow,
    SignalThrow,
    TerminateThrow,
    Throw,
)
from app.engine.runtime.waiting import (
    CancelWait,
    ConditionWait,
    CycleWait,
    ErrorWait,
    EscalationWait,
    MessageWait,
    NoWait,
    SignalWait,
    TimerWait,
    Wait,
)

_OURS: Mapping[type, type] = {
    BpmnStartTask: Passed,
    SimpleBpmnTask: Passed,
    _EndJoin: EndJoin,
    StartEvent: Begin,
    EndEvent: End,
    IntermediateCatchEvent: Catch,
    IntermediateThrowEvent: ThrowHere,
    ReceiveTask: Receive,
    SendTask: Send,
    ServiceTask: Service,
    BoundaryEvent: Boundary,
    BoundaryEventSplit: Guard,
    ExclusiveGateway: Choice,
    ParallelGateway: ParallelJoin,
    InclusiveGateway: InclusiveJoin,
    EventBasedGateway: EventChoice,
}
_OUR_KINDS: tuple[tuple[type, type], ...] = (
    (SubWorkflowTask, SubProcess),
    (StandardLoopTask, Loop),
    (MultiInstanceTask, Instances),
)
_CATCHING = (Catch, Receive, Boundary)
_THROWING = (ThrowHere, Send, End)


def adapt(
    process: Any,
    others: Mapping[str, Any],
    nodes: Mapping[str, Element],
    heights: Mapping[str, float],
) -> None:
    """Replace the library's behaviour by ours, node by node; ``others`` are the subprocesses.

    ``nodes`` are the flow nodes as drawn, by id; ``heights`` where they are drawn, if at all.
    """
    for one in (process, *others.values()):
        _drop_boundary_joins(one)
        for spec in list(one.task_specs.values()):
            _adapt(spec, nodes)
            if isinstance(spec, SubProcess) and is_event_part(nodes[spec.bpmn_id]):
                _wait_for_start(one, spec, others[spec.spec], nodes)
    for one in (process, *others.values()):
        for spec in list(one.task_specs.values()):
            _set_events(spec, heights)
            if isinstance(spec, ParallelJoin | InclusiveJoin):
                _tell_flows_apart(one, spec)


def _adapt(spec: Any, nodes: Mapping[str, Element]) -> None:
    spec.__class__ = _OURS.get(type(spec), type(spec))
    for theirs, ours in _OUR_KINDS:
        if isinstance(spec, theirs):
            spec.__class__ = ours
    if isinstance(spec, Repeating):
        spec.read(nodes[spec.bpmn_id])


def _set_events(spec: Any, heights: Mapping[str, float]) -> None:
    if isinstance(spec, EventChoice):
        definitions: Iterable[Any] = spec.event_definition.event_definitions
        spec.waits = tuple(
            as_wait(name, definition)
            for name, definition in zip(spec._outputs, definitions, strict=True)
        )
        places = range(len(spec._outputs))
        spec.drawn = tuple(sorted(places, key=lambda one: heights.get(spec._outputs[one], 0.0)))
    elif isinstance(spec, _CATCHING):
        spec.event_definition = as_wait(spec.bpmn_id, spec.event_definition)
    elif isinstance(spec, _THROWING):
        spec.event_definition = as_throw(spec.bpmn_id, spec.event_definition)


def _tell_flows_apart(process: Any, join: Any) -> None:
    """Put an inner node into each further flow from the same node, as joins know nodes alone."""
    for name in {name for name in join._inputs if join._inputs.count(name) > 1}:
        source = process.task_specs[name]
        for number in range(2, join._inputs.count(name) + 1):
            way = Passed(process, f"{name}.{join.name}.Way{number}")
            way._inputs, way._outputs = [name], [join.name]
            _replace_last(join._inputs, name, way.name)
            _replace_last(source._outputs, join.name, way.name)
            choices = getattr(source, "cond_task_specs", None)
            if choices is not None:
                place = max(n for n, (_, target) in enumerate(choices) if target == join.name)
                condition = choices[place][0]
                choices[place] = (condition, way.name)
                if condition is None and hasattr(source, "default_task_spec"):
                    source.default_task_spec = way.name


def _replace_last(names: list[str], old: str, new: str) -> None:
    names[len(names) - 1 - names[::-1].index(old)] = new


def _drop_boundary_joins(process: Any) -> None:
    """Take out where the library ends what waits beside a task; our guards do that."""
    joins = {spec.name for spec in process.task_specs.values() if type(spec) is BoundaryEventJoin}
    for spec in list(process.task_specs.values()):
        if spec.name in joins:
            del process.task_specs[spec.name]
        else:
            spec._outputs = [name for name in spec._outputs if name not in joins]


def _wait_for_start(process: Any, spec: Any, inside: Any, nodes: Mapping[str, Element]) -> None:
    """Put a trigger before an event subprocess, which waits from the start of what it lies in."""
    start, end = process.start, process.end
    event = inside.bpmn_start_events[0]
    start._outputs = [name for name in start._outputs if name != spec.name]
    start.trigger_specs = []
    spec._inputs, spec._outputs = [], []
    end._inputs = [name for name in end._inputs if name != spec.name]
    trigger = Trigger(
        process,
        f"{spec.name}.Trigger",
        event_definition=as_wait(event.bpmn_id, event.event_definition),
        cancel_activity=nodes[event.bpmn_id].get("isInterrupting", "true") == "true",
    )
    trigger.bpmn_id = None
    start.connect(trigger)
    trigger.connect(spec)
    spec.connect(end)


def as_wait(element: str, definition: Any) -> Wait:
    """Translate what an event waits for."""
    if isinstance(definition, Wait):
        return definition
    for theirs, ours in _WAITS:
        if isinstance(definition, theirs):
            return ours(element, definition)
    return NoWait(element)


def as_throw(element: str, definition: Any) -> Throw:
    """Translate what an event throws."""
    for theirs, ours in _THROWS:
        if isinstance(definition, theirs):
            return ours(element, definition)
    return Throw(element)


def _variable(definition: Any) -> str:
    return getattr(definition, "variable", None) or ""


def _payload(definition: Any) -> str:
    return getattr(definition, "expression", None) or ""


def _code(definition: Any) -> str:
    return definition.code or ""


_WAITS: tuple[tuple[type, Callable[[str, Any], Wait]], ...] = (
    (CycleTimerEventDefinition, lambda key, it: CycleWait(key, (it.expression or "").strip())),
    (TimerEventDefinition, lambda key, it: TimerWait(key, (it.expression or "").strip())),
    (MessageEventDefinition, MessageWait),
    (ConditionalEventDefinition, lambda key, it: ConditionWait(key, it.expression)),
    (SignalEventDefinition, lambda key, it: SignalWait(key, it.name, _variable(it))),
    (ErrorEventDefinition, lambda key, it: ErrorWait(key, _code(it), _variable(it))),
    (EscalationEventDefinition, lambda key, it: EscalationWait(key, _code(it), _variable(it))),
    (CancelEventDefinition, lambda key, _: CancelWait(key)),
)
_THROWS: tuple[tuple[type, Callable[[str, Any], Throw]], ...] = (
    (MessageEventDefinition, MessageThrow),
    (SignalEventDefinition, lambda key, it: SignalThrow(key, it.name, _payload(it))),
    (ErrorEventDefinition, lambda key, it: ErrorThrow(key, _code(it), _payload(it))),
    (EscalationEventDefinition, lambda key, it: EscalationThrow(key, _code(it), _payload(it))),
    (TerminateEventDefinition, lambda key, _: TerminateThrow(key)),
    (CancelEventDefinition, lambda key, _: CancelThrow(key)),
)
