"""Elemente: what tasks, gateways and subprocesses do, where the library does it otherwise."""

from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import ExclusiveGateway
from SpiffWorkflow.exceptions import SpiffWorkflowException, WorkflowException
from SpiffWorkflow.spiff.specs.defaults import BusinessRuleTask, ServiceTask, SubWorkflowTask

from app.engine.token import NoLookahead, Token
from app.errors import Incident


class Choice(NoLookahead, ExclusiveGateway):  # type: ignore[misc] # untyped library
    """Exclusive gateway that says in German when no way is open."""

    def _run_hook(self, my_task: Token) -> bool:
        try:
            return bool(super()._run_hook(my_task))
        except WorkflowException:
            message = "Keine Bedingung trifft zu, und es gibt keinen Standardweg."
            raise Incident(self.bpmn_id, message) from None


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


class Decide(BusinessRuleTask):  # type: ignore[misc] # untyped library
    """Decision table whose results replace process data; without a matching row they are None."""

    hit_policy: str

    def _run_hook(self, my_task: Token) -> bool:
        try:
            rules = self.dmnEngine.decide(my_task)
        except SpiffWorkflowException as wrapped:
            if isinstance(wrapped.__context__, Incident):
                raise wrapped.__context__ from None
            raise
        if self.hit_policy == "UNIQUE" and len(rules) > 1:
            raise Incident(self.bpmn_id, "Mehrere Zeilen der Entscheidungstabelle treffen zu.")
        found = [self._outputs_of(rule, my_task) for rule in rules]
        for output in self.dmnEngine.decision_table.outputs:
            name = output.name or output.label
            values = [row.get(name) for row in found]
            if self.hit_policy == "COLLECT":
                my_task.data[name] = values
            else:
                my_task.data[name] = values[0] if values else None
        return True

    def _outputs_of(self, rule: Any, task: Token) -> dict[str, Any]:
        evaluate = task.workflow.script_engine.evaluate
        return {
            entry.output.name or entry.output.label: evaluate(task, entry.text)
            for entry in rule.outputEntries
            if entry.text
        }


class SubProcess(SubWorkflowTask):  # type: ignore[misc] # untyped library
    """Subprocess that works on the data of the case itself."""

    def start_workflow(self, my_task: Token) -> None:
        """Begin it; the case notices when it is done."""
        sub = my_task.workflow.top_workflow.create_subprocess(my_task, self.spec)
        sub.task_tree.run()
