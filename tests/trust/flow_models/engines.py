"""Zwei Maschinen: the same scenario on ours and on the library as delivered."""

import warnings
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from SpiffWorkflow.bpmn import BpmnEvent
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask
from SpiffWorkflow.spiff.parser.process import SpiffBpmnParser
from SpiffWorkflow.spiff.specs.event_definitions import SignalEventDefinition
from SpiffWorkflow.util.task import TaskState

from app.engine.engine import Engine
from app.engine.step import MessageArrived, ServiceResult, SignalArrived
from app.errors import Incident, TaskDone
from tests.support.stock import ANSWER, StockCase, StockModel
from tests.trust.flow_models.scenario import Act, Scenario
from tests.unit.engine.process_builder import NOON


@dataclass(frozen=True)
class Seen:
    """What people see after an act; ``refused`` if it came to nothing."""

    passed: tuple[str, ...]
    open: tuple[str, ...]
    completed: bool
    refused: bool = False


@dataclass
class Played:
    """What an engine made of a scenario, and the data at the end."""

    seen: list[Seen] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)


class Ours:
    """Our engine, played by element id."""

    def __init__(self, scenario: Scenario) -> None:
        self.engine = Engine()
        self.deployment = self.engine.deploy(scenario.source)
        self.now = NOON
        self.step = self.engine.start(self.deployment, scenario.data, NOON)
        self.passed: list[str] = []
        self._answer()

    def do(self, act: Act) -> bool:
        """Do one thing; tell whether anything came of it."""
        self.passed = []
        try:
            self.step = self._step(act)
        except (TaskDone, Incident):
            return False
        self._answer()
        return True

    def _answer(self) -> None:
        """Let every service answer at once, as the library's do."""
        self.passed += [entry.element for entry in self.step.log]
        while self.step.calls:
            result = ServiceResult(self.step.calls[0].task_id, ANSWER)
            self.step = self.engine.deliver(self.deployment, self.step.state, result, self.now)
            self.passed += [entry.element for entry in self.step.log]

    def _step(self, act: Act) -> Any:
        state, deployment = self.step.state, self.deployment
        if act.kind == "wait":
            self.now += act.value
            return self.engine.tick(deployment, state, self.now)
        if act.kind == "complete":
            task = next((one for one in self.step.open_tasks if one.element == act.name), None)
            key = "" if task is None else task.id
            return self.engine.complete(deployment, state, key, act.value, self.now)
        event: Any = SignalArrived(act.name)
        if act.kind == "message":
            event = MessageArrived(act.name, act.value, act.carried)
        return self.engine.deliver(deployment, state, event, self.now)

    def see(self, *, refused: bool = False) -> Seen:
        """Look at the case."""
        tasks = sorted(task.element for task in self.step.open_tasks)
        return Seen(tuple(sorted(self.passed)), tuple(tasks), self.step.completed, refused)

    @property
    def data(self) -> dict[str, Any]:
        """Process data."""
        return dict(self.step.data)


class Stock:
    """The library, played by element id; its clock is moved by moving what it waits for."""

    def __init__(self, scenario: Scenario) -> None:
        self.nodes = Engine().deploy(scenario.source).nodes.keys()
        self.case = StockCase(_read(scenario.source), scenario.data)
        self.case.run()
        self.before: Counter[str] = Counter()

    def do(self, act: Act) -> bool:
        """Do one thing; tell whether anything came of it."""
        before = self._passed()
        try:
            self._do(act)
        except Exception:  # noqa: BLE001 - the library has no errors of its own for this
            return False
        finally:
            self.before = before
        return True

    def _do(self, act: Act) -> None:
        if act.kind == "complete":
            self.case.complete(act.name, **act.value)
        elif act.kind == "message":
            carried = {"MainCorrelationKey": act.carried} if act.carried else None
            self.case.send(act.name, act.value, carried)
        elif act.kind == "signal":
            self.case.workflow.send_event(BpmnEvent(SignalEventDefinition(act.name)))
            self.case.run()
        else:
            self._let_pass(act.value)
        self.case.run()

    def _let_pass(self, time: timedelta) -> None:
        for task in self._tasks():
            if task.state == TaskState.WAITING:
                _move_back(task.internal_data, "event_value", time)
        self.case.workflow.refresh_timers()
        self.case.run()

    def _tasks(self) -> list[Any]:
        scopes = (self.case.workflow, *self.case.workflow.subprocesses.values())
        return [task for scope in scopes for task in scope.tasks.values()]

    def _passed(self) -> Counter[str]:
        return Counter(
            task.task_spec.bpmn_id
            for task in self._tasks()
            if task.state == TaskState.COMPLETED
            and task.task_spec.bpmn_id in self.nodes
            and not isinstance(task.task_spec, LoopTask)  # its rounds are what people see
        )

    def see(self, *, refused: bool = False) -> Seen:
        """Look at the case."""
        passed = sorted((self._passed() - self.before).elements())
        return Seen(tuple(passed), tuple(self.case.open), self.case.completed, refused)

    @property
    def data(self) -> dict[str, Any]:
        """What is left at the end."""
        return dict(self.case.data)


def play(kind: type[Ours] | type[Stock], scenario: Scenario) -> Played:
    """Do everything a scenario asks for and look after each act."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        case = kind(scenario)
        played = Played([case.see()])
        for act in scenario.acts:
            went_well = case.do(act)
            played.seen.append(case.see(refused=not went_well))
        played.data = case.data
    return played


def _read(source: bytes) -> StockModel:
    """Parse a model in which processes may call each other; the library wants all executable."""
    parser = SpiffBpmnParser()
    parser.add_bpmn_str(source.replace(b'isExecutable="false"', b'isExecutable="true"'))
    return StockModel(parser.get_spec("p"), parser.get_subprocess_specs("p"))


def _move_back(memory: dict[str, Any], key: str, time: timedelta) -> None:
    value = memory.get(key)
    if isinstance(value, dict):
        _move_back(value, "next", time)
    elif isinstance(value, str):
        memory[key] = (datetime.fromisoformat(value) - time).isoformat()
