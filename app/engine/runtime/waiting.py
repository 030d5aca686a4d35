"""Warten: times, messages, signals, errors and conditions as the process waits for them.

A wait keeps what it needs in the token's memory: it is filled once, when the token arrives, and
saved with the case. An event gateway has one memory for each of its events.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.base import EventDefinition
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent

from app.engine.runtime.token import WAITING, Token
from app.engine.timers import Cycle, due_from, is_literal, read_cycle
from app.errors import Incident
from app.expressions.fault import ExpressionFault, MissingValue

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

    def again(self, token: Token, memory: Memory) -> Memory | None:  # noqa: ARG002 - others use it
        """Memory of the next wait beside a task that goes on; None if once is all."""
        return {}


class NoWait(Wait):
    """What is over at once: a plain start, or an event whose gateway has waited for it."""

    def fired(self, token: Token, memory: Memory) -> bool:  # noqa: ARG002 - others use it
        """Never hold a token up."""
        return True


class TimerWait(Wait):
    """Waits until a time, computed by our own rules when the token arrives."""

    keys: tuple[str, ...] = ("due",)

    def __init__(self, element: str, text: str) -> None:
        super().__init__(element)
        self.text = text
        self.is_literal = is_literal(text)

    def fired(self, token: Token, memory: Memory) -> bool:
        """Tell whether the time has come that the case has caught up to."""
        if "due" not in memory:
            self._begin(token, memory)
        return bool(self.due(memory) <= token.workflow.top_workflow.horizon)

    def due(self, memory: Memory) -> datetime:
        """When the timer is due, in UTC."""
        return datetime.fromisoformat(memory["due"])

    def again(self, token: Token, memory: Memory) -> Memory | None:  # noqa: ARG002 - as above
        """Come once only."""
        return None

    def _begin(self, token: Token, memory: Memory) -> None:
        top = token.workflow.top_workflow
        value = self.text
        if not self.is_literal:
            value = top.script_engine.evaluate(token, self.text)
        try:
            self._remember(value, top.now, memory)
        except ExpressionFault as fault:
            raise Incident(self.element, fault.message) from None

    def _remember(self, value: object, now: datetime, memory: Memory) -> None:
        memory["due"] = due_from(value, now).isoformat()


class CycleWait(TimerWait):
    """Comes again and again beside a task; what was missed while nobody looked comes once."""

    keys = ("due", "cycle")

    def again(self, token: Token, memory: Memory) -> Memory | None:
        """Count on to the first time that lies ahead."""
        rule, start, times, from_start, count = memory["cycle"]
        cycle = Cycle(rule, datetime.fromisoformat(start), times, from_start)
        number = cycle.next(count, token.workflow.top_workflow.now)
        return None if number is None else _cycle_memory(cycle, number)

    def _remember(self, value: object, now: datetime, memory: Memory) -> None:
        memory.update(_cycle_memory(read_cycle(value, now), 1))


def _cycle_memory(cycle: Cycle, number: int) -> Memory:
    return {
        "due": cycle.due(number).isoformat(),
        "cycle": [cycle.rule, cycle.start.isoformat(), cycle.times, cycle.from_start, number],
    }


class ConditionWait(Wait):
    """Waits until a condition on the process data holds; looked at whenever the case rests.

    As long as a value it asks for is missing, it does not hold.
    """

    keys = ("fired", "held")

    def __init__(self, element: str, text: str) -> None:
        super().__init__(element)
        self.text = text

    def fired(self, token: Token, memory: Memory) -> bool:
        """Tell whether it holds now; beside a task that goes on, only when it begins to hold."""
        holds = self._holds(token)
        if holds and not memory.get("held"):
            return True
        if not holds:
            memory.pop("held", None)
        return False

    def again(self, token: Token, memory: Memory) -> Memory | None:  # noqa: ARG002 - as above
        """Wait until it has not held in between."""
        return {"held": True}

    def _holds(self, token: Token) -> bool:
        try:
            return bool(token.workflow.script_engine.look(token, self.text))
        except MissingValue:
            return False
        except ExpressionFault as fault:
            raise Incident(self.element, fault.message) from None


class PayloadWait(Wait):
    """Waits for something that may carry a value, which goes to a key of the process data."""

    keys: tuple[str, ...] = ("fired", "payload")

    def __init__(self, element: str, variable: str) -> None:
        super().__init__(element)
        self.variable = variable

    def take(self, token: Token, memory: Memory) -> None:
        """Put what was carried under its variable, if it has one."""
        if self.variable:
            token.data[self.variable] = memory.get("payload")
        super().take(token, memory)


class MessageWait(PayloadWait):
    """Waits for a message that carries the same correlation values as this case."""

    keys = ("fired", "payload", "correlation")

    def __init__(self, element: str, definition: Any) -> None:
        super().__init__(element, definition.message_var or "")
        self.message: str = definition.name
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


class SignalWait(PayloadWait):
    """Waits for a signal thrown anywhere in the case."""

    def __init__(self, element: str, name: str, variable: str) -> None:
        super().__init__(element, variable)
        self.signal = name


class ThrownWait(PayloadWait):
    """Catches what is thrown inside: with this code, or with any if it has none."""

    def __init__(self, element: str, code: str, variable: str = "") -> None:
        super().__init__(element, variable)
        self.code = code


class ErrorWait(ThrownWait):
    """Catches an error."""


class EscalationWait(ThrownWait):
    """Catches an escalation."""


class CancelWait(ThrownWait):
    """Catches the cancelling of a transaction."""

    def __init__(self, element: str) -> None:
        super().__init__(element, "")


def may_wake(wait: Wait) -> bool:
    """Tell whether something from outside, or the data, can end a wait that stands alone."""
    return not isinstance(wait, ThrownWait)


def waits_of(token: Token) -> Iterator[tuple[Wait, Memory]]:
    """Give what a waiting token waits for."""
    spec = token.task_spec
    if token._state != WAITING:
        return
    if isinstance(spec, CatchingEvent):
        memories = getattr(spec, "memories", None)
        if memories is not None:
            yield from zip(spec.waits, memories(token), strict=True)
        elif isinstance(spec.event_definition, Wait):
            yield spec.event_definition, token.internal_data
