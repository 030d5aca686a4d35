"""Würfel: chance, and the place in a process where something is to grow."""

from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from tests.support.random_blocks import Condition

LANES = ("", "Bürgeramt", "Kasse")
ERROR_CODES = ("400", "503")
SIGNALS = ("alarm", "feierabend")
MAX_DEPTH = 3

T = TypeVar("T")


class Dice(Protocol):
    """Where chance comes from, e.g. ``random.Random(seed)``."""

    def randrange(self, stop: int) -> int:
        """Draw a number from 0 up to, without, ``stop``."""
        ...


@dataclass(frozen=True)
class Place:
    """Where a block grows: the numbers it may use and what it must not do there."""

    keys: tuple[str, ...]
    depth: int = 0
    loops: int = 0
    alone: bool = True  # nothing runs side by side in this scope: a way may end before its time
    awaited: bool = False  # an inclusive gateway waits for as long as something may come from here
    inner: bool = False  # in a subprocess, which can be ended from inside and may catch that
    often: bool = False  # may run several times at once: their tokens would meet at one join
    racing: bool = False  # may run several times at once on the same numbers

    def below(self) -> "Place":
        """One bracket further in."""
        return replace(self, depth=self.depth + 1)


class Chooser:
    """Draws what a block needs; knows which kinds of blocks are wanted and how many are left."""

    def __init__(self, dice: Dice, features: frozenset[str], left: int) -> None:
        self.dice = dice
        self.features = features
        self.left = left
        self.keys: list[str] = []
        self._made = 0
        self._timers = 0

    def new_keys(self, number: int) -> tuple[str, ...]:
        """Make names of numbers nobody uses yet."""
        made = tuple(f"z{len(self.keys) + place}" for place in range(number))
        self.keys += made
        return made

    def _condition(self, place: Place) -> Condition:
        return Condition(self._key(place), self.dice.randrange(3))

    def _key(self, place: Place) -> str:
        return self._one_of(place.keys)

    def _one_of(self, values: tuple[T, ...]) -> T:
        return values[self.dice.randrange(len(values))]

    def _id(self, word: str) -> str:
        self._made += 1
        return f"{word}_{self._made}"

    def _wanted(self, place: Place, kind: str) -> bool:
        """Tell whether a kind is wanted and means the same whoever goes first."""
        if kind not in self.features:
            return False
        if "shared" in self.features:
            return True
        if place.often and kind in {"parallel", "inclusive"}:
            return False
        return not place.racing or kind not in {"loop", "signal", "escalation", "becomes"}

    def _coin(self, sides: int) -> bool:
        return self.dice.randrange(sides) == 0

    def _few(self, sides: int) -> int:
        return int(self._coin(sides)) + int(self._coin(sides * 3))
