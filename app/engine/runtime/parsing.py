"""Einlesen: the library's parser, taught what it overlooks."""

from typing import Any

from SpiffWorkflow.bpmn.parser.event_parsers import (
    CANCEL_EVENT_XPATH,
    CONDITIONAL_EVENT_XPATH,
    ERROR_EVENT_XPATH,
    ESCALATION_EVENT_XPATH,
    MESSAGE_EVENT_XPATH,
    SIGNAL_EVENT_XPATH,
    TERMINATION_EVENT_XPATH,
    TIMER_EVENT_XPATH,
)
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.specs.defaults import EndEvent, StartEvent
from SpiffWorkflow.spiff.parser.event_parsers import SpiffEndEventParser, SpiffStartEventParser
from SpiffWorkflow.spiff.parser.process import SpiffBpmnParser
from SpiffWorkflow.spiff.parser.task_spec import SpiffTaskParser

from app.engine.runtime.elements import Decide


class _StartParser(SpiffStartEventParser):  # type: ignore[misc] # untyped library
    """Reads errors and escalations too, which start event subprocesses."""

    def create_task(self) -> Any:
        definition = self.get_event_definition(
            [
                MESSAGE_EVENT_XPATH,
                SIGNAL_EVENT_XPATH,
                TIMER_EVENT_XPATH,
                CONDITIONAL_EVENT_XPATH,
                ERROR_EVENT_XPATH,
                ESCALATION_EVENT_XPATH,
            ]
        )
        spec = self._create_task(definition)
        self.spec.start.connect(spec)
        return spec


class _EndParser(SpiffEndEventParser):  # type: ignore[misc] # untyped library
    """Reads signals too."""

    def create_task(self) -> Any:
        definition = self.get_event_definition(
            [
                MESSAGE_EVENT_XPATH,
                SIGNAL_EVENT_XPATH,
                CANCEL_EVENT_XPATH,
                ERROR_EVENT_XPATH,
                ESCALATION_EVENT_XPATH,
                TERMINATION_EVENT_XPATH,
            ]
        )
        spec = self._create_task(definition)
        spec.connect(self.spec.end)
        return spec


class _DecisionParser(SpiffTaskParser):  # type: ignore[misc] # untyped library
    """Leaves decision tables to us."""

    @staticmethod
    def get_decision_ref(_: Any) -> None:
        """Name none to the library."""


class BpmnReader(SpiffBpmnParser):  # type: ignore[misc] # untyped library
    """Parser for models that our rules have accepted."""

    OVERRIDE_PARSER_CLASSES = {  # noqa: RUF012 - the library's way of being extended
        **SpiffBpmnParser.OVERRIDE_PARSER_CLASSES,
        full_tag("startEvent"): (_StartParser, StartEvent),
        full_tag("endEvent"): (_EndParser, EndEvent),
        full_tag("businessRuleTask"): (_DecisionParser, Decide),
    }
