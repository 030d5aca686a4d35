"""Marke: one place in a running process; what follows it is made when it is passed."""

from collections import ChainMap
from collections.abc import MutableMapping
from typing import Any, Self

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

FUTURE, READY = TaskState.FUTURE, TaskState.READY
WAITING, STARTED = TaskState.WAITING, TaskState.STARTED
COMPLETED, CANCELLED = TaskState.COMPLETED, TaskState.CANCELLED
FINISHED = TaskState.FINISHED_MASK

Data = MutableMapping[str, Any]


class Token(Task):  # type: ignore[misc] # untyped library
    """A task of the library without predictions, copies of data, recursion and logging.

    All tokens of a case share its one data dictionary, so that parallel branches see each
    other's results; only an instance of a repeated task has a layer of its own above it
    (:meth:`separate`). ``id`` counts up within the case.
    """

    _state: int
    data: Data
    ways: list[Any] | None = None  # where to go on; None: everywhere
    triggered = False
    thread_id = 0
    last_state_change = 0.0

    def __init__(
        self, workflow: Any, task_spec: Any, parent: Self | None = None, state: int = FUTURE
    ) -> None:
        self.id = workflow.top_workflow.next_token_id()
        self.workflow, self.task_spec = workflow, task_spec
        self._parent = None
        self._children: list[str] = []
        self._state = state
        self.internal_data: dict[str, Any] = {}
        self.data = workflow.data_scope
        workflow.tasks[self.id] = self
        if parent is not None:
            self._parent = parent.id
            parent._children.append(self.id)

    @classmethod
    def restore(
        cls, workflow: Any, key: str, spec: Any, state: int, memory: dict[str, Any]
    ) -> Self:
        """Rebuild a token from its parts; the caller links it to its parent."""
        token = cls.__new__(cls)
        token.id, token.workflow, token.task_spec = key, workflow, spec
        token._state, token.internal_data = state, memory
        token._parent, token._children = None, []
        token.data = workflow.data_scope
        if "local" in memory:
            token.separate(memory["local"])
        workflow.tasks[key] = token
        return token

    def separate(self, local: dict[str, Any]) -> None:
        """Give the token data of its own; what it does not have is read from around it."""
        self.internal_data["local"] = local
        self.data = ChainMap(local, self.workflow.data_scope)

    @property
    def finished(self) -> bool:
        """Whether nothing more will happen here."""
        return bool(self._state & FINISHED)

    @property
    def number(self) -> int:
        """Place in the order in which the tokens of a case came into being."""
        return int(self.id[1:])

    @property
    def guard(self) -> Self | None:
        """Token that set out this task together with the events at its boundary."""
        parent: Self | None = self.parent
        guards = getattr(parent.task_spec, "guards", None) if parent is not None else None
        return parent if guards is not None and guards(self.task_spec.name) else None

    def add(self, spec: Any) -> Self:
        """Put a token that has yet to arrive below this one."""
        return type(self)(self.workflow, spec, self)

    def run(self) -> None:
        """Do what stands here, then go on unless it has to wait for an answer.

        What it throws may end it: then it has happened, but nothing follows.
        """
        result = self.task_spec._run_hook(self)
        if self.finished:
            self.workflow.top_workflow.journal.completed(self)
        elif result is None:
            self._set_state(STARTED)
        else:
            self.complete()

    def complete(self) -> None:
        """Note the completion, then go on to what follows."""
        scope, spec = self.workflow, self.task_spec
        self._state = COMPLETED
        scope.top_workflow.journal.completed(self)
        spec._on_complete_hook(self)
        if scope.completed:
            return
        following = [self.add(one) for one in (spec.outputs if self.ways is None else self.ways)]
        for child in following:
            if child._state == FUTURE:
                child.task_spec._update(child)
        parent = self.parent
        came_back = getattr(parent.task_spec, "came_back", None) if parent is not None else None
        if came_back is not None:
            came_back(parent, self)
        scope.went_on(self)

    def cancel(self) -> None:
        """Stop this token and all below it, with everything that runs inside."""
        top = self.workflow.top_workflow
        waiting = [self]
        while waiting:
            token = waiting.pop()
            waiting += token.children
            if not token.finished:
                token._state = CANCELLED
                top.close_subprocess(token.id)

    def _ready(self) -> None:
        if not self.finished:
            self._set_state(READY)

    def _inherit_data(self) -> None:
        pass

    def _set_state(self, value: int) -> None:
        if value == self._state:
            return
        self._state = value
        if value == READY and self.task_spec.manual:
            self.workflow.top_workflow.journal.opened(self)
