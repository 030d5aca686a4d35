"""Bausteine: what random processes are made of, nested like brackets.

Every block is entered once and left once, unless it says otherwise. Ids are element ids.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Condition:
    """Compares a number in the process data with another."""

    key: str
    limit: int

    @property
    def text(self) -> str:
        """The same in the language of models."""
        return f"{self.key} > {self.limit}"

    def holds(self, data: Mapping[str, int]) -> bool:
        """Tell without that language."""
        return data[self.key] > self.limit


@dataclass(frozen=True)
class Sequence:
    """Blocks one after the other."""

    parts: tuple["Block", ...]


@dataclass(frozen=True)
class Timer:
    """Waits some hours from when it is entered; ``times`` counts how often, 0 is once for all."""

    id: str
    hours: int
    times: int = 0


@dataclass(frozen=True)
class Message:
    """Waits for a message that carries the value ``key`` had when it was entered."""

    id: str
    key: str
    task: bool = False

    @property
    def name(self) -> str:
        """Name of the message; each belongs to one element."""
        return f"nachricht_{self.id}"


@dataclass(frozen=True)
class Error:
    """Catches the failure of a service, one with this code or any if it is empty."""

    id: str
    code: str


@dataclass(frozen=True)
class Signal:
    """Waits for a signal, from the case itself or from outside."""

    id: str
    name: str


@dataclass(frozen=True)
class Escalation:
    """Catches an escalation thrown inside, one with this code or any if it is empty."""

    id: str
    code: str


@dataclass(frozen=True)
class Becomes:
    """Waits until a condition begins to hold."""

    id: str
    condition: Condition


Event = Timer | Message | Error | Signal | Escalation | Becomes


@dataclass(frozen=True)
class Boundary:
    """An event at the edge of a host; its way leads back behind that, or to ``end``.

    One that does not interrupt always has an ``end``.
    """

    event: Event
    interrupting: bool
    way: Sequence
    end: str | None


@dataclass(frozen=True)
class Handler:
    """An event subprocess: waits as long as what it lies in is running."""

    id: str
    event: Event
    interrupting: bool
    body: Sequence
    end: str


@dataclass(frozen=True)
class Rounds:
    """A host as often as the number under ``count`` says, and ``more`` times.

    ``enough`` done rounds end all, 0 is never; the number each leaves under ``result`` goes to
    the list ``results``. Rounds have numbers of their own.
    """

    sequential: bool
    count: str
    more: int
    enough: int
    result: str
    results: str


@dataclass(frozen=True)
class Again:
    """A host again while a condition holds, at most ``most`` times, on the same data."""

    condition: Condition
    most: int
    before: bool


@dataclass(frozen=True)
class Throw:
    """Throws a signal or an escalation and goes on, unless it is ended by that."""

    id: str
    kind: Literal["signal", "escalation"]
    name: str


@dataclass(frozen=True)
class Fail:
    """Ends the process part around it with an error; never left."""

    id: str
    code: str


@dataclass(frozen=True)
class User:
    """A task for a person, who may set ``keys``."""

    id: str
    keys: tuple[str, ...]
    lane: str
    milestone: str
    boundaries: tuple[Boundary, ...] = ()
    repeat: Rounds | Again | None = None


@dataclass(frozen=True)
class Service:
    """A call of a connector with the value of ``key``; the result comes back to it."""

    id: str
    key: str
    boundaries: tuple[Boundary, ...] = ()
    repeat: Rounds | Again | None = None


@dataclass(frozen=True)
class Receive:
    """A task that waits for a message and can have events at its edge."""

    message: Message
    boundaries: tuple[Boundary, ...] = ()
    repeat: None = None

    @property
    def id(self) -> str:
        """Element id."""
        return self.message.id


@dataclass(frozen=True)
class Script:
    """Gives a key a number or adds the number to it."""

    id: str
    key: str
    number: int
    adds: bool

    @property
    def text(self) -> str:
        """The same in the language of models."""
        return f"{self.key} = {self.key if self.adds else 0} + {self.number}"


@dataclass(frozen=True)
class Choice:
    """Exclusive gateway: the first way that holds, else the last; ``merge`` may be left out."""

    id: str
    ways: tuple[tuple[Condition | None, Sequence], ...]
    merge: str | None


@dataclass(frozen=True)
class Parallel:
    """All ways at once; ``entry`` merges what leads here, each way ends in a single arrow."""

    entry: str
    id: str
    ways: tuple[Sequence, ...]
    join: str


@dataclass(frozen=True)
class Inclusive:
    """Every way that holds, the last one if none does; ``entry`` merges what leads here."""

    entry: str
    id: str
    ways: tuple[tuple[Condition | None, Sequence], ...]
    join: str


@dataclass(frozen=True)
class First:
    """Event gateway: the way of the event that comes first."""

    id: str
    ways: tuple[tuple[Timer | Message, Sequence], ...]


@dataclass(frozen=True)
class Loop:
    """Does its body once, and again while ``again`` holds, at most ``rounds`` times in all."""

    entry: str
    reset: Script
    body: Sequence
    count: Script
    exit: str
    again: Condition
    rounds: int


@dataclass(frozen=True)
class Sub:
    """A subprocess with its own start and end, or a call of another process."""

    id: str
    body: Sequence
    start: str
    end: str
    boundaries: tuple[Boundary, ...] = ()
    handlers: tuple[Handler, ...] = ()
    called: bool = False
    repeat: Rounds | Again | None = None


@dataclass(frozen=True)
class Terminate:
    """Ends the process or subprocess around it at once; never left."""

    id: str


Block = (
    Sequence
    | Timer
    | Message
    | User
    | Service
    | Receive
    | Script
    | Choice
    | Parallel
    | Inclusive
    | First
    | Loop
    | Sub
    | Terminate
    | Throw
    | Fail
    | Signal
)
Host = User | Service | Receive | Sub
