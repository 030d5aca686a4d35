"""Laufender Prozess: moves tokens, fires timers in their order, never loops for ever."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.util.task import TaskState

from app.engine.deployment import Deployment
from app.engine.environment import ExpressionEngine, element_of
from app.engine.journal import Journal
from app.engine.pruning import prune
from app.engine.token import READY, STARTED, WAITING, Token
from app.engine.waiting import ErrorWait, Memory, MessageWait, TimerWait, Wait, waits_of
from app.errors import Incident, TaskDone
from app.expressions.fault import ExpressionFault

MAX_STEPS = 2_000
MAX_TOKENS = 5_000
PRUNE_EVERY = 100


class FlatScope:
    """Replaces walks over the tree by a look at the flat table of tokens."""

    tasks: dict[str, Token]
    spec: Any
    task_tree: Token
    completed: bool
    success: bool

    def plant(self) -> None:
        """Put the first token at the start."""
        self.task_tree = Token(self, self.spec.start)
        self.spec.start._predict(self.task_tree, mask=TaskState.NOT_FINISHED_MASK)
        self.task_tree._ready()

    def update_waiting_tasks(self) -> None:
        """Let everything that waits look whether it may go on."""
        for token in list(self.tasks.values()):
            if token._state == WAITING:
                token.task_spec._update(token)

    def cancel(self, success: bool = False) -> None:
        """Stop everything in here."""
        self.success, self.completed = success, True
        for token in list(self.tasks.values()):
            if token.id in self.tasks and not token.finished:
                token.cancel()

    def _mark_complete(self, _: Token) -> None:
        self.completed = True


class SubScope(FlatScope, BpmnSubWorkflow):  # type: ignore[misc] # untyped library
    """A running subprocess."""


class CaseWorkflow(FlatScope, BpmnWorkflow):  # type: ignore[misc] # untyped library
    """One case while it is being moved; ``now`` is aware, ``case_data`` belongs to it alone.

    ``horizon`` is the time up to which timers count as due; it follows them one by one, so that
    an earlier timer can prevent a later one although both are overdue.
    """

    def __init__(
        self,
        deployment: Deployment,
        now: datetime,
        case_data: dict[str, Any],
        *,
        done: list[str],
        tokens: int = 0,
    ) -> None:
        self.deployment = deployment
        self.now = now
        self.case_data = case_data
        self.tokens = tokens
        self.horizon = datetime.min.replace(tzinfo=UTC)
        self.journal = Journal(deployment.nodes, done)
        self.current: Token | None = None
        self._steps = 0
        super().__init__(
            deployment.specs.process,
            deployment.specs.subprocesses,
            script_engine=ExpressionEngine(now),
            deserializing=True,
        )

    def next_token_id(self) -> str:
        """Count up within the case.

        :raises Incident: too much happens at the same time.
        """
        self.tokens += 1
        if sum(len(scope.tasks) for scope in (self, *self.subprocesses.values())) > MAX_TOKENS:
            raise Incident(self._place(), "Zu viele Wege laufen gleichzeitig.")
        return f"t{self.tokens}"

    def create_subprocess(self, my_task: Token, spec_name: str) -> SubScope:
        """Begin a subprocess at a token."""
        scope = self.restore_subprocess(my_task.id, spec_name)
        scope.plant()
        return scope

    def restore_subprocess(self, token_id: str, spec_name: str) -> SubScope:
        """Make room for a subprocess that belongs to a token; it has no tokens yet."""
        spec = self.subprocess_specs[spec_name]
        scope = SubScope(spec, token_id, self, deserializing=True)
        self.subprocesses[token_id] = scope
        return scope

    def scopes(self) -> list[Any]:
        """List running subprocesses, innermost first, then the process itself."""
        inner = [scope for scope in self.subprocesses.values() if not scope.completed]
        return [*sorted(inner, key=attrgetter("depth"), reverse=True), self]

    def living(self) -> Iterator[Token]:
        """All tokens that are not finished, those of the process first."""
        for scope in reversed(self.scopes()):
            for token in scope.tasks.values():
                if not token.finished:
                    yield token

    @property
    def ended(self) -> bool:
        """Whether an end was reached and nothing is left to do."""
        return self.completed and next(self.living(), None) is None

    def advance(self) -> None:
        """Move everything that needs nobody, then fire what is due, until nothing moves.

        :raises Incident: it does not come to rest.
        """
        self._run_ready()
        while (due := self._next_due()) is not None and due <= self.now:
            self._count(None)
            self.horizon = max(self.horizon, due)
            for scope in self.scopes():
                scope.update_waiting_tasks()
            self._run_ready()
        prune(self)

    def complete_manual(self, token_id: str, changes: dict[str, Any]) -> None:
        """Do a person's task; ``changes`` replace top-level keys of the data.

        :raises TaskDone: that task is not open.
        """
        token = self._living_token(token_id)
        if token._state != READY or not token.task_spec.manual:
            raise TaskDone(token_id)
        self.case_data.update(changes)
        self._run(token)

    def finish_service(self, token_id: str, value: Any) -> None:
        """Take a connector's result.

        :raises TaskDone: that service task does not wait.
        """
        token = self._called_token(token_id)
        if token.task_spec.result_name:
            self.case_data[token.task_spec.result_name] = value
        self.current = token
        token.complete()

    def fail_service(self, token_id: str, error_code: str) -> None:
        """Go on at the nearest error boundary event that catches the code.

        :raises TaskDone: that service task does not wait.
        :raises Incident: nothing catches it.
        """
        failed = self._called_token(token_id)
        token: Token | None = failed
        while token is not None:
            catcher = self._catcher(token, error_code)
            if catcher is not None:
                catcher.internal_data["fired"] = True
                catcher.task_spec._update(catcher)
                return
            above = token.workflow.parent_task_id
            token = self.get_task_from_id(above) if above is not None else None
        raise Incident(element_of(failed), "Der Dienst ist endgültig fehlgeschlagen.")

    def receive(self, name: str, payload: Any, correlation: dict[str, Any]) -> None:
        """Hand a message to the first wait that matches.

        :raises TaskDone: nothing here waits for it.
        """
        for token, wait, memory in self.waits():
            if isinstance(wait, MessageWait) and wait.message == name:
                carried = {**correlation, **self._carried(wait, payload)}
                if memory["correlation"].items() <= carried.items():
                    memory.update(fired=True, payload=payload)
                    token.task_spec._update(token)
                    return
        raise TaskDone(name)

    def waits(self) -> Iterator[tuple[Token, Wait, Memory]]:
        """Everything that waits for a time, a message or an error."""
        for token in list(self.living()):
            for wait, memory in waits_of(token):
                yield token, wait, memory

    def _carried(self, wait: MessageWait, payload: Any) -> dict[str, Any]:
        values = payload if isinstance(payload, dict) else {"payload": payload}
        carried = {}
        for name, source in wait.theirs.items():
            with suppress(ExpressionFault):  # a message without it does not match, that is all
                carried[name] = self.script_engine.environment.evaluate(source, values)
        return carried

    def _catcher(self, token: Token, error_code: str) -> Token | None:
        split = token.find_ancestor(f"{token.task_spec.name}.BoundaryEventSplit")
        if split is None or token.parent is not split:
            return None
        catching: list[Token] = [
            child
            for child in split.children
            if any(isinstance(wait, ErrorWait) for wait, _ in waits_of(child))
        ]
        for code in (error_code, ""):
            for child in catching:
                if child.task_spec.event_definition.code == code:
                    return child
        return None

    def _living_token(self, token_id: str) -> Token:
        token = next((one for one in self.living() if one.id == token_id), None)
        if token is None:
            raise TaskDone(token_id)
        return token

    def _called_token(self, token_id: str) -> Token:
        token = self._living_token(token_id)
        if token._state != STARTED or "parameters" not in token.internal_data:
            raise TaskDone(token_id)
        return token

    def _next_due(self) -> datetime | None:
        return min(
            (wait.due(memory) for _, wait, memory in self.waits() if isinstance(wait, TimerWait)),
            default=None,
        )

    def _run_ready(self) -> None:
        moved = True
        while moved:
            moved = False
            for scope in self.scopes():
                moved |= self._run_scope(scope)

    def _run_scope(self, scope: Any) -> bool:
        moved = False
        while ready := [
            token
            for token in scope.tasks.values()
            if token._state == READY and not token.task_spec.manual
        ]:
            moved = True
            for token in ready:
                if token._state == READY:
                    self._run(token)
        if scope is not self and scope.completed:
            above = self.get_task_from_id(scope.parent_task_id)
            if above._state == STARTED:
                above._set_state(READY)
                moved = True
        return moved

    def _run(self, token: Token) -> None:
        self._count(token)
        token.run()
        if self._steps % PRUNE_EVERY == 0:
            prune(self)

    def _count(self, token: Token | None) -> None:
        self.current = token or self.current
        self._steps += 1
        if self._steps > MAX_STEPS:
            message = "Der Prozess läuft im Kreis, ohne auf jemanden zu warten."
            raise Incident(self._place(), message)

    def _place(self) -> str:
        return element_of(self.current) if self.current else self.deployment.process_id
