"""Stillstand: a case that waits for a way on which nobody comes any more."""

from typing import Any

from app.engine.runtime.boundary import Boundary
from app.engine.runtime.elements import SubProcess
from app.engine.runtime.environment import element_of
from app.engine.runtime.joins import JOINS, InclusiveJoin
from app.engine.runtime.repeating import Repeating
from app.engine.runtime.token import Token
from app.engine.runtime.waiting import may_wake, waits_of
from app.engine.runtime.workflow import CaseWorkflow
from app.errors import Incident

_HELD_UP: tuple[Any, ...] = (*JOINS, InclusiveJoin, SubProcess, Repeating)


def refuse_standstill(case: CaseWorkflow) -> None:
    """Make sure that a person, a service, a time or a message can move a case on.

    What comes beside something that goes on does not count: it would not get it going.

    :raises Incident: nothing can.
    """
    living = list(case.living())
    if case.ended or any(_can_go_on(token) for token in living):
        return
    stuck = next((token for token in living if isinstance(token.task_spec, JOINS[:1])), None)
    where = stuck or next(iter(living), None)
    raise Incident(
        case.deployment.process_id if where is None else element_of(where),
        "Hier wartet der Prozess auf einen Weg, auf dem niemand mehr kommt.",
    )


def _can_go_on(token: Token) -> bool:
    if isinstance(token.task_spec, Boundary):
        return bool(token.task_spec.cancel_activity) and any(
            may_wake(wait) for wait, _ in waits_of(token)
        )
    return not isinstance(token.task_spec, _HELD_UP)
