"""Marke: one place in a running process, with short ids and the data of the whole case."""

from typing import Any, Self

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

READY, WAITING, STARTED = TaskState.READY, TaskState.WAITING, TaskState.STARTED
COMPLETED, FUTURE = TaskState.COMPLETED, TaskState.FUTURE
FINISHED, DEFINITE = TaskState.FINISHED_MASK, TaskState.DEFINITE_MASK
PREDICTED = TaskState.PREDICTED_MASK


class Token(Task):  # type: ignore[misc] # untyped library
    """A task of the library without copies of data, without recursion and without logging.

    All tokens of a case share its one data dictionary, so that parallel branches see each
    other's results. ``id`` counts up within the case.
    """

    _state: int

    def __init__(
        self, workflow: Any, task_spec: Any, parent: Self | None = None, state: int = FUTURE
    ) -> None:
        top = workflow.top_workflow
        super().__init__(workflow, task_spec, parent, state, id=top.next_token_id())
        self.data = top.case_data

    @classmethod
    def restore(
        cls, workflow: Any, key: str, spec: Any, state: int, memory: dict[str, Any]
    ) -> Self:
        """Rebuild a token from its parts; the caller links it to its parent."""
        token = cls.__new__(cls)
        token.id, token.workflow, token.task_spec = key, workflow, spec
        token._state, token.internal_data = state, memory
        token._parent, token._children = None, []
        token.data = workflow.top_workflow.case_data
        token.triggered, token.thread_id, token.last_state_change = False, 0, 0.0
        workflow.tasks[key] = token
        return token

    @property
    def finished(self) -> bool:
        """Whether nothing more will happen here."""
        return bool(self._state & FINISHED)

    @property
    def arrived(self) -> bool:
        """Whether the process has come here and not gone on, which predictions have not."""
        if not self._state & DEFINITE:
            return False
        return self._state != FUTURE or self.parent is None or self.parent._state == COMPLETED

    def complete(self) -> None:
        """Note the completion, then go on to what follows."""
        self.workflow.top_workflow.journal.completed(self)
        super().complete()

    def find_ancestor(self, spec_name: str) -> Self | None:
        """Find the nearest token above that stands at a node."""
        above: Self | None = self.parent
        while above is not None and above.task_spec.name != spec_name:
            above = above.parent
        return above

    def is_descendant_of(self, task: Self) -> bool:
        """Tell whether ``task`` lies on the way to the root."""
        above: Self | None = self.parent
        while above is not None and above is not task:
            above = above.parent
        return above is task

    def _add_child(self, task_spec: Any, state: int = TaskState.MAYBE) -> Self:
        return type(self)(self.workflow, task_spec, self, state)

    def _inherit_data(self) -> None:
        self.data = self.workflow.top_workflow.case_data

    def _set_state(self, value: int) -> None:
        if value == self._state:
            return
        self._state = value
        if value == READY and self.task_spec.manual:
            self.workflow.top_workflow.journal.opened(self)


class NoLookahead:
    """Mixed into gateways: what follows them is not predicted but made when they are passed.

    Predictions would double with every gateway; nothing here needs them beyond the next one.
    """

    def _predict_hook(self, my_task: Token) -> None:
        pass


def go_to(token: Token, specs: list[Any]) -> None:
    """Let a gateway's token go on to these nodes alone."""
    token._sync_children(specs, FUTURE)
    for child in token.children:
        child.task_spec._predict(child, mask=FUTURE | PREDICTED)
