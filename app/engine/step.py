"""Schritt: what one call of the engine brings about, and what may arrive from outside."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task that waits for a person.

    ``id`` is unique within the case; ``lane`` is the queue; ``properties`` are those of the
    element, e.g. ``formJsonSchemaFilename``, ``deadline`` or ``milestone``. ``local`` is what this
    task sees above the process data when it is one of several instances, e.g. its item.
    """

    id: str
    element: str
    name: str
    lane: str
    properties: Mapping[str, str]
    local: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DueTimer:
    """A timer that is not yet due; ``due_at`` is aware and in UTC."""

    task_id: str
    element: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Subscription:
    """A wait for a message; each value in ``correlation`` must arrive with it."""

    task_id: str
    message: str
    correlation: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ServiceCall:
    """Work for a connector; its result comes back by :class:`ServiceResult`.

    ``parameters`` were evaluated when the task was entered; ``result_name`` is the process data
    key the result goes to, empty if nobody wants it; ``local`` as in :class:`OpenTask`.
    """

    task_id: str
    element: str
    name: str
    operator: str
    parameters: Mapping[str, Any]
    result_name: str
    local: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ThrownMessage:
    """A message the process sends; it is for the case whose subscription has these values.

    ``payload`` and the values in ``correlation`` consist of JSON types.
    """

    element: str
    name: str
    payload: Any
    correlation: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DecisionTaken:
    """A decision table was asked; ``rules`` are the ids of the rows that hit."""

    element: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A flow node completed in this step.

    ``kind`` is one of start, user_task, service_task, script_task, gateway, timer, message, end,
    other; ``milestone`` is empty if the node has none.
    """

    element: str
    name: str
    kind: str
    lane: str
    milestone: str


@dataclass(frozen=True, slots=True)
class Step:
    """All a caller must keep, in one transaction.

    ``open_tasks``, ``due``, ``subscriptions`` and ``signals`` (names) are complete lists of what
    waits now; ``calls``, ``messages``, ``log``, ``decisions`` and ``milestones`` tell of this step
    alone. A milestone is reached when a user task becomes open, and when any other node is
    completed. ``data`` is the process data afterwards.
    """

    state: bytes
    completed: bool
    open_tasks: tuple[OpenTask, ...]
    due: tuple[DueTimer, ...]
    subscriptions: tuple[Subscription, ...]
    signals: tuple[str, ...]
    calls: tuple[ServiceCall, ...]
    messages: tuple[ThrownMessage, ...]
    log: tuple[LogEntry, ...]
    decisions: tuple[DecisionTaken, ...]
    milestones: tuple[str, ...]
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A case as it stands; ``calls`` are all that wait for their result."""

    completed: bool
    open_tasks: tuple[OpenTask, ...]
    due: tuple[DueTimer, ...]
    subscriptions: tuple[Subscription, ...]
    signals: tuple[str, ...]
    calls: tuple[ServiceCall, ...]
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Position:
    """Element ids for the diagram: where the case waits now and what was ever completed."""

    active: frozenset[str]
    done: frozenset[str]


@dataclass(frozen=True, slots=True)
class ServiceResult:
    """A connector did its work; ``value`` consists of JSON types."""

    task_id: str
    value: Any = None


@dataclass(frozen=True, slots=True)
class ServiceFailure:
    """A connector failed for good; the process may go on at an error boundary event."""

    task_id: str
    error_code: str = ""


@dataclass(frozen=True, slots=True)
class MessageArrived:
    """A message for this case; it goes to the first wait that matches."""

    name: str
    payload: Any
    correlation: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SignalArrived:
    """A signal from outside; it reaches every wait for it in the case."""

    name: str
    payload: Any = None


Event = ServiceResult | ServiceFailure | MessageArrived | SignalArrived
