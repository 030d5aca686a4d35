"""Zufallsmodelle: random processes that are valid, nested like brackets and always can end."""

from dataclasses import dataclass

from hypothesis import strategies as st

from tests.support.random_blocks import Handler, Sequence
from tests.support.random_dice import Dice, Place
from tests.support.random_growth import Grower

FLOW = frozenset({"choice", "parallel", "inclusive", "loop", "sub", "call", "terminate"})
EVENTS = frozenset({"service", "timer", "message", "boundary", "first", "cycle"})
THROWN = frozenset({"signal", "escalation", "error", "becomes", "handler"})
REPEATED = frozenset({"rounds", "again"})
ALL = FLOW | EVENTS | THROWN | REPEATED | {"bare", "caught"}


@dataclass(frozen=True)
class Model:
    """A process as blocks; ``keys`` are the numbers in its data, all 0 at first."""

    root: Sequence
    handlers: tuple[Handler, ...]
    keys: tuple[str, ...]

    @property
    def data(self) -> dict[str, int]:
        """First data of a case."""
        return dict.fromkeys(self.keys, 0)


def random_model(dice: Dice, features: frozenset[str] = ALL, size: int = 15) -> Model:
    """Grow a process of about ``size`` blocks; equal dice give equal processes.

    With the feature ``shared`` ways that run side by side have the same numbers, otherwise each
    has its own, so that what they do does not depend on who goes first.
    """
    grower = Grower(dice, features, size)
    place = Place(grower.new_keys(2))
    first = grower.user(place)
    handlers = grower.handlers(place)
    root = grower.sequence(place, at_least=min(size, 4))
    return Model(Sequence((first, *root.parts)), handlers, tuple(grower.keys))


def models(features: frozenset[str] = ALL, size: int = 15) -> st.SearchStrategy[Model]:
    """Random processes that Hypothesis can make smaller."""
    return st.randoms(use_true_random=False).map(lambda dice: random_model(dice, features, size))
