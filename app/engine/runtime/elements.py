"""Elemente: what events, tasks and subprocesses do, where the library does it otherwise."""

from typing import Any

from SpiffWorkflow.bpmn.specs.control import SimpleBpmnTask
from SpiffWorkflow.bpmn.specs.defaults import (
    EndEvent,
    IntermediateCatchEvent,
    IntermediateThrowEvent,
    StartEvent,
)
from SpiffWorkflow.spiff.specs.defaults import (
    ReceiveTask,
    SendTask,
    ServiceTask,
    SubWorkflowTask,
)
from SpiffWorkflow.spiff.specs.spiff_task import SpiffBpmnTask

from app.engine.runtime.throwing import Throw
from app.engine.runtime.token import STARTED, WAITING, Token
from app.engine.runtime.waiting import Wait
from app.engine.tables.decision_table import DecisionTable
from app.errors import Incident


class Passed(SimpleBpmnTask):  # type: ignore[misc] # untyped library
    """Inner nodes at which nothing happens."""

    def _update_hook(self, _: Token) -> bool:
        return True

    def _run_hook(self, _: Token) -> bool:
        return True


class Begin(StartEvent):  # type: ignore[misc] # untyped library
    """Start event; what may have to happen before it has happened when the token arrives."""

    def _update_hook(self, _: Token) -> bool:
        return True

    def _run_hook(self, _: Token) -> bool:
        return True


class _Catching:
    event_definition: Wait

    def _update_hook(self, my_task: Token) -> bool:
        if self.event_definition.fired(my_task, my_task.internal_data):
            return True
        my_task._set_state(WAITING)
        return False

    def _run_hook(self, my_task: Token) -> bool:
        self.event_definition.take(my_task, my_task.internal_data)
        return True


class Catch(_Catching, IntermediateCatchEvent):  # type: ignore[misc] # untyped library
    """Intermediate event that waits."""


class Receive(_Catching, ReceiveTask):  # type: ignore[misc] # untyped library
    """Receive task."""


class _Throwing:
    event_definition: Throw

    def _run_hook(self, my_task: Token) -> bool:
        self.event_definition.throw(my_task)
        return True


class ThrowHere(_Throwing, IntermediateThrowEvent):  # type: ignore[misc] # untyped library
    """Intermediate event that throws."""


class Send(_Throwing, SendTask):  # type: ignore[misc] # untyped library
    """Send task."""


class End(_Throwing, EndEvent):  # type: ignore[misc] # untyped library
    """End event, which may end more than its own way."""

    def _on_complete_hook(self, my_task: Token) -> None:
        self.event_definition.finish(my_task)


class Service(ServiceTask):  # type: ignore[misc] # untyped library
    """Service task that calls nothing: it notes its parameters and waits for the result."""

    @property
    def result_name(self) -> str:
        """Process data key for the result, or empty."""
        return self.extensions["serviceTaskOperator"]["resultVariable"] or ""

    def _execute(self, task: Token) -> None:
        top = task.workflow.top_workflow
        task.internal_data["parameters"] = {
            name: top.script_engine.evaluate(task, parameter["value"])
            for name, parameter in self.operation_params.items()
        }
        top.journal.called(task)


class Decide(SpiffBpmnTask):  # type: ignore[misc] # untyped library
    """Decision table whose results replace process data."""

    table: DecisionTable

    def _run_hook(self, my_task: Token) -> bool:
        top = my_task.workflow.top_workflow
        try:
            decision = self.table.decide(my_task.data, top.now)
        except Incident as incident:
            raise Incident(self.bpmn_id, incident.cause) from None
        my_task.data.update(decision.results)
        top.journal.decided(my_task, decision.rules)
        return True


class SubProcess(SubWorkflowTask):  # type: ignore[misc] # untyped library
    """Subprocess, called process or transaction: it works on the data of the case itself."""

    def _update_hook(self, my_task: Token) -> bool:
        if my_task._state == STARTED:
            return False
        SpiffBpmnTask._update_hook(self, my_task)
        my_task._set_state(STARTED)
        my_task.workflow.top_workflow.create_subprocess(my_task, self.spec).task_tree.run()
        return False

    def _on_cancel(self, _: Any) -> None:
        pass

    def _run_hook(self, _: Token) -> bool:
        return True
