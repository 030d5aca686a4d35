"""Zusammenführungen: where ways meet, counted by tokens and never lost."""

from collections import Counter
from typing import Any

from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin, _EndJoin
from SpiffWorkflow.bpmn.specs.defaults import InclusiveGateway, ParallelGateway

from app.engine.token import WAITING, NoLookahead, Token, go_to
from app.errors import Incident

_MAY_STAY_BEHIND = (BoundaryEventJoin, _EndJoin)


def _wait(token: Token) -> list[Token]:
    """Put a token down at its join and give all that lie there, the oldest first."""
    if "from" not in token.internal_data:
        token.internal_data["from"] = token.parent.task_spec.name
    token._set_state(WAITING)
    return [
        other
        for other in token.workflow.tasks.values()
        if other.task_spec is token.task_spec and other._state == WAITING
    ]


def _merge(token: Token, lying: list[Token], wanted: Counter[str]) -> None:
    """Go on with ``token``; use up the others it needs and leave what is too many."""
    wanted[token.internal_data["from"]] -= 1
    for other in lying:
        if other is not token and wanted[other.internal_data["from"]] > 0:
            wanted[other.internal_data["from"]] -= 1
            other.cancel()


class ParallelJoin(NoLookahead, ParallelGateway):  # type: ignore[misc] # untyped library
    """Goes on when one token lies on every incoming flow; further ones wait for their turn."""

    def _update_hook(self, my_task: Token) -> bool:
        wanted: Counter[str] = Counter(self._inputs)
        if wanted.total() > 1:
            lying = _wait(my_task)
            if wanted - Counter(other.internal_data["from"] for other in lying):
                return False
            _merge(my_task, lying, wanted)
        return True

    def _run_hook(self, my_task: Token) -> bool:
        go_to(my_task, self.outputs)
        return True


class InclusiveJoin(NoLookahead, InclusiveGateway):  # type: ignore[misc] # untyped library
    """Goes on when no other token can reach an incoming flow that has none.

    Source: BPMN 2.0.2, table 13.3. A token that can also reach a flow that already has one does
    not hold it up.
    """

    def _update_hook(self, my_task: Token) -> bool:
        inputs = set(self._inputs)
        if len(inputs) > 1:
            lying = _wait(my_task)
            served = {other.internal_data["from"] for other in lying}
            if any(self._may_come(other, inputs - served, served) for other in _moving(my_task)):
                return False
            _merge(my_task, lying, Counter(served))
        return True

    def _may_come(self, token: Token, missing: set[str], served: set[str]) -> bool:
        if token.task_spec is self:
            return False
        reached, waiting = {token.task_spec.name}, [token.task_spec]
        while waiting:
            for spec in waiting.pop().outputs:
                if spec is not self and spec.name not in reached:
                    reached.add(spec.name)
                    waiting.append(spec)
        return bool(reached & missing) and not reached & served

    def _run_hook(self, my_task: Token) -> bool:
        matches, defaults = self._get_matching_outputs(my_task)
        if not matches and not defaults:
            raise Incident(
                self.bpmn_id, "Keine Bedingung trifft zu, und es gibt keinen Standardweg."
            )
        go_to(my_task, matches or defaults)
        return True


def _moving(token: Token) -> list[Any]:
    return [
        other
        for other in token.workflow.tasks.values()
        if other.arrived and not isinstance(other.task_spec, _MAY_STAY_BEHIND)
    ]


class BoundaryJoin(BoundaryEventJoin):  # type: ignore[misc] # untyped library
    """Ends the waits at the boundary of a finished task, or the task that one interrupts."""

    def split_of(self, token: Token) -> Token | None:
        """Token where the task and its boundary events began."""
        return token.find_ancestor(self.split_task)

    def _update_hook(self, my_task: Token) -> bool:
        finished, obsolete = self._check_threshold_structured(my_task)
        if not finished:
            my_task._set_state(WAITING)
            return False
        split = self.split_of(my_task)
        twins = [
            other
            for other in my_task.workflow.tasks.values()
            if other.task_spec is self and other is not my_task and not other.finished
        ]
        for other in [*obsolete, *(twin for twin in twins if self.split_of(twin) is split)]:
            other.cancel()
        return True


class EndJoin(_EndJoin):  # type: ignore[misc] # untyped library
    """Ends a process or subprocess when nothing in it is unfinished any more."""

    def _update_hook(self, my_task: Token) -> bool:
        ends = [other for other in my_task.workflow.tasks.values() if other.task_spec is self]
        closing = {self.name, "End"}
        if any(
            not other.finished and other.task_spec.name not in closing
            for other in my_task.workflow.tasks.values()
        ):
            my_task._set_state(WAITING)
            return False
        for other in ends:
            if other is not my_task and not other.finished:
                other.cancel()
        return True

    def _run_hook(self, _: Token) -> bool:
        return True
