"""Gateways: where ways part and meet, counted by tokens and never lost."""

from collections import Counter
from typing import Any

from SpiffWorkflow.bpmn.specs.control import _EndJoin
from SpiffWorkflow.bpmn.specs.defaults import (
    EventBasedGateway,
    ExclusiveGateway,
    InclusiveGateway,
    ParallelGateway,
)

from app.engine.runtime.boundary import Trigger
from app.engine.runtime.token import FUTURE, WAITING, Token
from app.engine.runtime.waiting import Memory, Wait
from app.errors import Incident

_NO_WAY = "Keine Bedingung trifft zu, und es gibt keinen Standardweg."


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


class Choice(ExclusiveGateway):  # type: ignore[misc] # untyped library
    """Goes on by the first way whose condition holds, else by the default way."""

    def _run_hook(self, my_task: Token) -> bool:
        targets = my_task.workflow.spec.task_specs
        chosen = self.default_task_spec
        for condition, name in self.cond_task_specs:
            if condition is not None and condition._matches(my_task):
                chosen = name
                break
        if chosen is None:
            raise Incident(self.bpmn_id, _NO_WAY)
        my_task.ways = [targets[chosen]]
        return True


class ParallelJoin(ParallelGateway):  # type: ignore[misc] # untyped library
    """Goes on when one token lies on every incoming flow; further ones wait for their turn."""

    def _update_hook(self, my_task: Token) -> bool:
        wanted: Counter[str] = Counter(self._inputs)
        if wanted.total() > 1:
            lying = _wait(my_task)
            if wanted - Counter(other.internal_data["from"] for other in lying):
                return False
            _merge(my_task, lying, wanted)
        return True

    def _run_hook(self, _: Token) -> bool:
        return True


class InclusiveJoin(InclusiveGateway):  # type: ignore[misc] # untyped library
    """Goes on when no other token can reach an incoming flow that has none.

    It is asked when nothing else moves, so that it does not matter which way came first.
    Source: BPMN 2.0.2, table 13.3. A token that can also reach a flow that already has one does
    not hold it up.
    """

    def _update_hook(self, my_task: Token) -> bool:
        wanted: Counter[str] = Counter(self._inputs)
        if wanted.total() == 1:
            return True
        has_arrived = my_task._state == FUTURE
        lying = _wait(my_task)
        if has_arrived:
            return False
        served = {other.internal_data["from"] for other in lying}
        missing = wanted.keys() - served
        if any(self._may_come(other, missing, served) for other in _moving(my_task)):
            return False
        _merge(my_task, lying, wanted)
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
            raise Incident(self.bpmn_id, _NO_WAY)
        my_task.ways = matches or defaults
        return True


def _moving(token: Token) -> list[Token]:
    return [
        other
        for other in token.workflow.tasks.values()
        if not other.finished and not isinstance(other.task_spec, EndJoin | Trigger)
    ]


class EndJoin(_EndJoin):  # type: ignore[misc] # untyped library
    """Ends a process or subprocess when nothing in it is on its way any more."""

    def _update_hook(self, my_task: Token) -> bool:
        left = [
            other
            for other in my_task.workflow.tasks.values()
            if not other.finished and other is not my_task
        ]
        if any(self._holds_up(other) for other in left):
            if any(other.task_spec is self for other in left):
                my_task.cancel()  # one is enough to wait
            else:
                my_task._set_state(WAITING)
            return False
        for other in left:
            other.cancel()
        return True

    def _holds_up(self, other: Token) -> bool:
        spec = other.task_spec
        if isinstance(spec, Trigger):
            return bool(other._state != WAITING)
        return spec is not self and str(spec.name) != "End"

    def _run_hook(self, _: Token) -> bool:
        return True


class EventChoice(EventBasedGateway):  # type: ignore[misc] # untyped library
    """Event gateway: the first of several waits to be over decides the way."""

    waits: tuple[Wait, ...]
    drawn: tuple[int, ...]  # places of the waits in the order of the drawing, from above

    def memories(self, token: Token) -> list[Memory]:
        """One memory per wait, in the order of the outgoing flows."""
        memories: list[Memory] = token.internal_data.setdefault("waits", [{} for _ in self.waits])
        return memories

    def _fired(self, token: Token) -> int | None:
        answers = [
            wait.fired(token, memory)
            for wait, memory in zip(self.waits, self.memories(token), strict=True)
        ]
        return answers.index(True) if True in answers else None

    def _update_hook(self, my_task: Token) -> bool:
        index = self._fired(my_task)
        if index is not None:
            my_task.internal_data["first"] = index
            return True
        my_task._set_state(WAITING)
        return False

    def _run_hook(self, my_task: Token) -> bool:
        index = my_task.internal_data.pop("first")
        self.waits[index].take(my_task, self.memories(my_task)[index])
        del my_task.internal_data["waits"]
        my_task.ways = [self.outputs[index]]
        return True


#: joins that only tokens coming and going concern
JOINS: tuple[Any, ...] = (ParallelJoin, EndJoin)
