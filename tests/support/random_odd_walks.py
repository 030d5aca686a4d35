"""Gestörte Wege: the same walk with crashes, other hands and a state that was written anew."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from random import Random
from typing import Any

import orjson

from app.engine.codec import decode, encode
from app.engine.engine import Engine
from app.engine.step import Step
from app.errors import Incident, TaskDone
from app.expressions.expression import Expression
from app.expressions.script import Script
from tests.support.random_walks import NOON, Walk


class Killed(BaseException):
    """The process died in the middle of a step; nobody may catch this."""


@contextmanager
def death_at(evaluation: int) -> Iterator[None]:
    """Die as the engine evaluates for the n-th time."""
    evaluate, run, left = Expression.evaluate, Script.run, [None] * evaluation

    def dying(work: Callable[..., Any]) -> Callable[..., Any]:
        def work_or_die(*values: Any) -> Any:
            left.pop()
            if not left:
                raise Killed
            return work(*values)

        return work_or_die

    Expression.evaluate, Script.run = dying(evaluate), dying(run)  # type: ignore[method-assign] # put back below
    try:
        yield
    finally:
        Expression.evaluate, Script.run = evaluate, run  # type: ignore[method-assign] # as before


class CrashingWalk(Walk):
    """Dies in some steps, forgets others that were done, and does each again from the state.

    After each crash another engine goes on, with the model read anew.
    """

    def __init__(self, source: bytes, data: dict[str, Any], chance: Random) -> None:
        self.source = source
        self.chance = chance
        self.deaths = 0
        super().__init__(Engine().deploy(source), data)

    def move(self, call: Callable[[], Step]) -> Step:
        """Try in vain a few times, then for good."""
        for _ in range(self.chance.randrange(3)):
            with suppress(TaskDone, Incident):
                self._die_or_forget(call)
            if self.chance.randrange(3) == 0:
                self.engine = Engine()
                self.deployment = self.engine.deploy(self.source)
        return call()

    def _die_or_forget(self, call: Callable[[], Step]) -> None:
        try:
            with death_at(1 + self.chance.randrange(6)):
                call()
        except Killed:
            self.deaths += 1


class RewrittenWalk(Walk):
    """Stores each state as a database might: the same JSON with its keys in another order."""

    def move(self, call: Callable[[], Step]) -> Step:
        """Mix the keys of what is stored."""
        step = call()
        state = orjson.dumps(orjson.loads(step.state), option=orjson.OPT_SORT_KEYS)
        return replace(step, state=state)


def read_and_written(walk: Walk) -> bytes:
    """Read the state of a walk and write it again."""
    return encode(decode(walk.step.state, walk.deployment, NOON))
