"""Randereignisse: waits beside a task or a whole process part, which may end it."""

from typing import Any

from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.defaults import BoundaryEvent

from app.engine.runtime.token import READY, WAITING, Token
from app.engine.runtime.waiting import Wait


class Guard(BoundaryEventSplit):  # type: ignore[misc] # untyped library
    """Sets out a task and the events at its boundary; ends these when the task is done."""

    def guards(self, name: str) -> bool:
        """Tell whether a node was set out from here."""
        return name in self._outputs

    def came_back(self, my_task: Token, child: Token) -> None:
        """End what still waits beside a finished task."""
        if child.task_spec.name == self._outputs[0]:
            for other in my_task.children:
                if isinstance(other.task_spec, Boundary) and other._state == WAITING:
                    other.cancel()

    def _run_hook(self, _: Token) -> bool:
        return True


class Boundary(BoundaryEvent):  # type: ignore[misc] # untyped library
    """Waits beside a task; ends the task, or lets it go on and waits again."""

    event_definition: Wait

    def _update_hook(self, my_task: Token) -> bool:
        if not self.event_definition.fired(my_task, my_task.internal_data):
            my_task._set_state(WAITING)
            return False
        if self.cancel_activity:
            self._interrupt(my_task)
        else:
            self._wait_again(my_task)
        return True

    def _interrupt(self, my_task: Token) -> None:
        guard = my_task.guard
        for other in guard.children if guard is not None else ():
            if other is not my_task and other.guard is guard and not _stays(other):
                other.cancel()

    def _wait_again(self, my_task: Token) -> None:
        memory = self.event_definition.again(my_task, my_task.internal_data)
        if memory is not None and my_task.parent is not None:
            twin = my_task.parent.add(self)
            twin.internal_data.update(memory)
            if not self.event_definition.fired(twin, twin.internal_data):
                twin._set_state(WAITING)

    def _run_hook(self, my_task: Token) -> bool:
        self.event_definition.take(my_task, my_task.internal_data)
        return True


class Trigger(Boundary):
    """Start of an event subprocess: waits as long as the process part it lies in is running."""

    def _interrupt(self, my_task: Token) -> None:
        for other in list(my_task.workflow.tasks.values()):
            if other is not my_task and not other.finished:
                other.cancel()


def _stays(token: Token) -> bool:
    """Tell whether nothing can end a token: it is finished, or an event that has come."""
    return token.finished or (isinstance(token.task_spec, Boundary) and token._state == READY)


def is_event_part(token: Token) -> bool:
    """Tell whether a token stands for an event subprocess that has started."""
    process = token.workflow.spec
    return f"{token.task_spec.name}.Trigger" in process.task_specs


def interrupts(token: Token) -> bool:
    """Tell whether a token waits to end something."""
    return isinstance(token.task_spec, Boundary) and bool(token.task_spec.cancel_activity)


def is_guarding(token: Token) -> bool:
    """Tell whether a token waits beside something, not on a way of its own."""
    return isinstance(token.task_spec, Boundary)


def triggers_of(scope: Any) -> list[Token]:
    """List the starts of event subprocesses that wait in a scope."""
    return [
        token
        for token in scope.tasks.values()
        if token._state == WAITING and isinstance(token.task_spec, Trigger)
    ]
