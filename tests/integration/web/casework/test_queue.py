"""The work list: who sees what, in which order, and how to find something."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select
from werkzeug.test import TestResponse

from app.models.task import Task
from tests.support.page_browser import heading, text
from tests.support.sign_in import case_worker

QUEUE = "/arbeit"


def references(page: TestResponse) -> list[str]:
    """Return the file references on the page, from top to bottom."""
    assert page.status_code == 200
    return [word for word in text(page).split() if word.startswith("MU-2026-")]


@pytest.fixture
def many(case_id, db_session, clock) -> int:
    """Put 120 more tasks beside the one that is there, three per hour, the last without a date."""
    [first] = db_session.scalars(select(Task))
    shared = {column.key: getattr(first, column.key) for column in Task.__table__.columns}
    del shared["id"]
    rows = [
        {
            **shared,
            "engine_task_id": str(number),
            "due_at": clock() + timedelta(days=30, hours=number // 3) if number < 110 else None,
        }
        for number in range(120)
    ]
    db_session.execute(insert(Task), rows)
    db_session.commit()
    return len(rows) + 1


@pytest.mark.parametrize("persona", ["citizen", "company", "operator"])
def test_whoever_works_on_no_cases_gets_a_page_that_says_so(person, persona):
    answer = person(persona).get(QUEUE)
    assert answer.status_code == 403
    assert heading(answer) == "Das dürfen Sie hier nicht"
    assert "Anders anmelden" in text(answer)


def test_nobody_is_asked_to_sign_in(person):
    answer = person("").get(QUEUE)
    assert answer.status_code == 401
    assert 'href="/anmelden?weiter=/arbeit"' in answer.text


def test_an_empty_queue_says_what_will_be_there(worker):
    for view, told in (
        ("gruppe", "Nichts zu tun"),
        ("meine", "Sie haben keine Aufgabe"),
        ("frei", "Alles ist vergeben"),
    ):
        assert told in text(worker.get(f"{QUEUE}?ansicht={view}"))


def test_an_application_appears_with_its_deadline(worker, case_id, task_id):
    page = worker.get(QUEUE)
    told = text(page)
    for part in ("MU-2026-000001", "Anmeldung prüfen", "Erika Beispiel", "Wasserzwischenzähler"):
        assert part in told
    assert f'href="/arbeit/vorgang/{case_id}?aufgabe={task_id}"' in page.text
    assert "Frist: 02.12.2026" in page.text


@pytest.mark.abuse("A14")
def test_other_municipalities_and_groups_see_nothing(person, parts, case_id):
    parts.sign_in.personas["other-group"] = case_worker("other-group", groups=("ordnung",))
    parts.sign_in.personas["no-group"] = case_worker("no-group", groups=())
    for persona in ("caseworker-county", "other-group", "no-group"):
        page = person(persona).get(QUEUE)
        assert references(page) == []
        assert "Erika" not in page.text
        assert "Gruppe 0" in text(page)


def test_views_show_mine_free_and_all(worker, person, task_id):
    colleague = person("caseworker2")

    def seen(browser):
        return [
            len(references(browser.get(f"{QUEUE}?ansicht={view}")))
            for view in ("meine", "frei", "gruppe")
        ]

    assert seen(worker) == [0, 1, 1]
    worker.post(f"/arbeit/aufgabe/{task_id}/uebernehmen")
    assert (seen(worker), seen(colleague)) == ([1, 0, 1], [0, 0, 1])
    told = text(colleague.get(QUEUE))
    assert "Kim Amtlich" in told
    assert "Meine 0 Frei 0 Gruppe 1" in told


@pytest.mark.parametrize("view", ["", "alles", "%00", "gruppe&ansicht=frei"])
def test_an_unknown_view_is_that_of_the_group(worker, case_id, view):
    assert references(worker.get(f"{QUEUE}?ansicht={view}")) == ["MU-2026-000001"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("MU-2026-000001", True),
        ("000001", True),
        ("beispiel", True),
        (" Erika ", True),
        ("Müller", False),
        ("%25", False),
        ("_", False),
        ("%5C", False),
        ("zq'%22%5C;--", False),
        ("Bei%00spiel", True),
        ("x" * 3000, False),
    ],
)
def test_a_search_finds_reference_and_name_and_takes_nothing_for_a_pattern(
    worker, case_id, words, found
):
    page = worker.get(f"{QUEUE}?suche={words}")
    assert references(page)[: 1 if found else 0] == (["MU-2026-000001"] if found else [])
    assert ("Nichts gefunden" in text(page)) is not found


def test_what_was_searched_for_is_shown_as_text(worker, case_id):
    page = worker.get(f"{QUEUE}?suche=<script>alert(1)</script>")
    assert "<script>alert" not in page.text
    assert "<script>alert(1)</script>" in text(page)


def test_paging_shows_every_task_once_the_most_urgent_first(worker, many):
    sizes, page = [], worker.get(QUEUE)
    while True:
        sizes.append(len(references(page)))
        following = [
            line.split('href="')[1].split('"')[0].replace("&amp;", "&")
            for line in page.text.splitlines()
            if "Weitere anzeigen" in line
        ]
        if not following:
            break
        page = worker.get(following[0])
    assert sizes == [50, 50, 21]
    assert "keine Frist" in text(page)
    assert "keine Frist" not in text(worker.get(QUEUE))
    assert f"Gruppe {many}" in text(worker.get(QUEUE))


@pytest.mark.parametrize("cursor", ["!!!", "MTIz", "ä", "A" * 5000, "%00"])
def test_a_place_that_does_not_exist_is_a_page_that_says_what_to_do(worker, case_id, cursor):
    answer = worker.get(f"{QUEUE}?ab={cursor}")
    assert answer.status_code == 422
    assert "Bitte beginnen Sie von vorn" in text(answer)
