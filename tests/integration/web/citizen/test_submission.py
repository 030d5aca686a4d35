"""Checking, handing in, and throwing away."""

import dataclasses
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from app.models.application import Application
from app.models.case import Case
from app.models.evidence import Evidence
from tests.support.page_browser import element, heading, summary, text
from tests.support.sign_in import citizen as make_citizen
from tests.support.snapshot import snapshot


class BrokenQueue:
    """A queue with a defect."""

    def defer(self, *_args) -> None:
        raise RuntimeError("defect")


@pytest.fixture
def here(desk) -> str:
    """Address of a draft that can be handed in."""
    return f"/antrag/{desk.draft()}"


@pytest.fixture
def count(db_session):
    def rows(model) -> int:
        db_session.rollback()
        return db_session.scalar(select(func.count()).select_from(model))

    return rows


def hand_in(browser, here):
    return browser.post(f"{here}/absenden", {"erklaerung": "ja"})


def test_everything_is_shown_once_more_with_a_way_to_change_it(citizen, here):
    page = citizen.follow(citizen.get(f"{here}/"))
    assert page.request.path == f"{here}/pruefen"
    told = text(page)
    for answer in ("4711-08", "Gartenweg", "0,25", "16.11.2026", "Zähler im Keller.jpg"):
        assert answer in told
    assert f'href="{here}/seite/zaehler"' in page.text
    assert "Meine Angaben sind richtig und vollständig." in told


def test_a_change_from_the_check_page_leads_back_to_it(citizen, here):
    page = citizen.get(f"{here}/seite/zaehler")
    answer = citizen.submit(page, {"zaehler.nummer": "8-NEU"}, press="zur_pruefung")
    back = citizen.follow(answer)
    assert back.request.path == f"{here}/pruefen"
    assert "8-NEU" in text(back)


def test_without_the_declaration_nothing_is_handed_in(citizen, here, database_engine, parts):
    page, before = citizen.get(f"{here}/pruefen"), snapshot(database_engine)
    answer = citizen.submit(page, action="/absenden")
    assert answer.status_code == 422
    assert summary(answer) == [
        ("#erklaerung", "Bitte bestätigen Sie die Erklärung, bevor Sie absenden.")
    ]
    assert element(answer, "erklaerung").get("aria-invalid") == "true"
    assert snapshot(database_engine) == before
    assert parts.jobs.jobs == []


def test_what_was_handed_in_gets_a_file_reference(citizen, here, db_session, parts):
    page = citizen.get(f"{here}/pruefen")
    answer = citizen.submit(page, {"erklaerung": "ja"}, action="/absenden")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{here}/eingegangen")
    receipt = citizen.follow(answer)
    assert heading(receipt) == "Ihr Antrag ist bei uns"
    assert "MU-2026-000001" in text(receipt)
    assert "18.11.2026, 10:30 Uhr" in text(receipt)
    case = db_session.scalars(select(Case)).one()
    assert (case.applicant_name, case.status) == ("Erika Beispiel", "in_progress")
    assert [job.name for job in parts.jobs.jobs] == ["run_service_call"]


def test_an_incomplete_draft_is_not_handed_in(citizen, desk, count):
    here = f"/antrag/{desk.begin()}"
    answer = hand_in(citizen, here)
    assert answer.status_code == 422
    assert [target for target, _ in summary(answer)] == ["#nachweise"]
    assert 'id="nachweise"' in answer.text
    assert count(Case) == 0


@pytest.mark.promise("P2")
def test_a_second_click_finds_the_same_receipt(citizen, here, count, parts):
    answers = [hand_in(citizen, here) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [303] * 3
    assert len({text(citizen.follow(answer)) for answer in answers}) == 1
    assert count(Case) == 1
    assert len(parts.jobs.jobs) == 1


@pytest.mark.promise("P2")
def test_two_clicks_at_the_same_time_make_one_case(person, here, count, parts):
    browsers = [person("citizen") for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda browser: hand_in(browser, here), browsers))
    assert {(answer.status_code, answer.headers["Location"]) for answer in answers} == {
        (303, f"{here}/eingegangen")
    }
    assert count(Case) == 1
    assert len(parts.jobs.jobs) == 1


def test_after_submission_every_page_leads_to_the_receipt(citizen, here):
    hand_in(citizen, here)
    for path in ("/", "/seite/anlass", "/pruefen"):
        answer = citizen.get(f"{here}{path}")
        assert (answer.status_code, answer.headers["Location"]) == (303, f"{here}/eingegangen")


def test_after_submission_nothing_can_be_changed(citizen, here, db_session, database_engine):
    page = citizen.get(f"{here}/seite/zaehler")
    photo = db_session.scalars(select(Evidence)).one().id
    db_session.rollback()
    hand_in(citizen, here)
    before = snapshot(database_engine)
    for press in ("weiter", "spaeter", "hochladen", f"entfernen={photo}"):
        answer = citizen.submit(page, {"zaehler.nummer": "SPAET"}, press=press)
        assert answer.status_code == 409, press
        assert heading(answer) == "Ihr Antrag ist schon bei uns"
    assert citizen.post(f"{here}/loeschen").status_code == 409
    assert snapshot(database_engine) == before


def test_there_is_no_receipt_before_submission(citizen, here):
    assert citizen.get(f"{here}/eingegangen").status_code == 404


@pytest.mark.abuse("A16")
def test_a_weaker_sign_in_cannot_hand_in_what_a_stronger_one_began(
    citizen, person, here, parts, count
):
    weaker = make_citizen(assurance=parts.sign_in.personas["weak"].assurance)
    parts.sign_in.personas["citizen"] = weaker
    refused = hand_in(person("citizen"), here)
    assert refused.status_code == 403
    assert heading(refused) == "Bitte melden Sie sich sicherer an"
    assert count(Case) == 0
    assert hand_in(citizen, here).status_code == 303


def test_a_discarded_draft_is_gone_with_rows_and_files(citizen, here, count, parts):
    assert list(parts.documents.keys("evidence/"))
    page = citizen.get(f"{here}/pruefen")
    answer = citizen.submit(page, action="/loeschen")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/konto")
    assert (count(Application), count(Evidence)) == (0, 0)
    assert list(parts.documents.keys("evidence/")) == []
    assert citizen.get(f"{here}/").status_code == 404


def test_a_process_that_cannot_start_leaves_the_draft_as_it_was(
    citizen, here, app, parts, database_engine
):
    before = snapshot(database_engine)
    app.extensions["parts"] = dataclasses.replace(parts, jobs=BrokenQueue())
    answer = hand_in(citizen, here)
    assert answer.status_code == 500
    assert heading(answer) == "Hier ist uns ein Fehler passiert"
    assert snapshot(database_engine) == before


def test_what_changed_since_it_was_shown_is_not_handed_in(citizen, here, count):
    shown = citizen.get(f"{here}/pruefen")
    page = citizen.get(f"{here}/seite/zaehler")
    citizen.submit(page, {"zaehler.hersteller": "Anders"}, press="weiter")

    answer = citizen.submit(shown, {"erklaerung": "ja"}, action="/absenden")
    assert answer.status_code == 409
    assert "Ihr Antrag wurde inzwischen geändert" in text(answer)
    assert "Anders" in text(answer)
    assert count(Case) == 0

    again = citizen.submit(answer, {"erklaerung": "ja"}, action="/absenden")
    assert again.status_code == 303
    assert count(Case) == 1
