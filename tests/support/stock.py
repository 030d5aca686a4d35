"""The process library as delivered, with nothing of ours: the yardstick of benchmarks and hazards.

Only here and in what uses it does the library run by itself: with its own parser, script engine,
form handling and serializer, as its documentation shows them.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn import BpmnEvent, BpmnWorkflow
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine, TaskDataEnvironment
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.spiff.parser.process import SpiffBpmnParser
from SpiffWorkflow.spiff.serializer.config import SPIFF_CONFIG
from SpiffWorkflow.spiff.specs.event_definitions import MessageEventDefinition
from SpiffWorkflow.util.task import TaskState

ANSWER = {"ok": True}  # what every service gives back


class StockServices(TaskDataEnvironment):
    """Answers every service at once; counts the scripts that run."""

    def __init__(self):
        super().__init__()
        self.executed = 0

    def call_service(self, context, **asked):  # noqa: ARG002 - the library's signature
        return json.dumps(ANSWER)

    def execute(self, script, context, external_context=None):
        self.executed += 1
        return super().execute(script, context, external_context)


@dataclass(frozen=True)
class StockModel:
    """A model as the library's parser gives it out."""

    process: Any
    subprocesses: Mapping[str, Any]


def read_model(source: bytes, tables: Iterable[bytes] = ()) -> StockModel:
    """Parse a model; comments go, for the library stumbles over them."""
    parser = SpiffBpmnParser()
    for table in tables:
        parser.add_dmn_xml(_xml(table))
    root = _xml(source)
    parser.add_bpmn_xml(root)
    [process] = parser.get_process_ids()
    return StockModel(parser.get_spec(process), parser.get_subprocess_specs(process))


def new_serializer() -> BpmnWorkflowSerializer:
    """Make a serializer with the library's defaults."""
    return BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(SPIFF_CONFIG))


class StockCase:
    """A case on the library; it is played by element id, as the library's examples do."""

    def __init__(self, source, data=None, dmn=(), services=None, begin=True):
        self.model = source if isinstance(source, StockModel) else read_model(source, dmn)
        self.serializer = new_serializer()
        self.services = services or StockServices()
        self.workflow = BpmnWorkflow(
            self.model.process, self.model.subprocesses, script_engine=self._script_engine()
        )
        self.workflow.task_tree.data.update(_copy(data or {}))
        if begin:
            self.workflow.do_engine_steps()

    def _script_engine(self):
        return PythonScriptEngine(self.services)

    @property
    def open(self):
        """Elements whose tasks wait for a person, as the library lists them."""
        return sorted(task.task_spec.bpmn_id for task in self._ready())

    @property
    def completed(self):
        return self.workflow.is_completed()

    @property
    def data(self):
        """What the library holds at the end."""
        return self.workflow.data

    @property
    def timers(self):
        """What the library tells of the timers that wait."""
        return [event.value for event in self.workflow.waiting_events()]

    def task(self, element):
        """The open task of an element; the first, if there are several."""
        return next(iter(self.all_open(element)))

    def all_open(self, element):
        """All open tasks of an element."""
        return [task for task in self._ready() if task.task_spec.bpmn_id == element]

    def tasks(self, element):
        """Every task of an element, whatever its state and however deep it lies."""
        scopes = (self.workflow, *self.workflow.subprocesses.values())
        return [
            task
            for scope in scopes
            for task in scope.tasks.values()
            if task.task_spec.bpmn_id == element
        ]

    def states(self, element):
        return [TaskState.get_name(task.state) for task in self.tasks(element)]

    def make_due(self, element, **ago):
        """Pretend that a timer was due some time ago: the library knows no clock but its own."""
        [task] = self.tasks(element)
        due = (datetime.now(UTC) - timedelta(**ago)).isoformat()
        value = task.internal_data["event_value"]
        task.internal_data["event_value"] = {**value, "next": due} if "next" in value else due
        return self

    def complete(self, element, **changes):
        """Do a task; ``changes`` replace top-level keys of its data."""
        return self._do(element, lambda task: task.data.update(_copy(changes)))

    def fill_form(self, element, **answers):
        """Do a task as the library wants it for a form."""
        return self._do(
            element, lambda task: task.task_spec.add_data_from_form(task, _copy(answers))
        )

    def send(self, name, payload, correlations=None):
        """Deliver a message."""
        event = BpmnEvent(MessageEventDefinition(name), payload=payload, correlations=correlations)
        self.workflow.send_event(event)
        self.workflow.do_engine_steps()
        return self

    def run(self):
        """Let the library look what it can do now."""
        self.workflow.do_engine_steps()
        return self

    def saved(self):
        """The case as the library writes it."""
        return self.serializer.serialize_json(self.workflow)

    def load(self, text):
        """Read a case back."""
        self.workflow = self.serializer.deserialize_json(text)
        self.workflow.script_engine = self._script_engine()
        return self

    def reload(self):
        """Write the case and read it back, as between two requests."""
        return self.load(self.saved())

    def _ready(self):
        return self.workflow.get_tasks(state=TaskState.READY, manual=True)

    def _do(self, element, fill):
        task = self.task(element)
        fill(task)
        task.run()
        self.workflow.do_engine_steps()
        return self


def _copy(data):
    return json.loads(json.dumps(data))


def _xml(data: bytes):
    return etree.fromstring(data, etree.XMLParser(remove_comments=True, resolve_entities=False))
