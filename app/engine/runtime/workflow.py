"""Laufender Prozess: moves tokens, fires timers in their order, never loops for ever."""

from collections.abc import Iterator
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any

from SpiffWorkflow.bpmn import BpmnWorkflow

from app.engine.deployment import Deployment
from app.engine.runtime.boundary import interrupts
from app.engine.runtime.budget import Budget
from app.engine.runtime.delivery import Delivery
from app.engine.runtime.environment import ExpressionEngine, element_of
from app.engine.runtime.joins import InclusiveJoin
from app.engine.runtime.journal import Journal
from app.engine.runtime.pruning import prune
from app.engine.runtime.scope import FlatScope, SubScope
from app.engine.runtime.token import READY, STARTED, WAITING, Token
from app.engine.runtime.waiting import (
    ConditionWait,
    ErrorWait,
    Memory,
    TimerWait,
    Wait,
    waits_of,
)
from app.errors import Incident, TaskDone

MAX_STEPS = 5_000
MAX_TOKENS = 5_000
MAX_DEPTH = 20
PRUNE_EVERY = 100


class CaseWorkflow(Delivery, FlatScope, BpmnWorkflow):  # type: ignore[misc] # untyped library
    """One case while it is being moved; ``now`` is aware, ``case_data`` belongs to it alone.

    ``horizon`` is the time up to which timers count as due; it follows them one by one, so that
    an earlier timer can prevent a later one although both are overdue.
    """

    subprocesses: dict[str, SubScope]

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
        self.case_data = self.data_scope = case_data
        self.token_count = tokens
        self.horizon = datetime.min.replace(tzinfo=UTC)
        self.journal = Journal(deployment.nodes, done)
        self.current: Token | None = None
        self._steps = 0
        self._budget = Budget()
        super().__init__(
            deployment.specs.process,
            deployment.specs.subprocesses,
            script_engine=ExpressionEngine(now, self._budget),
            deserializing=True,
        )

    def next_token_id(self) -> str:
        """Count up within the case.

        :raises Incident: too much happens at the same time.
        """
        self.token_count += 1
        if sum(len(scope.tasks) for scope in (self, *self.subprocesses.values())) > MAX_TOKENS:
            raise Incident(self._place(), "Zu viele Wege laufen gleichzeitig.")
        return f"t{self.token_count}"

    def create_subprocess(self, my_task: Token, spec_name: str) -> SubScope:
        """Begin a subprocess at a token.

        :raises Incident: subprocesses call each other without end.
        """
        scope = self.restore_subprocess(my_task, spec_name)
        if scope.depth > MAX_DEPTH:
            raise Incident(element_of(my_task), "Prozesse rufen sich ohne Ende gegenseitig auf.")
        scope.plant()
        return scope

    def restore_subprocess(self, holder: Token, spec_name: str) -> SubScope:
        """Make room for a subprocess that belongs to a token; it has no tokens yet."""
        scope = self.subprocesses[holder.id] = SubScope(
            self.subprocess_specs[spec_name], holder, self
        )
        return scope

    def close_subprocess(self, holder_id: str) -> None:
        """Stop what runs inside a token, if anything."""
        scope = self.subprocesses.pop(holder_id, None)
        if scope is not None:
            scope.completed = True
            scope.cancel_tokens()

    def scopes(self) -> list[Any]:
        """List running subprocesses, innermost first, then the process itself."""
        return [*sorted(self._parts(), key=attrgetter("depth"), reverse=True), self]

    def _parts(self) -> list[SubScope]:
        return [scope for scope in self.subprocesses.values() if not scope.completed]

    def living(self) -> Iterator[Token]:
        """All tokens that are not finished, those of the process first."""
        for scope in (self, *sorted(self._parts(), key=attrgetter("depth"))):
            for token in scope.tasks.values():
                if not token.finished:
                    yield token

    @property
    def ended(self) -> bool:
        """Whether an end was reached and nothing is left to do."""
        return self.completed and next(self.living(), None) is None

    def terminate(self) -> None:
        """End the whole process."""
        for token_id in list(self.subprocesses):
            self.close_subprocess(token_id)
        super().terminate()

    def advance(self) -> None:
        """Move everything that needs nobody, then fire what is due, until nothing moves.

        :raises Incident: it does not come to rest.
        """
        self._settle()
        while (due := self._next_due()) is not None and due <= self.now:
            self._count(None)
            self.horizon = max(self.horizon, due)
            for token in self._waiting_for(TimerWait):
                token.task_spec._update(token)
            self._settle()
        prune(self)

    def complete_manual(self, token_id: str, changes: dict[str, Any]) -> None:
        """Do a person's task; ``changes`` replace top-level keys of the data.

        :raises TaskDone: that task is not open.
        """
        token = self._living_token(token_id)
        if token._state != READY or not token.task_spec.manual:
            raise TaskDone(token_id)
        token.data.update(changes)
        self._run(token)

    def finish_service(self, token_id: str, value: Any) -> None:
        """Take a connector's result.

        :raises TaskDone: that service task does not wait.
        """
        token = self._called_token(token_id)
        if token.task_spec.result_name:
            token.data[token.task_spec.result_name] = value
        self.current = token
        token.complete()

    def fail_service(self, token_id: str, error_code: str) -> None:
        """Go on at the nearest error event that catches the code.

        :raises TaskDone: that service task does not wait.
        :raises Incident: nothing catches it.
        """
        token = self._called_token(token_id)
        if not self.throw(token, ErrorWait, error_code, None):
            raise Incident(element_of(token), "Der Dienst ist endgültig fehlgeschlagen.")

    def waits(self) -> Iterator[tuple[Token, Wait, Memory]]:
        """Everything that waits for something, but not for a person or a service."""
        for token in list(self.living()):
            for wait, memory in waits_of(token):
                yield token, wait, memory

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

    def _waiting_for(self, kind: type[Wait]) -> Iterator[Token]:
        """Tokens with such a wait, those that would end something last; none that has ended."""
        found = [token for token, wait, _ in self.waits() if isinstance(wait, kind)]
        for token in sorted(dict.fromkeys(found), key=interrupts):
            if token._state == WAITING:
                yield token

    def _next_due(self) -> datetime | None:
        return min(
            (wait.due(memory) for _, wait, memory in self.waits() if isinstance(wait, TimerWait)),
            default=None,
        )

    def _settle(self) -> None:
        """Run what is ready, then what joins and conditions make ready, until nothing moves."""
        moved = True
        while moved:
            while sum(self._run_scope(scope) for scope in self.scopes()):
                pass
            moved = self._pass_inclusive_join()
            for token in () if moved else self._waiting_for(ConditionWait):
                token.task_spec._update(token)
                moved |= token._state == READY

    def _pass_inclusive_join(self) -> bool:
        for token in self.living():
            self._budget.check(self._place())
            if token._state == WAITING and isinstance(token.task_spec, InclusiveJoin):
                token.task_spec._update(token)
                if token._state == READY:
                    return True
        return False

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
        self._budget.check(self._place())

    def _place(self) -> str:
        return element_of(self.current) if self.current else self.deployment.process_id
