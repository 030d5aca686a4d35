"""Fremder Vorgang: the engine's running process, with the calls that the library's tests make."""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

from SpiffWorkflow.bpmn import BpmnEvent
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.util import PendingBpmnEvent
from SpiffWorkflow.exceptions import TaskNotFoundException, WorkflowException
from SpiffWorkflow.util.task import TaskState

from app.engine.codec import decode, encode
from app.engine.report import pending_calls
from app.engine.runtime.journal import Journal
from app.engine.runtime.scope import SubScope
from app.engine.runtime.token import READY, Token
from app.engine.runtime.waiting import ConditionWait
from app.engine.runtime.workflow import CaseWorkflow
from app.errors import TaskDone
from tests.trust.upstream.fast_clock import now
from tests.trust.upstream.foreign_events import receive, unheard
from tests.trust.upstream.foreign_scripts import ForeignScripts
from tests.trust.upstream.foreign_token import Ahead, ForeignToken, NotOffered
from tests.trust.upstream.history import History
from tests.trust.upstream.preparing import deployment_of
from tests.trust.upstream.readers import data_objects_of

Watcher = Callable[[Token], None] | None


class FollowedJournal(Journal):
    """Remembers what was completed last in the process itself."""

    last: Token | None = None

    def completed(self, token: Token) -> None:
        super().completed(token)
        if token.workflow is token.workflow.top_workflow:
            self.last = token


class ForeignScope(SubScope):
    """A running subprocess whose tokens a test can hold."""

    def plant(self) -> None:
        self.task_tree = ForeignToken(self, self.spec.start, None, READY)

    @property
    def parent_task_id(self) -> str:
        return self.holder.id

    @parent_task_id.setter
    def parent_task_id(self, _: object) -> None:
        pass

    def get_tasks(self, first_task: Token | None = None, **wanted: Any) -> list[Token]:
        found = self.top_workflow.history.select(first_task or self.task_tree, **wanted)
        return [token for token in found if token.workflow is self]

    def get_next_task(self, first_task: Token | None = None, **wanted: Any) -> Token | None:
        return next(iter(self.get_tasks(first_task, **wanted)), None)


