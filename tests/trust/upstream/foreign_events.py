"""Fremde Ereignisse: what a test lets arrive from outside, handed to the engine."""

from typing import Any

from SpiffWorkflow.bpmn import BpmnEvent
from SpiffWorkflow.bpmn.specs.event_definitions.item_aware_event import (
    ErrorEventDefinition,
    EscalationEventDefinition,
    SignalEventDefinition,
)
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.simple import CancelEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition

from app.engine.runtime.waiting import CancelWait, ErrorWait, EscalationWait, MessageWait, TimerWait
from app.engine.step import ThrownMessage
from app.errors import TaskDone
from tests.trust.upstream.foreign_token import NotOffered

_THROWN = (
    (ErrorEventDefinition, ErrorWait),
    (EscalationEventDefinition, EscalationWait),
    (CancelEventDefinition, CancelWait),
)


def receive(case: Any, event: Any) -> bool:
    """Let an event arrive; tells whether anything waited for it."""
    definition = getattr(event.event_definition, "drawn_as", event.event_definition)
    if isinstance(definition, MessageEventDefinition):
        return _message(case, definition.name, event)
    if isinstance(definition, SignalEventDefinition):
        return bool(case.signal(definition.name, event.payload))
    if isinstance(definition, TimerEventDefinition):
        return _timer(case, definition)
    for theirs, ours in _THROWN:
        if isinstance(definition, theirs):
            inside = next(iter(case.living()))
            return bool(case.throw(inside, ours, getattr(definition, "code", ""), event.payload))
    raise NotOffered(type(definition).__name__)


def unheard(message: ThrownMessage) -> BpmnEvent:
    """Show a message that nothing in the case waits for as the library would."""
    return BpmnEvent(
        MessageEventDefinition(message.name),
        message.payload,
        {"MainCorrelationKey": dict(message.correlation)},
    )


def _message(case: Any, name: str, event: Any) -> bool:
    payload = event.payload
    if isinstance(payload, dict) and "result_var" in payload:  # Camunda's way to name a variable
        for _, wait, _ in case.waits():
            if isinstance(wait, MessageWait) and wait.message == name and payload["result_var"]:
                wait.variable = payload["result_var"]
        payload = payload["payload"]
    correlation = {
        key: value for values in event.correlations.values() for key, value in values.items()
    }
    try:
        case.receive(name, payload, correlation)
    except TaskDone:
        return False
    return True


def _timer(case: Any, definition: Any) -> bool:
    for token, wait, memory in case.waits():
        if isinstance(wait, TimerWait) and wait.drawn_as is definition:
            memory["due"] = case.horizon.isoformat()
            token.task_spec._update(token)
            return True
    return False
