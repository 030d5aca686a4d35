"""Quarantäne: a model from outside is first tried where it can do no harm."""

from collections.abc import Sequence
from dataclasses import replace
from types import TracebackType
from typing import Self

from app.confined.limits import Limits
from app.confined.nursery import Nursery
from app.confined.outcome import End, Outcome
from app.engine.importing.draft import Import
from app.engine.quarantine.draft_message import draft_from_bytes
from app.engine.quarantine.order import EXAMINE, REHEARSE, Order
from app.engine.quarantine.rehearsal import Rehearsal
from app.errors import FieldFault

#: ``wall_s`` is far beyond the processor time, so that only an overloaded machine gets there
LIMITS = Limits(cpu_s=4, memory_bytes=512 * 1024 * 1024, wall_s=20)
#: a model and its tables together
MAX_SIZE_BYTES = 10_000_000
#: who has used this much of the processor time is told so, even where the clock struck first
_NEARLY_ALL = 0.8

_TOO_LARGE = FieldFault(
    "process.bpmn",
    "too_large",
    "Modell und Entscheidungstabellen sind zusammen größer als 10 MB. Bitte verkleinern Sie sie.",
)
_TOO_COSTLY = FieldFault(
    "process.bpmn",
    "too_costly",
    "Das Modell ist zu aufwendig. Bitte vereinfachen Sie es oder teilen Sie es auf.",
)
_TOO_SLOW = FieldFault(
    "process.bpmn",
    "too_slow",
    "Die Prüfung des Modells dauert zu lange. Bitte versuchen Sie es noch einmal. Hilft das "
    "nicht, vereinfachen Sie das Modell.",
)


class Quarantine:
    """Tries models in processes that can be lost; shareable between threads.

    Such a process has little time and memory, no environment, opens and writes no file and
    reaches no network. Use it as a context manager or call :meth:`close`.
    """

    def __init__(self, limits: Limits = LIMITS) -> None:
        self._limits = limits
        self._nursery = Nursery("app.engine.quarantine.job", limits)

    def deploy(self, bpmn: bytes, dmn: Sequence[bytes] = ()) -> list[FieldFault]:
        """List why the engine would not take this model; empty if it would.

        :raises Unavailable: the machine has no room or time to look now.
        """
        return list(self.rehearse(bpmn, dmn).faults)

    def rehearse(self, bpmn: bytes, dmn: Sequence[bytes] = ()) -> Rehearsal:
        """Tell how deploying and a start with an empty application went.

        :raises Unavailable: the machine has no room or time to look now.
        """
        order = Order(REHEARSE, bpmn, dmn)
        if order.size_bytes > MAX_SIZE_BYTES:
            return Rehearsal((_TOO_LARGE,))
        outcome = self._nursery.run(order.to_bytes())
        if outcome.end is End.ANSWERED:
            rehearsal = Rehearsal.from_bytes(outcome.content)
        else:
            rehearsal = Rehearsal((self._blame(outcome),))
        return replace(rehearsal, cpu_s=outcome.cpu_s, memory_bytes=outcome.memory_bytes)

    def examine(self, bpmn: bytes) -> Import:
        """Turn a foreign model into a draft; ``failed`` where this takes too much.

        :raises Unavailable: the machine has no room or time to look now.
        """
        order = Order(EXAMINE, bpmn)
        if order.size_bytes > MAX_SIZE_BYTES:
            return Import("failed", reason=_TOO_LARGE.message)
        outcome = self._nursery.run(order.to_bytes())
        if outcome.end is End.ANSWERED:
            return draft_from_bytes(outcome.content)
        return Import("failed", reason=self._blame(outcome).message)

    def close(self) -> None:
        """End the processes; the next call starts them again."""
        self._nursery.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _blame(self, outcome: Outcome) -> FieldFault:
        """Say why there is no answer: the model costs too much, unless it only had to wait.

        The machine's load moves the clock, not what a child used; so that is what counts.
        """
        used_up = outcome.cpu_s >= self._limits.cpu_s * _NEARLY_ALL
        return _TOO_SLOW if outcome.end is End.HUNG and not used_up else _TOO_COSTLY
