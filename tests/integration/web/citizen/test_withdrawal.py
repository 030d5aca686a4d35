"""Withdrawing an application in the browser: asked once, done once, seen by both sides."""

import pytest

from tests.support.applications import granted
from tests.support.page_browser import described, element, heading, html_fields, summary, text


@pytest.fixture
def here(case_id) -> str:
    return f"/konto/vorgang/{case_id}"


def test_the_way_from_the_case_page_and_back(citizen, here):
    page = citizen.get(here)
    assert f'href="{here}/zurueckziehen"' in page.text
    asked = citizen.get(f"{here}/zurueckziehen")
    assert heading(asked) == "Möchten Sie Ihren Antrag zurückziehen?"
    assert "Rückgängig machen können Sie es nicht." in text(asked)
    done = citizen.submit(asked, {"grund": "Wir ziehen um."})
    assert (done.status_code, done.headers["Location"]) == (303, here)
    page = citizen.follow(done)
    told = text(page)
    assert "Antrag von Ihnen zurückgezogen" in told
    assert "Ihr Grund: Wir ziehen um." in told
    assert "Zurückgezogen" in told
    assert "zurueckziehen" not in page.text
    assert 'aria-current="step"' not in page.text
    assert "Zurückgezogen" in text(citizen.get("/konto"))


def test_without_a_reason_it_works_as_well(citizen, here):
    done = citizen.submit(citizen.get(f"{here}/zurueckziehen"))
    assert "Wir bearbeiten ihn nicht weiter." in text(citizen.follow(done))


def test_a_second_click_finds_the_same(citizen, here):
    asked = citizen.get(f"{here}/zurueckziehen")
    citizen.submit(asked, {"grund": "einmal"})
    again = citizen.submit(asked, {"grund": "zweimal"})
    assert "Ihr Grund: einmal" in text(citizen.follow(again))
    assert citizen.get(f"{here}/zurueckziehen").headers["Location"] == here


def test_a_reason_that_is_too_long_is_kept_and_explained(citizen, here):
    asked = citizen.submit(citizen.get(f"{here}/zurueckziehen"), {"grund": "ä" * 1001})
    assert asked.status_code == 422
    assert summary(asked) == [("#grund", "Bitte schreiben Sie höchstens 1000 Zeichen.")]
    assert element(asked, "grund").text.strip() == "ä" * 1001
    assert "Bitte schreiben Sie höchstens 1000 Zeichen." in described(asked, "grund")
    assert "<title>Fehler: " in asked.text


def test_markup_in_a_reason_is_only_text(citizen, worker, here, case_id):
    citizen.post(f"{here}/zurueckziehen", {"grund": "<b id=x>fett</b>"})
    for page in (citizen.get(here), worker.get(f"/arbeit/vorgang/{case_id}")):
        assert "<b id=x>" not in page.text
        assert "&lt;b id=x&gt;fett" in page.text


def test_after_the_decision_it_is_too_late(citizen, worker, here, task_id, run_jobs):
    asked = citizen.get(f"{here}/zurueckziehen")
    task = f"/arbeit/aufgabe/{task_id}"
    worker.post(f"{task}/uebernehmen")
    worker.post(f"{task}/erledigen", {**html_fields(granted()), "bestaetigt": "1"})
    run_jobs()
    late = citizen.submit(asked)
    assert late.status_code == 409
    assert heading(late) == "Ihr Antrag lässt sich nicht mehr zurückziehen"
    assert "zurueckziehen" not in citizen.get(here).text
    assert citizen.get(f"{here}/zurueckziehen").status_code == 303


def test_the_case_worker_sees_it_and_why(citizen, worker, here, case_id, task_id):
    assert "zurückgezogen" not in text(worker.get("/arbeit"))
    citizen.post(f"{here}/zurueckziehen", {"grund": "Wir ziehen um."})
    queue = worker.get("/arbeit")
    assert "Ein Antrag wurde in den letzten 30 Tagen zurückgezogen" in text(queue)
    assert "Nichts zu tun" in text(queue)
    listed = worker.get("/arbeit/zurueckgezogen")
    assert "MU-2026-000001" in text(listed)
    assert "geschlossen" in text(listed)
    told = text(worker.get(f"/arbeit/vorgang/{case_id}"))
    assert "Der Antrag wurde zurückgezogen" in told
    assert "Grund: Wir ziehen um." in told
    assert "Antrag zurückgezogen" in told
    assert "Der Vorgang ist abgeschlossen." in told
    assert worker.post(f"/arbeit/aufgabe/{task_id}/uebernehmen").status_code == 409


def test_other_groups_and_later_months_do_not_list_it(citizen, person, worker, here, clock):
    citizen.post(f"{here}/zurueckziehen")
    assert "MU-2026" not in text(person("caseworker-county").get("/arbeit/zurueckgezogen"))
    clock.move(days=29)
    assert "MU-2026-000001" in text(person("caseworker").get("/arbeit/zurueckgezogen"))
    clock.move(days=2)
    later = person("caseworker").get("/arbeit/zurueckgezogen")
    assert "Nichts zurückgezogen" in text(later)
