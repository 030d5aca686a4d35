"""Verlauf: every token a case ever had, which the engine itself forgets.

The library keeps what is finished in its tree, and its tests look there.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from SpiffWorkflow.bpmn.util.task import BpmnTaskFilter

from app.engine.runtime.token import Token


class History:
    """Tokens by id, with where they came from."""

    def __init__(self) -> None:
        self.tokens: dict[str, Token] = {}
        self.scopes: dict[str, Any] = {}
        self.origins: dict[str, str | None] = {}
        self._below: defaultdict[str, list[str]] = defaultdict(list)
        self._roots: dict[str, str] = {}

    def note(self, token: Token, parent: Token | None) -> None:
        """Take in a new token."""
        self.tokens[token.id] = token
        self.origins[token.id] = parent.id if parent is not None else None
        if parent is not None:
            self._below[parent.id].append(token.id)
        elif (holder := getattr(token.workflow, "holder", None)) is not None:
            self._roots[holder.id] = token.id

    def walk(self, first: Token, end_at_spec: str | None = None) -> Iterator[Token]:
        """Give a token and all that came after it: depth first, subprocesses before."""
        waiting = [first.id]
        while waiting:
            token = self.tokens[waiting.pop()]
            yield token
            if token.task_spec.name == end_at_spec:
                continue
            waiting += reversed(self._below[token.id])
            if token.id in self._roots:
                waiting.append(self._roots[token.id])

    def select(
        self, first: Token, end_at_spec: str | None = None, task_filter: Any = None, **wanted: Any
    ) -> list[Token]:
        """Give those that the library's filter lets pass."""
        for unknown in ("skip_subprocesses", "workflow", "depth_first", "max_depth"):
            wanted.pop(unknown, None)
        passes = task_filter or BpmnTaskFilter(**wanted)
        return [token for token in self.walk(first, end_at_spec) if passes.matches(token)]

    def path(self, token: Token) -> Iterator[Token]:
        """Give what a token came from, nearest first, out of subprocesses too."""
        while True:
            origin = self.origins.get(token.id)
            if origin is None:
                holder = getattr(token.workflow, "holder", None)
                if holder is None:
                    return
                origin = holder.id
            token = self.tokens[origin]
            yield token
