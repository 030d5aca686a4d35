"""Auslösen: what end events, throwing events and send tasks bring about."""

from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.base import EventDefinition

from app.engine.runtime.token import Token
from app.engine.runtime.waiting import CancelWait, ErrorWait, EscalationWait
from app.engine.step import ThrownMessage


class Throw(EventDefinition):  # type: ignore[misc] # untyped library
    """Throws nothing; ``element`` is the event as drawn, ``payload`` an expression or empty."""

    def __init__(self, element: str, payload: str = "") -> None:
        super().__init__()
        self.element = element
        self.payload = payload

    def throw(self, my_task: Token) -> None:
        """Bring it about while the event is passed."""

    def finish(self, my_task: Token) -> None:
        """Bring it about once the event is passed."""

    def _value(self, token: Token) -> Any:
        return token.workflow.script_engine.evaluate(token, self.payload) if self.payload else None


class MessageThrow(Throw):
    """Hands a message to the caller, who knows who waits for it."""

    def __init__(self, element: str, definition: Any) -> None:
        super().__init__(element, definition.expression or "")
        self.message: str = definition.name
        self.own = {one.name: one.retrieval_expression for one in definition.process_correlations}
        self.theirs = {
            one.name: one.retrieval_expression for one in definition.correlation_properties
        }

    def throw(self, my_task: Token) -> None:
        """Compute what the message carries: correlation values from the case or its payload."""
        payload = self._value(my_task)
        top = my_task.workflow.top_workflow
        correlation = {
            name: top.script_engine.evaluate_on(self.element, source, payload)
            for name, source in self.theirs.items()
            if name not in self.own
        }
        for name, source in self.own.items():
            correlation[name] = top.script_engine.evaluate(my_task, source)
        message = ThrownMessage(self.element, self.message, payload, correlation)
        top.journal.messages.append(message)


class SignalThrow(Throw):
    """Reaches everything in the case that waits for this signal."""

    def __init__(self, element: str, name: str, payload: str) -> None:
        super().__init__(element, payload)
        self.signal = name

    def throw(self, my_task: Token) -> None:
        """Reach all at once, those that begin to wait later not."""
        my_task.workflow.top_workflow.signal(self.signal, self._value(my_task))


class EscalationThrow(Throw):
    """Reaches the nearest wait around; the way it comes from goes on, unless it is ended."""

    def __init__(self, element: str, code: str, payload: str) -> None:
        super().__init__(element, payload)
        self.code = code

    def throw(self, my_task: Token) -> None:
        """Go unheard where nothing waits for it. Source: BPMN 2.0.2, section 10.5.1."""
        top = my_task.workflow.top_workflow
        top.throw(my_task, EscalationWait, self.code, self._value(my_task))


class ErrorThrow(EscalationThrow):
    """Ends the process part it lies in and reaches the nearest wait around."""

    def throw(self, my_task: Token) -> None:
        """Wait until the end event is passed."""

    def finish(self, my_task: Token) -> None:
        """End the whole process where nothing catches it."""
        top = my_task.workflow.top_workflow
        if not top.throw(my_task, ErrorWait, self.code, self._value(my_task)):
            top.terminate()


class TerminateThrow(Throw):
    """Ends everything in the process part it lies in."""

    def finish(self, my_task: Token) -> None:
        """End it as if all its ways had come to their end."""
        my_task.workflow.terminate()


class CancelThrow(Throw):
    """Ends the transaction it lies in, which goes on at its cancel event."""

    def finish(self, my_task: Token) -> None:
        """Go on after the transaction where it has no cancel event."""
        scope = my_task.workflow
        if not scope.top_workflow.throw(my_task, CancelWait, "", None, only_around=scope):
            scope.terminate()
