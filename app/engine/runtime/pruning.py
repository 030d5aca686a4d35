"""Aufräumen: forgets tokens that can no longer matter, so that a case never grows with its past."""

from typing import Any


def prune(top: Any) -> None:
    """Take finished tokens out of the tree and finished subprocesses out of the case."""
    for token_id, scope in list(top.subprocesses.items()):
        if scope.holder.finished:
            del top.subprocesses[token_id]
    for scope in (top, *top.subprocesses.values()):
        _prune_scope(scope)


def _prune_scope(scope: Any) -> None:
    tokens = scope.tasks
    guards = {
        guard.id for token in tokens.values() if not token.finished and (guard := token.guard)
    }
    for token in list(tokens.values()):
        if token._parent is None or not token.finished or token.id in guards:
            continue
        parent = tokens[token._parent]
        place = parent._children.index(token.id)
        parent._children[place : place + 1] = token._children
        for child in token._children:
            tokens[child]._parent = parent.id
        del tokens[token.id]
    scope.last_task = None
