"""Pages of case workers keep to their budget of statements and commits, on warm caches."""

import pytest
from sqlalchemy import insert, select

from app.models.task import Task
from tests.support import budget as counting
from tests.support.applications import granted
from tests.support.page_browser import html_fields

budget, parts, run_jobs = counting.budget, counting.parts, counting.run_jobs
READS = {
    "casework.queue": (3, 0),
    "casework.withdrawn": (2, 0),
    "casework.case": (8, 0),
    "casework.task": (2, 0),
    "casework.diagram": (8, 0),
}
WRITES = {"casework.claim", "casework.release", "casework.complete"}


@pytest.fixture
def paths(task_id, case_id):
    return {
        "casework.queue": "/arbeit",
        "casework.withdrawn": "/arbeit/zurueckgezogen",
        "casework.case": f"/arbeit/vorgang/{case_id}",
        "casework.task": f"/arbeit/aufgabe/{task_id}",
        "casework.diagram": f"/arbeit/vorgang/{case_id}/prozess.bpmn",
    }


@pytest.fixture
def claimed(worker, task_id) -> str:
    """Address where the worker's own task is completed."""
    worker.post(f"/arbeit/aufgabe/{task_id}/uebernehmen")
    return f"/arbeit/aufgabe/{task_id}/erledigen"


def test_every_page_has_a_budget(app):
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("casework.")]
    assert {rule.endpoint for rule in rules if "GET" in rule.methods} == READS.keys()
    assert {rule.endpoint for rule in rules if "POST" in rule.methods} == WRITES


def test_every_page_keeps_to_its_budget(worker, paths, budget, subtests):
    for endpoint, (statements, commits) in READS.items():
        with subtests.test(endpoint), budget(statements, commits):
            assert worker.get(paths[endpoint]).status_code in {200, 303}


@pytest.mark.parametrize("query", ["", "?ansicht=meine", "?ansicht=frei", "?suche=beispiel"])
def test_the_work_list_takes_three_whatever_its_size(worker, case_id, db_session, budget, query):
    [one] = db_session.scalars(select(Task))
    shared = {column.key: getattr(one, column.key) for column in Task.__table__.columns}
    del shared["id"]
    rows = [{**shared, "engine_task_id": str(number)} for number in range(300)]
    db_session.execute(insert(Task), rows)
    db_session.commit()
    with budget(3, 0):
        assert worker.get(f"/arbeit{query}").status_code == 200


def test_a_case_with_its_form_takes_eight(worker, claimed, case_id, budget):
    with budget(8, 0):
        assert "entscheidung.ergebnis" in worker.get(f"/arbeit/vorgang/{case_id}").text


@pytest.mark.parametrize("action", ["uebernehmen", "zuruecklegen"])
def test_claiming_and_releasing_take_five(worker, task_id, budget, action):
    if action == "zuruecklegen":
        worker.post(f"/arbeit/aufgabe/{task_id}/uebernehmen")
    with budget(5, 1):
        assert worker.post(f"/arbeit/aufgabe/{task_id}/{action}").status_code == 303


def test_a_preview_takes_five(worker, claimed, budget):
    with budget(5, 0):
        assert worker.post(claimed, html_fields(granted())).status_code == 200


@pytest.mark.parametrize(
    ("inspection", "confirmed"),
    [(False, {"bestaetigt": "1"}), (True, {}), (True, {"bestaetigt": "1"})],
)
def test_a_completion_takes_twelve(worker, claimed, budget, inspection, confirmed):
    fields = html_fields(granted(inspection=inspection))
    with budget(12, 1):
        assert worker.post(claimed, {**fields, **confirmed}).status_code == 303
