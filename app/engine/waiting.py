"""Warten: timers, messages and errors as the process waits for them.

A wait keeps what it needs in the token's memory: it is filled once, when the token arrives, and
saved with the case. An event gateway has one memory for each of its events.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import BoundaryEvent, EventBasedGateway
from SpiffWorkflow.bpmn.specs.event_definitions.base import EventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.item_aware_event import ErrorEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent

from app.engine.timers import due_from, is_literal
from app.engine.token import WAITING, NoLookahead, Token, go_to
from app.errors import Incident
from app.expressions.fault import ExpressionFault

Memory = dict[str, Any]


class Wait(EventDefinition):  # type: ignore[misc] # untyped library
    """Something a token waits for; ``element`` is the event as drawn."""

    keys: tuple[str, ...] = ("fired",)

    def __init__(self, element: str) -> None:
        super().__init__()
        self.element = element

    def fired(self, token: Token, memory: Memory) -> bool:  # noqa: ARG002 - others use it
        """Tell whether the wait is over; begins it when asked for the first time."""
        return bool(memory.get("fired"))

    def take(self, token: Token, memory: Memory) -> None:  # noqa: ARG002 - others use it
        """Put what arrived into the case data and forget about it."""
        for key in self.keys:
            memory.pop(key, None)

    def has_fired(self, my_task: Token) -> bool:
        """Answer the library for a token that waits for this alone."""
        return self.fired(my_task, my_task.internal_data)

    def update_task_data(self, my_task: Token) -> None:
        """Let the library hand over what arrived."""
        self.take(my_task, my_task.internal_data)

    def reset(self, my_task: Token) -> None:
        """Leave the memory alone: taking what arrived has emptied it."""

    def catches(self, my_task: Token, event: Any) -> bool:  # noqa: ARG002 - the library's signature
        """Refuse events of the library; the engine delivers by itself."""
        return False


class TimerWait(Wait):
    """Waits until a time, computed by our own rules when the token arrives."""

    keys = ("due",)

    def __init__(self, element: str, text: str) -> None:
        super().__init__(element)
        self.text = text
        self.is_literal = is_literal(text)

    def fired(self, token: Token, memory: Memory) -> bool:
        """Tell whether the time has come that the case has caught up to."""
        if "due" not in memory:
            memory["due"] = self._due(token).isoformat()
        return bool(self.due(memory) <= token.workflow.top_workflow.horizon)

    def due(self, memory: Memory) -> datetime:
        """When the timer is due, in UTC."""
        return datetime.fromisoformat(memory["due"])

    def _due(self, token: Token) -> datetime:
        top = token.workflow.top_workflow
        value = self.text
        if not self.is_literal:
            value = top.script_engine.evaluate(token, self.text)
        try:
            return due_from(value, top.now)
        except ExpressionFault as fault:
            raise Incident(self.element, fault.message) from None


class MessageWait(Wait):
    """Waits for a message that carries the same correlation values as this case."""

    keys = ("fired", "payload", "correlation")

    def __init__(self, element: str, definition: Any) -> None:
        super().__init__(element)
        self.message: str = definition.name
        self.variable: str = definition.message_var or ""
        self.own = {one.name: one.retrieval_expression for one in definition.process_correlations}
        self.theirs = {
            one.name: one.retrieval_expression for one in definition.correlation_properties
        }

    def fired(self, token: Token, memory: Memory) -> bool:
        """Tell whether the message arrived; notes at first what it must carry."""
        if "correlation" not in memory:
            evaluate = token.workflow.top_workflow.script_engine.evaluate
            memory["correlation"] = {
                name: evaluate(token, source) for name, source in self.own.items()
            }
        return super().fired(token, memory)

    def take(self, token: Token, memory: Memory) -> None:
        """Put the payload under the message's variable, if it has one."""
        if self.variable:
            token.data[self.variable] = memory.get("payload")
        super().take(token, memory)


class ErrorWait(Wait):
    """Catches an error with this code, or any error if it has none."""

    def __init__(self, element: str, code: str) -> None:
        super().__init__(element)
        self.code = code


class EventChoice(NoLookahead, EventBasedGateway):  # type: ignore[misc] # untyped library
    """Event gateway: the first of several waits to be over decides the way."""

    waits: tuple[Wait, ...]

    def memories(self, token: Token) -> list[Memory]:
        """One memory per wait, in the order of the outgoing flows."""
        memories: list[Memory] = token.internal_data.setdefault("waits", [{} for _ in self.waits])
        return memories

    def _fired(self, token: Token) -> int | None:
        answers = [
            wait.fired(token, memory)
            for wait, memory in zip(self.waits, self.memories(token), strict=True)
        ]
        return answers.index(True) if True in answers else None

    def _update_hook(self, my_task: Token) -> bool:
        if self._fired(my_task) is not None:
            return True
        my_task._set_state(WAITING)
        return False

    def _run_hook(self, my_task: Token) -> bool:
        index = self._fired(my_task)
        if index is None:
            return False
        self.waits[index].take(my_task, self.memories(my_task)[index])
        del my_task.internal_data["waits"]
        go_to(my_task, [self.outputs[index]])
        return True


def waits_of(token: Token) -> Iterator[tuple[Wait, Memory]]:
    """Give what a waiting token waits for."""
    spec = token.task_spec
    if token._state != WAITING:
        return
    if isinstance(spec, EventChoice):
        yield from zip(spec.waits, spec.memories(token), strict=True)
    elif isinstance(spec, CatchingEvent) and isinstance(spec.event_definition, Wait):
        yield spec.event_definition, token.internal_data


def as_wait(element: str, definition: Any) -> Any:
    """Replace a definition read by the library with our own; others stay."""
    if isinstance(definition, TimerEventDefinition):
        return TimerWait(element, (definition.expression or "").strip())
    if isinstance(definition, MessageEventDefinition):
        return MessageWait(element, definition)
    if isinstance(definition, ErrorEventDefinition):
        return ErrorWait(element, definition.code or "")
    return definition


def is_boundary(token: Token) -> bool:
    """Tell whether a token waits at the boundary of a task."""
    return isinstance(token.task_spec, BoundaryEvent)
