"""Ausdrücke im Prozess: the process engine's script engine, which knows our language alone."""

from collections.abc import Mapping
from datetime import datetime
from importlib.metadata import version
from typing import Any

from SpiffWorkflow.bpmn.script_engine import BasePythonScriptEngineEnvironment, PythonScriptEngine

from app.engine.runtime.cpu_time import CpuTime
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
        values = {**external_context, **context} if external_context else context
        context.update(compile_script(script).run(values, self.now))
        return True


class ExpressionEngine(PythonScriptEngine):  # type: ignore[misc] # untyped library
    """Turns faults into incidents that name the element."""

    def __init__(self, now: datetime, cpu_time: CpuTime) -> None:
        super().__init__(ExpressionEnvironment(now))
        self._cpu_time = cpu_time

    def evaluate(
        self, task: Any, expression: str, external_context: Mapping[str, Any] | None = None
    ) -> Any:
        """Compute a value for a task.

        :raises Incident: the expression has no result, or the time is used up.
        """
        self._cpu_time.check(element_of(task))
        try:
            return self.environment.evaluate(expression, task.data, external_context)
        except ExpressionFault as fault:
            raise Incident(element_of(task), fault.message) from None

    def evaluate_on(self, element: str, expression: str, payload: Any) -> Any:
        """Compute a value from what a message carries.

        :raises Incident: the expression has no result.
        """
        values = payload if isinstance(payload, dict) else {"payload": payload}
        try:
            return self.environment.evaluate(expression, values)
        except ExpressionFault as fault:
            raise Incident(element, fault.message) from None

    def execute(
        self, task: Any, script: str, external_context: Mapping[str, Any] | None = None
    ) -> Any:
        """Run a script of a task.

        :raises Incident: the script fails.
        """
        try:
            return self.environment.execute(script, task.data, external_context)
        except ExpressionFault as fault:
            raise Incident(element_of(task), fault.message) from None


def element_of(task: Any) -> str:
    """Element id of a task, for people; inner nodes of the engine have only a name."""
    return str(task.task_spec.bpmn_id or task.task_spec.name)
