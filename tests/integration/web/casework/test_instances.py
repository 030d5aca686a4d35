"""One task for several offices: each is shown, checked and kept for itself."""

import pytest

from tests.support.hearing import TASK, opinion
from tests.support.page_browser import heading, html_fields, summary, text

SECOND = f"{TASK} (2 von 3)"


@pytest.fixture
def asking(hearing):
    """Id of a case in which three offices are asked."""
    return hearing.case("MU-2026-000999", ("Bauamt", "Umweltamt", "Feuerwehr"))


@pytest.fixture
def pages(asking):
    """Address of the case with one of its tasks."""
    return lambda task_id: f"/arbeit/vorgang/{asking}?aufgabe={task_id}"


def test_the_work_list_tells_the_instances_apart(worker, hearing, asking, pages):
    page = worker.get("/arbeit")
    for name, task_id in hearing.tasks(asking).items():
        assert name in text(page)
        assert pages(task_id) in page.text
    assert len(hearing.tasks(asking)) == 3


def test_each_instance_can_be_opened_and_claimed(worker, hearing, asking, pages):
    tasks = hearing.tasks(asking)
    there = worker.get(f"/arbeit/aufgabe/{tasks[SECOND]}")
    assert there.headers["Location"] == pages(tasks[SECOND])
    claimed = worker.post(f"/arbeit/aufgabe/{tasks[SECOND]}/uebernehmen")
    page = worker.follow(claimed)
    assert f"/arbeit/aufgabe/{tasks[SECOND]}/erledigen" in page.text
    told = text(page)
    assert "Umweltamt" in told[told.index(SECOND) :]
    others = [name for name in tasks if name != SECOND]
    assert all(pages(tasks[name]) in page.text for name in others)
    assert pages(tasks[SECOND]) not in page.text


def test_a_form_asks_what_concerns_its_own_instance(worker, hearing, asking, pages):
    for name, task_id in hearing.tasks(asking).items():
        worker.post(f"/arbeit/aufgabe/{task_id}/uebernehmen")
        is_second = name == SECOND
        assert ("votum.auflage" in worker.get(pages(task_id)).text) is is_second

    here = f"/arbeit/aufgabe/{hearing.tasks(asking)[SECOND]}/erledigen"
    refused = worker.post(here, html_fields(opinion("dagegen")))
    assert refused.status_code == 422
    assert [target for target, _ in summary(refused)] == ["#feld-votum-auflage"]
    assert SECOND in text(refused)


def test_completed_instances_are_collected_in_their_order(worker, hearing, asking):
    tasks = hearing.tasks(asking)
    for name, task_id in reversed(tasks.items()):
        answers = opinion("dagegen", "Bäume erhalten" if name == SECOND else "")
        worker.post(f"/arbeit/aufgabe/{task_id}/uebernehmen")
        done = worker.post(f"/arbeit/aufgabe/{task_id}/erledigen", html_fields(answers))
        assert done.status_code == 303
    found = hearing.inside(asking).data["stellungnahmen"]
    assert [one["votum"]["stelle"] for one in found] == ["Bauamt", "Umweltamt", "Feuerwehr"]
    page = worker.get(f"/arbeit/vorgang/{asking}")
    assert f"Aufgabe erledigt: {SECOND}" in text(page)
    assert "Nachricht gesendet: Stellungnahmen" in text(page)


@pytest.mark.abuse("A14")
def test_a_task_of_another_case_or_group_is_not_opened_by_its_number(
    worker, person, hearing, asking, pages
):
    other = hearing.case("MU-2026-000999", ("Bauamt",))
    [foreign] = hearing.tasks(other).values()
    assert str(foreign) not in worker.get(pages(foreign)).text
    assert person("caseworker-county").get(pages(foreign)).status_code == 404
    assert heading(worker.get(pages(foreign))).startswith("MU-2026-000001")
