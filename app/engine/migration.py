"""Umstellung: a running case goes on with another version of its process."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from app.engine.deployment import Deployment
from app.engine.forecast import new_name
from app.engine.runtime.boundary import Boundary, Guard, Trigger
from app.engine.runtime.elements import Catch, Receive
from app.engine.runtime.joins import EventChoice
from app.engine.runtime.pruning import prune
from app.engine.runtime.token import COMPLETED, WAITING, Token
from app.engine.runtime.waiting import MessageWait, Wait
from app.engine.runtime.workflow import CaseWorkflow

_WAITING = (Boundary, Catch, Receive)


def migrate(
    case: CaseWorkflow, new: Deployment, mapping: Mapping[str, str], now: datetime
) -> CaseWorkflow:
    """Rebuild a case on a new version for which the forecast is safe.

    Tokens stay where they are and keep what they wait for, deadlines included. Waits that only
    the new version has begin ``now``, those that it no longer has end.
    """
    prune(case)
    moved = CaseWorkflow(
        new,
        now,
        case.case_data,
        done=[element for element in case.journal.done if element in new.nodes],
        tokens=case.token_count,
    )
    _Move(case, moved, mapping).run()
    for token_id, scope in case.subprocesses.items():
        holder = next(token for token in moved.living() if token.id == token_id)
        inside = moved.restore_subprocess(holder, holder.task_spec.spec)
        _Move(scope, inside, mapping).run()
    return moved


class _Move:
    """Moves the tokens of one scope."""

    def __init__(self, source: Any, target: Any, mapping: Mapping[str, str]) -> None:
        self.source = source
        self.target = target
        self.mapping = mapping
        self.places: dict[str, Token | None] = {}  # old token id: where its children belong
        self.restarted: list[Token] = []

    def run(self) -> None:
        """Move all, then begin what only the new version waits for."""
        for token in self.source.tasks.values():
            self._move(token)
        self.target.task_tree = next(iter(self.target.tasks.values()))
        for token in list(self.target.tasks.values()):
            if not token.finished and not isinstance(token.task_spec, Boundary):
                self._guard(token)
        for token in list(self.target.tasks.values()):
            if isinstance(token.task_spec, Guard):
                names = token.task_spec._outputs[1:]
                self._add_missing(token, names, self._beside_before(token.task_spec))
        if not self._is_interrupted():
            self._add_missing(
                self.target.task_tree, _triggers(self.target.spec), _triggers(self.source.spec)
            )
        for token in self.restarted:
            token.task_spec._update(token)

    def _move(self, token: Token) -> None:
        parent = None if token._parent is None else self.places[token._parent]
        spec = self.target.spec.task_specs.get(new_name(token, self.target.spec, self.mapping))
        if spec is None or not _belongs(token, spec, parent):
            self.places[token.id] = parent  # a guard or a wait that the new version does not have
            return
        memory = _memory(token, spec)
        moved = Token.restore(self.target, token.id, spec, token._state, memory or {})
        if memory is None or (isinstance(spec, EventChoice) and not moved.finished):
            self.restarted.append(moved)
        _hang(moved, parent)
        self.places[token.id] = moved

    def _guard(self, token: Token) -> None:
        """Put a guard above a task that has got its first boundary event."""
        spec = self.target.spec.task_specs.get(f"{token.task_spec.name}.BoundaryEventSplit")
        if spec is None or token.guard is not None:
            return
        parent = token.parent
        guard = Token(self.target, spec, None, COMPLETED)
        _hang(guard, parent)
        parent._children.remove(token.id)
        _hang(token, guard)
        waiting = [token]
        while waiting:  # parents come first
            one = waiting.pop(0)
            self.target.tasks[one.id] = self.target.tasks.pop(one.id)
            waiting += one.children

    def _beside_before(self, guard: Guard) -> set[str]:
        """Names of what stood beside the same task before, as they are called now."""
        host = guard._outputs[0]
        former = next((old for old, new in self.mapping.items() if new == host), host)
        spec = self.source.spec.task_specs.get(f"{former}.BoundaryEventSplit")
        return set() if spec is None else {self.mapping.get(one, one) for one in spec._outputs}

    def _is_interrupted(self) -> bool:
        """Tell whether an event part has ended all else, so that nothing new may wait."""
        specs = self.target.spec.task_specs
        triggers = (
            specs.get(f"{one.task_spec.name}.Trigger") for one in self.target.tasks.values()
        )
        return any(one is not None and one.cancel_activity for one in triggers)

    def _add_missing(self, above: Token, names: Iterable[str], before: set[str]) -> None:
        present = {child.task_spec.name for child in above.children}
        for name in names:
            if name not in present and name not in before:
                self.restarted.append(above.add(self.target.spec.task_specs[name]))


def _triggers(process: Any) -> set[str]:
    return {name for name, spec in process.task_specs.items() if isinstance(spec, Trigger)}


def _belongs(token: Token, spec: Any, parent: Token | None) -> bool:
    """Tell whether a wait beside something still waits beside the same thing."""
    if not isinstance(token.task_spec, Boundary):
        return True
    if type(spec) is not type(token.task_spec):
        return False
    if isinstance(spec, Trigger):
        return True
    return (
        parent is not None
        and isinstance(parent.task_spec, Guard)
        and parent.task_spec.guards(spec.name)
    )


def _hang(token: Token, parent: Token | None) -> None:
    if parent is not None:
        token._parent = parent.id
        parent._children.append(token.id)


def _memory(token: Token, spec: Any) -> dict[str, Any] | None:
    """Give what a token remembers, or None where it has to begin to wait anew."""
    old = token.task_spec
    if isinstance(old, EventChoice) and token._state == WAITING:
        return {"waits": _choice_memories(token, spec)}
    if isinstance(old, _WAITING) and not _same(old.event_definition, spec.event_definition):
        return None
    return dict(token.internal_data)


def _choice_memories(token: Token, spec: EventChoice) -> list[dict[str, Any]]:
    old = token.task_spec
    before = {
        name: (wait, memory)
        for name, wait, memory in zip(old._outputs, old.waits, old.memories(token), strict=True)
    }
    memories = []
    for name, wait in zip(spec._outputs, spec.waits, strict=True):
        was, memory = before.get(name, (None, {}))
        memory = dict(memory) if was is not None and _same(was, wait) else {}
        memories.append(memory)
    return memories


def _same(old: Wait, new: Wait) -> bool:
    """Tell whether a wait may go on as it has begun."""
    if isinstance(old, MessageWait) and isinstance(new, MessageWait):
        return (old.message, old.own) == (new.message, new.own)
    return type(old) is type(new)
