"""Vorschau: whether a running case could go on with another version of its process."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from app.engine.deployment import Deployment
from app.engine.runtime.boundary import Boundary, Guard
from app.engine.runtime.elements import SubProcess
from app.engine.runtime.joins import EndJoin, InclusiveJoin, ParallelJoin
from app.engine.runtime.repeating import Repeating
from app.engine.runtime.token import Token
from app.engine.runtime.workflow import CaseWorkflow

Verdict = Literal["safe", "needs_mapping", "must_stay"]

_SUFFIXES = (" [child]", ".BoundaryEventSplit", ".Trigger")
_MAPPABLE = frozenset({"missing", "other_kind"})


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a case cannot simply go on; ``element`` is where it stands in the old version.

    ``choices`` are elements of the new version where it could go on instead.
    """

    element: str
    code: str
    message: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Forecast:
    """What would happen to a case.

    ``safe``: it goes on where it stands, deadlines stay as they are. ``needs_mapping``: somebody
    has to say where it goes on. ``must_stay``: it has to end with its own version.
    """

    verdict: Verdict
    reasons: tuple[Reason, ...]


def forecast(case: CaseWorkflow, new: Deployment, mapping: Mapping[str, str]) -> Forecast:
    """Compare where a case stands with a new version; changes nothing.

    ``mapping`` tells for elements of the old version which one of the new version takes over.
    """
    if case.ended:
        reason = Reason(case.deployment.process_id, "ended", "Der Vorgang ist abgeschlossen.")
        return Forecast("must_stay", (reason,))
    reasons = tuple(_reasons(case, new, mapping))
    if not reasons:
        return Forecast("safe", ())
    can_be_mapped = all(one.code in _MAPPABLE and one.choices for one in reasons)
    return Forecast("needs_mapping" if can_be_mapped else "must_stay", reasons)


def new_name(token: Token, scope: Any, mapping: Mapping[str, str]) -> str:
    """Name of the node in the new ``scope`` that corresponds to where a token stands."""
    name: str = token.task_spec.name
    if isinstance(token.task_spec, EndJoin):
        return str(scope.end.name)
    for suffix in _SUFFIXES:
        if name.endswith(suffix):
            key = name.removesuffix(suffix)
            return mapping.get(key, key) + suffix
    return mapping.get(name, name)


def _reasons(case: CaseWorkflow, new: Deployment, mapping: Mapping[str, str]) -> Iterator[Reason]:
    known = case.deployment.nodes
    waiting: list[tuple[Any, Any]] = [(case, new.specs.process)]
    while waiting:
        scope, there = waiting.pop()
        living = [token for token in scope.tasks.values() if not token.finished]
        for token in living:
            if isinstance(token.task_spec, Boundary | EndJoin):
                continue  # ends with what it waits beside, or is the same everywhere
            spec = there.task_specs.get(new_name(token, there, mapping))
            problem = _problem(token, spec)
            if problem is not None:
                code, message = problem
                choices = _choices(token, there, known)
                yield Reason(token.task_spec.bpmn_id, code, message, choices)
            elif isinstance(spec, SubProcess) and token.id in case.subprocesses:
                waiting.append((case.subprocesses[token.id], new.specs.subprocesses[spec.spec]))
        yield from _joins(there, living, mapping)


def _problem(token: Token, spec: Any) -> tuple[str, str] | None:
    """Tell what keeps a token from standing at a node of the new version."""
    if spec is None:
        return "missing", "Dieses Element gibt es in der neuen Fassung nicht."
    old = token.task_spec
    if type(spec) is not type(old) and not (spec.manual and old.manual):
        return "other_kind", "Dieses Element ist in der neuen Fassung von anderer Art."
    if isinstance(old, Repeating) and spec.loop != old.loop:
        return (
            "other_rounds",
            "Diese Aufgabe wird gerade anders wiederholt als in der neuen Fassung.",
        )
    return None


def _choices(token: Token, there: Any, known: Mapping[str, Any]) -> tuple[str, ...]:
    """List nodes of the same kind, those that are new first."""
    found = [
        spec.bpmn_id
        for spec in there.task_specs.values()
        if spec.bpmn_id and _problem(token, spec) is None
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda key: key in known))


def _joins(there: Any, living: list[Token], mapping: Mapping[str, str]) -> Iterator[Reason]:
    """Find joins that would wait for a token nobody sends any more."""
    moving = [token for token in living if not isinstance(token.task_spec, Boundary | EndJoin)]
    ways = [_reachable(there, new_name(token, there, mapping)) for token in moving]
    for spec in there.task_specs.values():
        if not isinstance(spec, ParallelJoin) or len(spec._inputs) < 2:
            continue
        if not any(spec.name in way for way in ways):
            continue
        lying = {
            token.internal_data["from"]
            for token in moving
            if new_name(token, there, mapping) == spec.name and "from" in token.internal_data
        }
        coming = [
            (way, any(_parts(there.task_specs[name], spec) for name in way))
            for token, way in zip(moving, ways, strict=True)
            if new_name(token, there, mapping) != spec.name
        ]
        if not lying <= set(spec._inputs) or not _all_come(
            [name for name in spec._inputs if name not in lying], coming
        ):
            message = "Hier würde der Vorgang auf einen Weg warten, auf dem niemand mehr kommt."
            yield Reason(spec.bpmn_id, "join", message)


def _parts(spec: Any, join: Any) -> bool:
    """Tell whether one token becomes several at a node."""
    parting = isinstance(spec, ParallelJoin | InclusiveJoin) and spec is not join
    return parting and len(spec._outputs) > 1


def _all_come(wanted: list[str], coming: list[tuple[set[str], bool]]) -> bool:
    """Tell whether each way into a join gets a token of its own.

    ``coming`` gives for each token where it may come to, and whether it parts on the way.
    """
    several = set().union(*(way for way, parts in coming if parts))
    single = [way for way, parts in coming if not parts]
    sender: dict[int, str] = {}

    def find(name: str, tried: set[int]) -> bool:
        for number, way in enumerate(single):
            if name in way and number not in tried:
                tried.add(number)
                if number not in sender or find(sender[number], tried):
                    sender[number] = name
                    return True
        return False

    return all(name in several or find(name, set()) for name in wanted)


def _reachable(there: Any, place: str) -> set[str]:
    """Names of all nodes that a token at a place stands at or may come to."""
    found: set[str] = {place} & there.task_specs.keys()
    guard = there.task_specs.get(f"{place}.BoundaryEventSplit")
    if isinstance(guard, Guard):
        found.update(guard._outputs)
    waiting = list(found)
    while waiting:
        new = [name for name in there.task_specs[waiting.pop()]._outputs if name not in found]
        found.update(new)
        waiting += new
    return found
