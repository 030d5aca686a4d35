"""Aufräumen: forgets tokens that can no longer matter, so that a case never grows with its past."""

from typing import Any

from app.engine.joins import BoundaryJoin


def prune(top: Any) -> None:
    """Take finished tokens out of the tree and finished subprocesses out of the case."""
    for token_id, scope in list(top.subprocesses.items()):
        holders = (top, *top.subprocesses.values())
        above = next((one.tasks[token_id] for one in holders if token_id in one.tasks), None)
        if above is None or above.finished:
            del top.subprocesses[token_id]
            scope.tasks.clear()
    for scope in (top, *top.subprocesses.values()):
        _prune_scope(scope)


def _prune_scope(scope: Any) -> None:
    needed = _boundaries_in_use(scope)
    tokens = scope.tasks
    for token in list(tokens.values()):
        if token._parent is None or not token.finished or token.id in needed:
            continue
        parent = tokens[token._parent]
        place = parent._children.index(token.id)
        parent._children[place : place + 1] = token._children
        for child in token._children:
            tokens[child]._parent = parent.id
        del tokens[token.id]
    scope.last_task = None


def _boundaries_in_use(scope: Any) -> set[str]:
    """Tokens that a boundary join will still ask about: where it began and what hangs there."""
    needed: set[str] = set()
    for token in scope.tasks.values():
        if isinstance(token.task_spec, BoundaryJoin) and not token.finished:
            split = token.task_spec.split_of(token)
            if split is not None:
                needed.update((split.id, *split._children))
    return needed
