"""Bereich: a running process or subprocess, seen as a flat table of tokens."""

from typing import Any

from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow

from app.engine.runtime.joins import JOINS
from app.engine.runtime.token import READY, STARTED, WAITING, Data, Token


class FlatScope:
    """Replaces walks over the tree by a look at the table of tokens.

    ``data_scope`` is what its tokens read and write.
    """

    tasks: dict[str, Token]
    spec: Any
    task_tree: Token
    completed: bool
    data_scope: Data

    def plant(self) -> None:
        """Put the first token at the start."""
        self.task_tree = Token(self, self.spec.start, None, READY)

    def went_on(self, token: Token) -> None:
        """Let joins look whether they may go on; note the end when it is reached."""
        for other in list(self.tasks.values()):
            if other._state == WAITING and isinstance(other.task_spec, JOINS):
                other.task_spec._update(other)
        if token.task_spec.name == "End":
            self.close()

    def terminate(self) -> None:
        """End everything in here as if all ways had come to their end."""
        self.cancel_tokens()
        self.close()

    def cancel_tokens(self) -> None:
        """Stop everything in here."""
        for token in list(self.tasks.values()):
            if not token.finished:
                token.cancel()

    def close(self) -> None:
        """Note that the end is reached."""
        self.completed = True


class SubScope(FlatScope, BpmnSubWorkflow):  # type: ignore[misc] # untyped library
    """A running subprocess; ``holder`` is the token it belongs to."""

    def __init__(self, spec: Any, holder: Token, top: Any) -> None:
        self.holder = holder
        self.data_scope = holder.data
        super().__init__(spec, holder.id, top, deserializing=True)

    def close(self) -> None:
        """Let the token outside go on."""
        super().close()
        if self.holder._state == STARTED:
            self.holder._ready()
