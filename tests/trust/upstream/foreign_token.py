"""Fremde Marke: a token that the library's tests can hold, fill and run like its own tasks."""

from collections import ChainMap
from typing import Any, Self

from SpiffWorkflow.util.task import TaskState

from app.engine.runtime.token import FUTURE, READY, STARTED, Token


class NotOffered(Exception):
    """A test asks for something that the engine does not do at all."""


class ForeignToken(Token):
    """Tells the case that it came into being, and the spec's listeners what happens to it."""

    def __init__(
        self, workflow: Any, task_spec: Any, parent: Self | None = None, state: int = FUTURE
    ) -> None:
        super().__init__(workflow, task_spec, parent, state)
        workflow.top_workflow.history.note(self, parent)

    @property
    def data(self) -> Any:
        """Data the token sees; what a test puts in its place goes where the token writes."""
        return self.__dict__["data"]

    @data.setter
    def data(self, value: Any) -> None:
        here = self.__dict__.get("data")
        if here is None or isinstance(value, ChainMap) or value is self.workflow.data_scope:
            self.__dict__["data"] = value
        else:
            value = dict(value)
            here.clear()
            here.update(value)

    def run(self) -> bool | None:
        """Run as the engine does, and answer as the library does."""
        if self._state & TaskState.PREDICTED_MASK:
            raise NotOffered("a token that has yet to arrive")
        top = self.workflow.top_workflow
        top.begin_step()
        top.current = self
        super().run()
        top.look_at_conditions()
        return None if self._state == STARTED else True

    def complete(self) -> None:
        """Tell listeners."""
        super().complete()
        self.task_spec.completed_event.emit(self.workflow, self)

    def reset_branch(self, _: Any) -> Any:
        raise NotOffered("reset")

    def trigger(self, *_: Any) -> None:
        raise NotOffered("trigger")

    def _set_state(self, value: int) -> None:
        was = self._state
        super()._set_state(value)
        if value == READY and was != READY:
            self.task_spec.ready_event.emit(self.workflow, self)


class Ahead:
    """Stands for a node that nothing has reached, which the library would have predicted.

    Once a token arrives there, it is that token.
    """

    def __init__(self, case: Any, task_spec: Any) -> None:
        self._case, self.task_spec = case, task_spec
        self._before: dict[str, Any] = {
            "workflow": case,
            "state": FUTURE,
            "id": f"ahead of {task_spec.name}",
            "data": {},
            "internal_data": {},
            "children": [],
            "parent": None,
        }

    def __getattr__(self, name: str) -> Any:
        arrived = self._case.get_tasks(spec_name=self.task_spec.name)
        return getattr(arrived[0], name) if arrived else self._before[name]
