"""Fingerabdruck: what many random walks lead to, as one number; run as a program by a test."""

import hashlib
import sys
from random import Random

from app.engine.engine import Engine
from tests.support.random_drawing import draw
from tests.support.random_models import FLOW, random_model
from tests.support.random_walks import Walk

CROWDED = FLOW | {"shared", "boundary", "message", "rounds", "signal"}


def digest(seeds: range) -> str:
    """Walk once for each seed and add up all states, logs and all that was seen."""
    found = hashlib.sha256()
    for seed in seeds:
        model = random_model(Random(seed), CROWDED, size=40)
        walk = Walk(Engine().deploy(draw(model)), model.data)
        chance = Random(seed)
        for _ in range(25):
            found.update(repr(walk.moments[-1]).encode())
            found.update(repr(walk.step.log).encode() + walk.step.state)
            if not walk.step.completed:
                walk.do(walk.choose(chance))
    return found.hexdigest()


if __name__ == "__main__":
    sys.stdout.write(digest(range(int(sys.argv[1]))))
