"""Before a letter goes out it is shown, and showing it changes nothing."""

import pytest

from tests.support.applications import granted
from tests.support.page_browser import element, heading, html_fields, text
from tests.support.snapshot import snapshot


@pytest.fixture
def form(worker, task_id, case_id):
    """The case page with the form of the worker's own task."""
    worker.post(f"/arbeit/aufgabe/{task_id}/uebernehmen")
    return worker.get(f"/arbeit/vorgang/{case_id}")


@pytest.fixture
def preview(worker, form):
    fields = {**html_fields(granted()), "entscheidung.hinweis": "Bitte <gut> aufheben."}
    return worker.submit(form, fields, action="/erledigen")


def test_the_letter_is_shown_as_it_will_be(preview):
    assert preview.status_code == 200
    assert heading(preview) == "Vorschau: Bescheid"
    told = text(preview)
    assert "Noch ist nichts verschickt." in told
    for part in ("4711-08", "MU-2026-000001", "Erika Beispiel", "Bitte <gut> aufheben."):
        assert part in told
    assert "<gut>" not in preview.text


def test_showing_it_changes_nothing(worker, form, database_engine, parts):
    before = snapshot(database_engine)
    objects = list(parts.documents.keys("letters/"))
    worker.submit(form, html_fields(granted()), action="/erledigen")
    assert snapshot(database_engine) == before
    assert parts.jobs.jobs == []
    assert list(parts.documents.keys("letters/")) == objects
    assert len(parts.mail.sent) == 1


def test_confirming_it_decides(worker, preview, run_jobs, citizen, case_id):
    answer = worker.submit(preview, press="bestaetigt")
    assert answer.status_code == 303
    run_jobs()
    decided = text(citizen.get(f"/konto/vorgang/{case_id}"))
    assert "Der Bescheid liegt in Ihrem Postfach." in decided


def test_changing_ones_mind_leads_back_to_the_form_as_filled_in(
    worker, preview, database_engine, task_id
):
    before = snapshot(database_engine)
    back = worker.submit(preview, press="aendern")
    assert back.status_code == 200
    assert element(back, "entscheidung.hinweis").text.strip() == "Bitte <gut> aufheben."
    assert f"/arbeit/aufgabe/{task_id}/erledigen" in back.text
    assert snapshot(database_engine) == before


def test_where_no_letter_follows_at_once_nothing_is_asked(worker, form, case_id):
    answer = worker.submit(form, html_fields(granted(inspection=True)), action="/erledigen")
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith(f"/arbeit/vorgang/{case_id}")


def test_a_preview_does_not_hold_the_task_against_the_decision(worker, preview, form):
    again = worker.submit(form, html_fields(granted()), action="/erledigen")
    assert again.status_code == 200
    assert worker.submit(again, press="bestaetigt").status_code == 303
    assert worker.submit(preview, press="bestaetigt").status_code == 409
