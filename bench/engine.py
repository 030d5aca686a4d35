"""The engine: one step as a request takes it, beside the same on the library as delivered."""

import statistics
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from app.bundles.archive import read_folders
from app.bundles.bundle import compile_bundle
from app.bundles.case_values import case_values
from app.domain.identity import Identity
from app.engine.codec import decode, encode
from app.engine.engine import Engine
from app.expressions.expression import compile_expression
from app.forms.form import FormContext
from bench import many, permit
from bench.stock import stock_copies, stock_half_done, stock_start
from bench.timing import Result, at_least, at_most, median_us, plain, side_by_side_us, spans_us
from tests.support.applications import SERVICE, granted, new_meter

ROOT = Path(__file__).parents[1]
NOW = datetime(2026, 11, 22, 11, tzinfo=UTC)
ENGINE = Engine()
LOOP_ROUNDS = 5_000
EDGE = 100  # rounds at either end of the loop that are compared


def measure() -> Iterator[Result]:
    yield from _cycle()
    yield from _loop()
    yield from _table()
    yield from _copies()
    yield from _service()


def _cycle() -> Iterator[Result]:
    source, tables = permit.sources()
    deployment = ENGINE.deploy(source, tables)
    begun, stock = permit.our_case(ENGINE, deployment), permit.stock_cycle()
    [task] = begun.open_tasks

    def ours():
        return ENGINE.complete(deployment, begun.state, task.id, permit.GRANTED, NOW)

    permit.check_equal(ours(), stock)
    stock_us, cycle_us, speedup = side_by_side_us(stock.run, ours, rounds=15, times=10)
    yield plain("engine.stock_cycle_us", stock_us, "µs")
    yield plain("engine.cycle_us", cycle_us, "µs")
    yield at_least("engine.speedup", speedup, "x", 15)
    yield plain("engine.stock_state_bytes", stock.state_bytes, "B")
    yield at_most("engine.state_bytes", len(begun.state), "B", 2_500)
    case = decode(begun.state, deployment, NOW)
    loading = median_us(lambda: decode(begun.state, deployment, NOW))
    yield plain("engine.load_us", loading, "µs")
    yield plain("engine.save_us", median_us(lambda: encode(case)), "µs")
    deploying = median_us(lambda: ENGINE.deploy(source, tables), 20)
    yield plain("engine.deploy_ms", deploying / 1000, "ms")


def _loop() -> Iterator[Result]:
    deployment = ENGINE.deploy(many.LOOP)
    step = ENGINE.start(deployment, {"fertig": False}, NOW)

    def again():
        nonlocal step
        [task] = step.open_tasks
        step = ENGINE.complete(deployment, step.state, task.id, {}, NOW)

    spans_us(again, EDGE)
    spans = spans_us(again, LOOP_ROUNDS - EDGE)
    growth = statistics.mean(spans[-EDGE:]) / statistics.mean(spans[:EDGE])
    yield at_most("engine.loop_growth", growth, "", 1.3)
    yield plain("engine.loop_step_us", statistics.median(spans), "µs")


def _table() -> Iterator[Result]:
    condition = compile_expression(
        "antrag.anlass.art == 'ersteinbau' and antrag.zaehler.eichjahr > 2020"
    )
    values = {"antrag": new_meter()}
    evaluating = median_us(lambda: condition.evaluate(values, NOW))
    yield at_most("engine.condition_us", evaluating, "µs", 5)

    table, asked = many.table(1_000), {"antrag": {"nummer": 999}}
    deployment = ENGINE.deploy(many.DECIDING, [table])
    assert ENGINE.start(deployment, asked, NOW).data["ergebnis"] == 1_998
    stock_us, ours_us, _ = side_by_side_us(
        stock_start(many.DECIDING, asked, (table,)),
        lambda: ENGINE.start(deployment, asked, NOW),
        rounds=5,
        times=2,
    )
    yield plain("engine.stock_dmn_1000_ms", stock_us / 1000, "ms")
    yield at_most("engine.dmn_1000_ms", ours_us / 1000, "ms", 15)


def _copies() -> Iterator[Result]:
    people = {"stellen": [f"Stelle {number}" for number in range(many.COPIES)]}
    deployment = ENGINE.deploy(many.FOR_ALL)

    def ours():
        step = ENGINE.start(deployment, people, NOW)
        for _ in range(many.COPIES):
            task = step.open_tasks[0]
            assert task.element == many.COPIED
            step = ENGINE.complete(deployment, step.state, task.id, {}, NOW)
        assert [task.element for task in step.open_tasks] == ["danach"]

    stock = stock_copies(many.FOR_ALL, people, many.COPIED)
    assert stock().open == ["danach"]
    stock_us, ours_us, _ = side_by_side_us(stock, ours, rounds=3, times=1)
    yield plain("engine.stock_mi_200_parallel_ms", stock_us / 1000, "ms")  # saves nothing
    yield plain("engine.mi_200_parallel_ms", ours_us / 1000, "ms")
    yield plain("engine.mi_200_completion_us", ours_us / many.COPIES, "µs")
    half_done = stock_half_done(many.FOR_ALL, people, many.COPIED)
    completing = statistics.median(spans_us(half_done.run, 5))
    yield plain("engine.stock_mi_200_completion_us", completing, "µs")

    deployment_of_scripts = ENGINE.deploy(many.SCRIPT_FOR_ALL)
    stock_us, ours_us, _ = side_by_side_us(
        stock_start(many.SCRIPT_FOR_ALL, people),
        lambda: ENGINE.start(deployment_of_scripts, people, NOW),
        rounds=3,
        times=1,
    )
    yield plain("engine.stock_mi_200_script_ms", stock_us / 1000, "ms")
    yield plain("engine.mi_200_script_ms", ours_us / 1000, "ms")


def _service() -> Iterator[Result]:
    files = read_folders(ROOT, SERVICE)
    bundle = compile_bundle(files, ENGINE)
    known = context(bundle.manifest.values({}))
    answers = bundle.application_form.effective(new_meter(), known)
    data = {"antrag": answers, **known.values}
    begun = ENGINE.start(bundle.deployment, data, NOW)
    task, changes = begun.open_tasks[0], {"pruefung": granted()}
    compiling = median_us(lambda: compile_bundle(files, ENGINE), 20)
    starting = median_us(lambda: ENGINE.start(bundle.deployment, data, NOW))
    completing = median_us(
        lambda: ENGINE.complete(bundle.deployment, begun.state, task.id, changes, NOW)
    )
    yield plain("service.compile_ms", compiling / 1000, "ms")
    yield plain("service.start_us", starting, "µs")
    yield plain("service.cycle_us", completing, "µs")
    yield plain("service.state_bytes", len(begun.state), "B")


def context(settings):
    values = case_values(
        file_reference="MU-2026-000001",
        received_at=NOW,
        municipality="Stadt Musterstadt",
        applicant=Identity(issuer="https://idp.example", subject="1"),
        settings=settings,
    )
    return FormContext(now=NOW, values={"vorgang": values})
