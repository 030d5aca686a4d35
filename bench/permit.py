"""Sondernutzung: a process of usual size, played on our engine and on the library to one point.

28 flow nodes in three lanes: five tasks for people, services, a decision table, two timers at one
task, a loop for corrections, two ways at the same time, a subprocess, messages out and in.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

from app.engine.deployment import Deployment
from app.engine.engine import Engine
from app.engine.step import ServiceResult, Step
from bench.stock import StockCycle
from tests.support.stock import ANSWER, StockCase

NOW = datetime(2026, 11, 22, 11, tzinfo=UTC)
ELEMENT = "entscheiden"
GRANTED = {"entscheidung": {"genehmigt": True, "begruendung": "Der Gehweg bleibt breit genug."}}
_BEFORE = (
    ("unterlagen_pruefen", {"pruefung": {"vollstaendig": True}}),
    ("stellung_nehmen", {"stellungnahme": {"auflagen": True, "von": "Tiefbauamt"}}),
)
_FOLDER = Path(__file__).with_name("processes")


def sources() -> tuple[bytes, tuple[bytes, ...]]:
    """Read the model and its decision table."""
    table = (_FOLDER / "gebuehr.dmn").read_bytes()
    return (_FOLDER / "sondernutzung.bpmn").read_bytes(), (table,)


def data() -> dict[str, object]:
    """Give what the citizen sent, 1.6 KB, and what is known of the case."""
    place = {"strasse": "Marktplatz", "hausnummer": "7", "plz": "12345", "ort": "Musterstadt"}
    application = {
        "antragsteller": {"name": "Erika Mustermann", "email": "erika@example.org", **place},
        "ort": {**place, "lage": "Gehweg vor dem Schaufenster, rechts vom Eingang"},
        "flaeche_m2": 40,
        "zone": "innenstadt",
        "zeitraum": {"von": "2027-04-01", "bis": "2027-10-31", "taeglich": "10:00 bis 22:00"},
        "gegenstaende": [
            {"art": art, "anzahl": number, "hoehe_cm": 75 + number}
            for number, art in enumerate(("Tisch", "Stuhl", "Sonnenschirm", "Pflanzkübel"), 4)
        ],
        "beschreibung": "Außengastronomie mit Bedienung, wie in den Jahren davor. " * 16,
        "erklaerung": True,
    }
    return {"antrag": application, "vorgang": {"aktenzeichen": "MU-2026-000001"}}


def our_case(engine: Engine, deployment: Deployment) -> Step:
    """Play a case until the decision is open."""
    step = engine.start(deployment, data(), NOW)
    for element, changes in _BEFORE:
        step = engine.complete(deployment, step.state, _open(step, element), changes, NOW)
        for call in step.calls:
            result = ServiceResult(call.task_id, ANSWER)
            step = engine.deliver(deployment, step.state, result, NOW)
    _open(step, ELEMENT)
    return step


def stock_cycle() -> StockCycle:
    """Play a case of the library until the decision is open."""
    case = StockCase(sources()[0], data(), sources()[1])
    for element, changes in _BEFORE:
        case.complete(element, **changes)
    return StockCycle(case, ELEMENT, GRANTED)


def check_equal(step: Step, stock: StockCycle) -> None:
    """Make sure that both have come to the same point with the same data.

    :raises AssertionError: they have not, and no figure would mean anything.
    """
    stock.run()
    [waiting] = stock.case.workflow.waiting_events()
    [subscription] = step.subscriptions
    assert (step.open_tasks, stock.case.open) == ((), [])
    assert waiting.name == subscription.message == "zahlung_eingegangen"
    [task] = stock.case.tasks("zahlung_abwarten")
    assert json.dumps(task.data, sort_keys=True) == json.dumps(dict(step.data), sort_keys=True)


def _open(step: Step, element: str) -> str:
    [task] = [task for task in step.open_tasks if task.element == element]
    return task.id
