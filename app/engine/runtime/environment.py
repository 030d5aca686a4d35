"""Ausdrücke im Prozess: the process engine's script engine, which knows our language alone."""

from collections.abc import Mapping
from datetime import datetime
from importlib.metadata import version
from typing import Any

from SpiffWorkflow.bpmn.script_engine import BasePythonScriptEngineEnvironment, PythonScriptEngine

from app.engine.runtime.budget import Budget
from app.errors import Incident
from app.expressions.expression import compile_expression
from app.expressions.fault import ExpressionFault
from app.expressions.script import compile_script

SPIFF_VERSION = "3.2.0"

if version("SpiffWorkflow") != SPIFF_VERSION:
    raise RuntimeError(f"app.engine relies on internals of SpiffWorkflow {SPIFF_VERSION}")


class ExpressionEnvironment(BasePythonScriptEngineEnvironment):  # type: ignore[misc] # untyped library
    """Evaluates text from models; ``now`` is aware."""

    def __init__(self, now: datetime) -> None:
        super().__init__()
        self.now = now

    def evaluate(
        self,
        expression: str,
        context: Mapping[str, Any],
        external_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Compute one value.

        :raises ExpressionFault: see :meth:`Expression.evaluate`.
        """
        values = {**external_context, **context} if external_context else context
        return compile_expression(expression).evaluate(values, self.now)

    def execute(
        self,
        script: str,
        context: dict[str, Any],
        external_context: Mapping[str, Any] | None = None,
    ) -> bool:
        """Replace top-level keys of ``context``; nothing is changed in place.

        :raises ExpressionFault: see :meth:`Script.run`.
        """
        context.update(self.changes(script, context, external_context))
        return True

    def changes(
        self,
        script: str,
        context: Mapping[str, Any],
        external_context: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Compute what a script changes.

        :raises ExpressionFault: see :meth:`Script.run`.
        """
        values = {**external_context, **context} if external_context else context
        return compile_script(script).run(values, self.now)


class ExpressionEngine(PythonScriptEngine):  # type: ignore[misc] # untyped library
    """Turns faults into incidents that name the element."""

    def __init__(self, now: datetime, budget: Budget) -> None:
        super().__init__(ExpressionEnvironment(now))
        self._budget = budget

    def evaluate(
        self, task: Any, expression: str, external_context: Mapping[str, Any] | None = None
    ) -> Any:
        """Compute a value for a task.

        :raises Incident: the expression has no result, or the budget is used up.
        """
        element = element_of(task)
        self._budget.check(element)
        try:
            value = self.environment.evaluate(expression, task.data, external_context)
        except ExpressionFault as fault:
            raise Incident(element, fault.message) from None
        self._budget.pay_for(value, element)
        return value

    def look(self, task: Any, expression: str) -> Any:
        """Compute a value that may not exist yet.

        :raises ExpressionFault: it has no result.
        :raises Incident: the time is used up.
        """
        self._budget.check(element_of(task))
        return self.environment.evaluate(expression, task.data)

    def evaluate_on(self, element: str, expression: str, payload: Any) -> Any:
        """Compute a value from what a message carries.

        :raises Incident: the expression has no result, or the budget is used up.
        """
        self._budget.check(element)
        values = payload if isinstance(payload, dict) else {"payload": payload}
        try:
            value = self.environment.evaluate(expression, values)
        except ExpressionFault as fault:
            raise Incident(element, fault.message) from None
        self._budget.pay_for(value, element)
        return value

    def execute(
        self, task: Any, script: str, external_context: Mapping[str, Any] | None = None
    ) -> Any:
        """Run a script of a task.

        :raises Incident: the script fails, or the budget is used up.
        """
        element = element_of(task)
        self._budget.check(element)
        try:
            changes = self.environment.changes(script, task.data, external_context)
        except ExpressionFault as fault:
            raise Incident(element, fault.message) from None
        self._budget.pay_for(changes, element)
        task.data.update(changes)
        return True


def element_of(task: Any) -> str:
    """Element id of a task, for people; an inner node counts to what it belongs to."""
    here = task
    while here is not None:
        if here.task_spec.bpmn_id:
            return str(here.task_spec.bpmn_id)
        here = here.parent or getattr(here.workflow, "holder", None)
    return str(task.workflow.spec.name)
