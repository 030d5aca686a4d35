"""The engine on the shipped service: one step as a request takes it, and what its state weighs."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from app.bundles.archive import read_folders
from app.bundles.bundle import compile_bundle
from app.bundles.case_values import case_values
from app.domain.identity import Identity
from app.engine.engine import Engine
from app.expressions.expression import compile_expression
from app.forms.form import FormContext
from bench.timing import Result, median_us
from tests.support.applications import SERVICE, granted, new_meter

ROOT = Path(__file__).parents[1]
NOW = datetime(2026, 11, 22, 11, tzinfo=UTC)


def measure() -> Iterator[Result]:
    engine = Engine()
    files = read_folders(ROOT, SERVICE)
    bundle = compile_bundle(files, engine)
    answers = bundle.application_form.effective(new_meter(), context(bundle.manifest.values({})))
    data = {"antrag": answers, **context(bundle.manifest.values({})).values}
    begun = engine.start(bundle.deployment, data, NOW)
    task, state = begun.open_tasks[0], begun.state
    changes = {"pruefung": granted()}

    yield {
        "name": "bundle.compile_ms",
        "value": median_us(lambda: compile_bundle(files, engine), 20) / 1000,
        "unit": "ms",
    }
    yield {
        "name": "engine.start_us",
        "value": median_us(lambda: engine.start(bundle.deployment, data, NOW)),
        "unit": "µs",
    }
    yield {
        "name": "engine.cycle_us",
        "value": median_us(
            lambda: engine.complete(bundle.deployment, state, task.id, changes, NOW)
        ),
        "unit": "µs",
    }
    yield {"name": "engine.state_bytes", "value": float(len(state)), "unit": "B"}
    condition = compile_expression(
        "antrag.anlass.art == 'ersteinbau' and antrag.zaehler.eichjahr > 2020"
    )
    yield {
        "name": "engine.condition_us",
        "value": median_us(lambda: condition.evaluate(data, NOW)),
        "unit": "µs",
    }


def context(settings):
    values = case_values(
        file_reference="MU-2026-000001",
        received_at=NOW,
        municipality="Stadt Musterstadt",
        applicant=Identity(issuer="https://idp.example", subject="1"),
        settings=settings,
    )
    return FormContext(now=NOW, values={"vorgang": values})
