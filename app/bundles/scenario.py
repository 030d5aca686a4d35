"""Szenario: one story about a service, told as input and as what must come of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.domain.identity import Identity


@dataclass(frozen=True, slots=True)
class ExpectedLetter:
    """A letter that must go out; it contains each of ``says`` and none of ``silent_about``."""

    name: str
    says: tuple[str, ...]
    silent_about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoryMessage:
    """A message that arrives or that must have been sent; all its values are JSON types."""

    name: str
    payload: Any = None
    correlation: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StorySignal:
    """A signal that arrives; its value is a JSON type."""

    name: str
    payload: Any = None


@dataclass(frozen=True, slots=True)
class Expectation:
    """What must be so after a step; None is not looked at.

    ``tasks`` are the names of all open tasks, each instance of a repeated task counts;
    ``milestones``, ``letters`` and ``messages`` are all those reached, written or sent since they
    were last looked at, in order.
    """

    tasks: tuple[str, ...] | None = None
    milestones: tuple[str, ...] | None = None
    letters: tuple[ExpectedLetter, ...] | None = None
    messages: tuple[StoryMessage, ...] | None = None
    completed: bool | None = None


@dataclass(frozen=True, slots=True)
class ScenarioStep:
    """At most one act, then what must be so.

    ``complete`` names a task, ``instance`` the number of one of several instances (0: the first
    that is open); ``answers`` fill its form, ``refused`` are the pointers of exactly the faults it
    must have (then nothing is completed). ``advance_to`` moves the clock (aware); ``message`` and
    ``signal`` arrive from outside.
    """

    complete: str = ""
    instance: int = 0
    answers: Mapping[str, Any] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    advance_to: datetime | None = None
    message: StoryMessage | None = None
    signal: StorySignal | None = None
    expect: Expectation = Expectation()


@dataclass(frozen=True, slots=True)
class Scenario:
    """``answers`` are laid over what the sign-in of ``person`` prefills.

    ``evidence`` maps a field's pointer to the name of the file given there; ``refused`` are the
    pointers of exactly the faults the application must have (then the story ends).
    """

    name: str
    person: Identity
    now: datetime
    settings: Mapping[str, Any]
    answers: Mapping[str, Mapping[str, Any]]
    evidence: Mapping[str, str]
    refused: tuple[str, ...]
    steps: tuple[ScenarioStep, ...]