class ForeignCase(CaseWorkflow):
    """One process run by the engine; what it throws comes back to whoever waits in it."""

    made = 0

    def __init__(self, spec: Any, subprocess_specs: Any = None, script_engine: Any = None) -> None:
        ForeignCase.made += 1
        self.history = History()
        deployment = deployment_of(spec, subprocess_specs or {})
        objects = data_objects_of(spec, *(subprocess_specs or {}).values())
        super().__init__(deployment, now(), objects, done=[])
        self._dress(script_engine or PythonScriptEngine())
        self.plant()

    def _dress(self, library: Any) -> None:
        self.data = self.case_data
        self._scripts = ForeignScripts(library)
        self.journal = FollowedJournal(self.deployment.nodes, list(self.journal.done))
        self.thrown: list[BpmnEvent] = []
        self.watchers: tuple[Watcher, Watcher] = (None, None)

    def plant(self) -> None:
        self.task_tree = ForeignToken(self, self.spec.start, None, READY)

    def restore_subprocess(self, holder: Token, spec_name: str) -> SubScope:
        scope = super().restore_subprocess(holder, spec_name)
        scope.__class__ = ForeignScope
        self.history.scopes[holder.id] = scope
        return scope

    # what the library's tests call

    def do_engine_steps(self, will: Watcher = None, did: Watcher = None) -> None:
        self.watchers = (will, did)
        self.begin_step()
        self.advance()
        while self._answer_services() or self._hand_on_messages():
            self.advance()

    def refresh_timers(self) -> None:
        self.begin_step()
        self.advance()

    refresh_waiting_tasks = refresh_timers

    def run_all(self, *_: Any, **__: Any) -> None:
        self.do_engine_steps()

    def run_next(self, *_: Any, **__: Any) -> bool | None:
        token = self.get_next_task(state=TaskState.READY, manual=False)
        if token is None:
            self.refresh_timers()
            return None
        return bool(token.run())

    def catch(self, event: BpmnEvent) -> None:
        self.begin_step()
        if not receive(self, event):
            self.thrown.append(event)

    def send_event(self, event: BpmnEvent) -> None:
        self.begin_step()
        if not receive(self, event):
            raise WorkflowException(f"not waiting for {event.event_definition.name}")

    def get_events(self) -> list[BpmnEvent]:
        thrown, self.thrown = self.thrown, []
        return thrown

    @property
    def bpmn_events(self) -> list[BpmnEvent]:
        return self.thrown

    @bpmn_events.setter
    def bpmn_events(self, _: object) -> None:
        pass

    def waiting_events(self) -> list[PendingBpmnEvent]:
        found = {}
        for token, wait, memory in self.waits():
            theirs = wait.drawn_as
            correlation = memory.get("correlation", {})
            found[token.id] = PendingBpmnEvent(
                theirs.name,
                type(theirs).__name__,
                memory.get("due") or getattr(theirs, "correlation_properties", None),
                {"MainCorrelationKey": correlation} if correlation else {},
            )
        return list(found.values())

    def get_tasks(self, first_task: Token | None = None, **wanted: Any) -> list[Token]:
        return self.history.select(first_task or self.task_tree, **wanted)

    def get_tasks_iterator(self, first_task: Token | None = None, **wanted: Any) -> Iterator[Token]:
        return iter(self.get_tasks(first_task, **wanted))

    def get_next_task(self, first_task: Token | None = None, **wanted: Any) -> Any:
        found = self.get_tasks(first_task, **wanted)
        if found:
            return found[0]
        name, state = wanted.get("spec_name"), wanted.get("state", TaskState.ANY_MASK)
        if state & TaskState.PREDICTED_MASK and name in self._reachable():
            return Ahead(self, self.spec.task_specs[name])
        return None

    def _reachable(self) -> set[str]:
        """Name the nodes of the process that a token may still come to."""
        found: set[str] = set()
        waiting = [token.task_spec for token in self.tasks.values() if not token.finished]
        while waiting:
            for spec in waiting.pop().outputs:
                if spec.name not in found:
                    found.add(spec.name)
                    waiting.append(spec)
        return found

    def get_task_from_id(self, task_id: str) -> Token:
        if task_id not in self.history.tokens:
            raise TaskNotFoundException(f"no task {task_id}", task_spec=self.spec)
        return self.history.tokens[task_id]

    def run_task_from_id(self, task_id: str) -> None:
        token = self.get_task_from_id(task_id)
        self.begin_step()
        if token.finished:
            return  # interrupted since the test listed what is open
        if token.task_spec.manual:
            self.complete_manual(task_id, {})
        else:
            token.run()

    def get_subprocess(self, my_task: Token) -> Any:
        return self.history.scopes.get(my_task.id)

    def is_completed(self) -> bool:
        return self.ended

    def reset_from_task_id(self, *_: Any, **__: Any) -> None:
        raise NotOffered("reset")

    def get_dump(self) -> str:
        return "\n".join(f"{one.id} {one.task_spec.name}" for one in self.get_tasks())

    @property
    def script_engine(self) -> Any:
        return self._scripts

    @script_engine.setter
    def script_engine(self, library: Any) -> None:
        self._scripts = library if isinstance(library, ForeignScripts) else ForeignScripts(library)

    @property
    def last_task(self) -> Token | None:
        return self.journal.last

    @last_task.setter
    def last_task(self, _: object) -> None:
        pass

    # saving

    def saved_and_read(self) -> "ForeignCase":
        """Go through bytes, as every case does between two steps."""
        self.begin_step()
        state = encode(self)
        read = decode(state, self.deployment, now())
        read.__class__ = ForeignCase
        read.history, last = self.history, self.journal.last
        read._dress(self._scripts.library)
        read.journal.last = last
        read.thrown = self.thrown
        for scope in (read, *read.subprocesses.values()):
            if scope is not read:
                scope.__class__ = ForeignScope
                read.history.scopes[scope.holder.id] = scope
            for token in scope.tasks.values():
                token.__class__ = ForeignToken
                read.history.tokens[token.id] = token
        if encode(read) != state:
            raise AssertionError("A case that was read back is saved as something else.")
        return read

    # how it moves

    def begin_step(self) -> None:
        """Begin as the engine's door does: with the time, and with no steps behind."""
        self.now = now()
        self._steps = 0
        self._began = time.thread_time()

    def look_at_conditions(self) -> None:
        """Let conditional events look without going on, as the library does after each task."""
        for token, wait, _ in self.waits():
            if isinstance(wait, ConditionWait) and not token.finished:
                token.task_spec._update(token)

    def _run(self, token: Token) -> None:
        will, did = self.watchers
        if will is not None:
            will(token)
        super()._run(token)
        if did is not None:
            did(token)

    def _answer_services(self) -> bool:
        calls = pending_calls(self)
        for call in calls:
            token = self.get_task_from_id(call.task_id)
            theirs = token.task_spec.operation_params
            answer = self.script_engine.call_service(
                token,
                operation_name=call.operator,
                operation_params={
                    name: {"value": value, "type": theirs[name]["type"]}
                    for name, value in call.parameters.items()
                },
            )
            self.finish_service(call.task_id, json.loads(answer))
        return bool(calls)

    def _hand_on_messages(self) -> bool:
        messages, self.journal.messages = self.journal.messages, []
        for message in messages:
            try:
                self.receive(message.name, message.payload, dict(message.correlation))
            except TaskDone:
                self.thrown.append(unheard(message))
        return bool(messages)
