"""Zufallsprozesse: what holds for every process and every way through it.

``RANDOM_WALKS=1000 pytest tests/trust/test_random_walks.py`` tries that many new ones per promise;
without it the same ones are tried each time.
"""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.engine.engine import Engine
from tests.support.random_drawing import draw
from tests.support.random_interpreter import Interpreter
from tests.support.random_models import ALL, models, random_model
from tests.support.random_odd_walks import CrashingWalk, RewrittenWalk, read_and_written
from tests.support.random_walks import Walk

ROOT = Path(__file__).parents[2]
ACTS = 30
FRESH = int(os.environ.get("RANDOM_WALKS", "0"))
SEEDS = st.integers(0, 999)
ANYTHING = models(ALL | {"shared"})


def walks(examples):
    return settings(
        max_examples=FRESH or examples,
        derandomize=not FRESH,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


def walk_through(model, seed, kind=Walk):
    walk = kind(Engine().deploy(draw(model)), model.data)
    walk.go(Random(seed), ACTS)
    return walk


class CarefulWalk(Walk):
    careful = True


@walks(200)
@given(models(), SEEDS)
def test_the_engine_goes_where_the_blocks_lead(model, seed):
    walk = walk_through(model, seed, CarefulWalk)
    told = Interpreter(model)

    assert walk.moments[0].seen == told.see()
    for moment in walk.moments[1:]:
        if moment.refused:
            assert told.overdue(moment.act) or told.refuses(moment.act)
        else:
            told.do(moment.act)
            assert moment.seen == told.see()


@walks(60)
@given(ANYTHING, SEEDS)
def test_what_can_be_seen_is_consistent_after_every_step(model, seed):
    walk = Walk(Engine().deploy(draw(model)), model.data)
    chance = Random(seed)
    for _ in range(ACTS):
        consistent(walk)
        if walk.step.completed:
            break
        walk.do(walk.choose(chance))


def consistent(walk):
    step, snapshot, nodes = walk.step, walk.snapshot, walk.deployment.nodes
    assert snapshot.open_tasks == step.open_tasks
    assert (snapshot.due, snapshot.subscriptions) == (step.due, step.subscriptions)
    assert snapshot.signals == step.signals
    assert (snapshot.completed, snapshot.data) == (step.completed, step.data)
    assert {call.task_id for call in step.calls} <= {one.task_id for one in snapshot.calls}

    waits = [*snapshot.open_tasks, *snapshot.due, *snapshot.subscriptions, *snapshot.calls]
    waits += snapshot.signals
    assert step.completed == (not waits)
    tasks = [task.id for task in snapshot.open_tasks] + [one.task_id for one in snapshot.calls]
    assert max(Counter(tasks).values(), default=1) == 1
    for task in snapshot.open_tasks:
        node = nodes[task.element]
        assert (node.kind, node.name, node.lane) == ("user_task", task.name, task.lane)
        assert task.properties == node.properties
    assert {entry.element for entry in step.log} <= nodes.keys()
    position = walk.engine.position(walk.deployment, step.state)
    assert position.active | position.done <= nodes.keys()
    assert {task.element for task in snapshot.open_tasks} <= position.active
    assert bool(position.active) == (not step.completed)
    assert len(step.state) < room(walk, len(waits))


def room(walk, waits):
    """Bytes a state may have: nothing in it counts what happened before."""
    return 1_000 + 60 * len(walk.deployment.nodes) + 600 * waits + len(orjson.dumps(walk.step.data))


@walks(40)
@given(ANYTHING, SEEDS)
def test_a_state_is_read_as_it_was_written(model, seed):
    walk = Walk(Engine().deploy(draw(model)), model.data)
    chance = Random(seed)
    for _ in range(ACTS):
        assert read_and_written(walk) == walk.step.state
        if walk.step.completed:
            break
        walk.do(walk.choose(chance))


@walks(40)
@given(ANYTHING, SEEDS)
def test_the_order_of_keys_in_a_state_means_nothing(model, seed):
    assert walk_through(model, seed, RewrittenWalk).moments == walk_through(model, seed).moments


def keep_what_is_past(case):
    """Forget finished process parts, as a state must, but no token in those that run."""
    for key, scope in list(case.subprocesses.items()):
        if scope.holder.finished:
            del case.subprocesses[key]


@walks(40)
@given(ANYTHING, SEEDS)
def test_forgetting_what_is_past_changes_nothing(model, seed):
    tidy = walk_through(model, seed)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.engine.runtime.workflow.prune", keep_what_is_past)
        untidy = walk_through(model, seed)

    assert untidy.moments == tidy.moments
    assert len(untidy.step.state) >= len(tidy.step.state)


@walks(60)
@given(ANYTHING, SEEDS)
def test_a_crash_at_any_point_changes_nothing(model, seed):
    source = draw(model)
    crashing = CrashingWalk(source, model.data, Random(seed))
    crashing.go(Random(seed), ACTS)

    calm = walk_through(model, seed)

    assert crashing.moments == calm.moments
    assert crashing.step.state == calm.step.state


def test_walks_crash_often_enough():
    deaths = 0
    for seed in range(10):
        model = random_model(Random(seed), size=20)
        walk = CrashingWalk(draw(model), model.data, Random(seed))
        walk.go(Random(seed), ACTS)
        deaths += walk.deaths
    assert deaths > 10


def test_another_process_goes_the_same_ways():
    """Nothing depends on the order in which one process happens to keep its sets."""
    program = [sys.executable, "-m", "tests.support.random_digest", "25"]
    told = {
        subprocess.run(
            program,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            cwd=ROOT,
            check=True,
            capture_output=True,
            timeout=60,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1
    assert len(told.pop()) == 64
