"""Claiming, releasing, deciding."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.case import Case
from app.models.case_event import CaseEvent
from app.models.notice import Notice
from app.models.task import Task
from tests.support.applications import granted
from tests.support.page_browser import described, element, heading, html_fields, summary, text
from tests.support.sign_in import case_worker
from tests.support.snapshot import snapshot

REFUSED = {"entscheidung": {"ergebnis": "abgelehnt", "begruendung": "Der Zähler ist zu alt."}}


@pytest.fixture
def read(db_session):
    """Read rows afresh."""

    def rows(model):
        db_session.rollback()
        db_session.expire_all()
        found = list(db_session.scalars(select(model)))
        db_session.rollback()
        return found

    return rows


@pytest.fixture
def to(task_id):
    """Address of an action on the open task."""
    return lambda action: f"/arbeit/aufgabe/{task_id}/{action}"


@pytest.fixture
def claimed(worker, to, case_id):
    """The case page with the form of the worker's own task."""
    worker.post(to("uebernehmen"))
    return worker.get(f"/arbeit/vorgang/{case_id}")


def decide(browser, to, answers=None):
    fields = html_fields(answers or granted())
    return browser.post(to("erledigen"), {**fields, "bestaetigt": "1"})


def test_the_case_page_shows_what_was_handed_in_and_what_is_to_do(worker, case_id):
    page = worker.get(f"/arbeit/vorgang/{case_id}")
    told = text(page)
    for part in (
        "MU-2026-000001",
        "Erika Beispiel",
        "4711-08",
        "Zähler im Keller.jpg",
        "nicht auf Viren geprüft",
        "Antrag abgesendet",
        "Anmeldung prüfen",
        "Noch bearbeitet niemand diese Aufgabe",
        "Der Vorgang steht bei: Anmeldung prüfen.",
    ):
        assert part in told
    assert 'href="/arbeit/aufgabe/' not in page.text
    assert "Gartenweg" in told


def test_a_task_leads_to_its_case(worker, task_id, case_id):
    answer = worker.get(f"/arbeit/aufgabe/{task_id}")
    there = f"/arbeit/vorgang/{case_id}?aufgabe={task_id}"
    assert (answer.status_code, answer.headers["Location"]) == (303, there)


def test_the_process_is_drawn_from_the_version_of_the_case(worker, case_id):
    answer = worker.get(f"/arbeit/vorgang/{case_id}/prozess.bpmn")
    assert answer.mimetype == "application/xml"
    assert b'id="anmeldung_pruefen"' in answer.data


def test_a_claimed_task_shows_its_form_to_its_holder_alone(worker, person, claimed, to, case_id):
    assert element(claimed, "entscheidung.ergebnis").get("type") == "radio"
    assert to("erledigen") in claimed.text
    other = person("caseworker2").get(f"/arbeit/vorgang/{case_id}")
    assert "Kim Amtlich bearbeitet diese Aufgabe" in text(other)
    assert to("erledigen") not in other.text


def test_claiming_twice_is_noted_once(worker, to, read):
    for _ in range(2):
        assert worker.post(to("uebernehmen")).status_code == 303
    kinds = [event.kind for event in read(CaseEvent)]
    assert kinds.count("task_claimed") == 1


@pytest.mark.promise("P5")
def test_one_of_two_wins_a_claim_and_the_other_is_told(person, to, read):
    browsers = [person("caseworker"), person("caseworker2")]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda browser: browser.post(to("uebernehmen")), browsers))
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    lost = next(answer for answer in answers if answer.status_code == 409)
    assert heading(lost) == "Jemand war schneller"
    winner = answers.index(lost) - 1
    [task] = read(Task)
    assert task.claimed_by_name == ("Kim Amtlich", "Robin Zweit")[winner]


@pytest.mark.promise("P5")
def test_release_and_claim_at_the_same_time_leave_one_state(person, to, read, worker):
    worker.post(to("uebernehmen"))
    colleague = person("caseworker2")
    with ThreadPoolExecutor(2) as pool:
        released = pool.submit(worker.post, to("zuruecklegen"))
        taken = pool.submit(colleague.post, to("uebernehmen"))
    assert released.result().status_code == 303
    [task] = read(Task)
    holder = None if taken.result().status_code == 409 else "Robin Zweit"
    assert task.claimed_by_name == holder
    assert (task.claimed_by is None) == (task.claimed_at is None) == (holder is None)


@pytest.mark.promise("P5")
def test_a_task_is_completed_once_even_by_two_clicks_at_once(person, to, read, parts):
    browsers = [person("caseworker") for _ in range(3)]
    browsers[0].post(to("uebernehmen"))
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda browser: decide(browser, to), browsers))
    assert sorted(answer.status_code for answer in answers) == [303, 409, 409]
    assert [job.name for job in parts.jobs.jobs] == ["run_service_call"]
    assert [event.kind for event in read(CaseEvent)].count("task_completed") == 1


def test_only_the_holder_puts_a_task_back(worker, person, claimed, to, read):
    refused = person("caseworker2").post(to("zuruecklegen"))
    assert (refused.status_code, heading(refused)) == (409, "Jemand war schneller")
    assert worker.post(to("zuruecklegen")).status_code == 303
    [task] = read(Task)
    assert (task.claimed_by, task.claimed_by_name, task.claimed_at) == (None, None, None)
    assert [event.kind for event in read(CaseEvent)][-1] == "task_released"


@pytest.mark.parametrize("fields", [{}, {"bestaetigt": "1"}, {"aktualisieren": "1"}])
@pytest.mark.parametrize("answers", [granted(), {"entscheidung": {"ergebnis": "vielleicht"}}])
def test_an_unclaimed_task_cannot_be_completed(worker, to, fields, answers, database_engine):
    before = snapshot(database_engine)
    answer = worker.post(to("erledigen"), {**html_fields(answers), **fields})
    assert answer.status_code == 409
    assert heading(answer) == "Bitte übernehmen Sie die Aufgabe zuerst"
    assert snapshot(database_engine) == before


@pytest.mark.parametrize("fields", [{}, {"bestaetigt": "1"}, {"aendern": "1"}])
def test_a_task_somebody_else_holds_cannot_be_completed(
    worker, person, to, fields, database_engine
):
    person("caseworker2").post(to("uebernehmen"))
    before = snapshot(database_engine, "sign_ins")
    answer = worker.post(to("erledigen"), {**html_fields(granted()), **fields})
    assert answer.status_code == 409
    assert heading(answer) == "Jemand war schneller"
    assert snapshot(database_engine, "sign_ins") == before


def test_a_finished_task_takes_nothing_more(worker, claimed, to, database_engine):
    assert decide(worker, to).status_code == 303
    before = snapshot(database_engine)
    for action, fields in (
        ("erledigen", {**html_fields(granted()), "bestaetigt": "1"}),
        ("erledigen", html_fields(granted())),
        ("uebernehmen", {}),
        ("zuruecklegen", {}),
    ):
        answer = worker.post(to(action), fields)
        assert answer.status_code == 409
        assert heading(answer) == "Diese Aufgabe ist erledigt"
    assert worker.get(to("").rstrip("/")).status_code == 409
    assert snapshot(database_engine) == before


def test_what_is_missing_is_said_at_the_field_and_above(worker, claimed, to, database_engine):
    before = snapshot(database_engine)
    answer = worker.submit(
        claimed, {"entscheidung.ergebnis": "abgelehnt"}, action="/erledigen", press="weiter"
    )
    assert answer.status_code == 422
    [(target, message)] = summary(answer)
    field = element(answer, "entscheidung.begruendung")
    assert target == f"#{field.get('id')}"
    assert message in described(answer, "entscheidung.begruendung")
    assert "Bitte begründen Sie die Ablehnung" in message
    assert snapshot(database_engine) == before


@pytest.mark.parametrize("press", ["aktualisieren", "hinzufuegen", "weglassen"])
def test_looking_which_questions_follow_changes_nothing(worker, claimed, database_engine, press):
    before = snapshot(database_engine)
    shown = worker.submit(
        claimed, {"entscheidung.ergebnis": "abgelehnt"}, action="/erledigen", press=press
    )
    assert shown.status_code == 200
    assert element(shown, "entscheidung.begruendung").tag == "textarea"
    assert summary(shown) == []
    assert snapshot(database_engine) == before


@pytest.mark.abuse("A7")
def test_answers_cannot_reach_beyond_the_form(worker, claimed, to, db_session, parts):
    foreign = {"vorgang.aktenzeichen": "X", "antrag.zaehler": "x", "entscheidung.rolle": "chef"}
    answer = worker.post(to("erledigen"), {**html_fields(granted()), **foreign, "bestaetigt": "1"})
    assert answer.status_code == 303
    case = db_session.scalars(select(Case)).one()
    bundle = parts.catalogue.bundle(db_session, case.bundle_digest)
    data = parts.engine.inspect(bundle.deployment, case.process_state).data
    assert data["vorgang"]["aktenzeichen"] == "MU-2026-000001"
    assert data["pruefung"]["entscheidung"].keys() <= {
        "ergebnis",
        "abnahme",
        "zaehler_im_gebuehrensystem",
        "hinweis",
    }


@pytest.mark.parametrize(
    ("answers", "told"),
    [(granted(), "4711-08"), (REFUSED, "Der Zähler ist zu alt.")],
    ids=["granted", "refused"],
)
def test_a_decision_goes_out_as_a_letter(
    worker, citizen, claimed, to, case_id, read, run_jobs, answers, told
):
    answer = decide(worker, to, answers)
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith(f"/arbeit/vorgang/{case_id}?erledigt=")
    after = text(worker.follow(answer))
    assert "Keine offene Aufgabe" in after
    assert "Aufgabe erledigt: Anmeldung prüfen" in after

    assert run_jobs() == ["run_service_call", "notify_recipient"]
    receipt, decision = sorted(read(Notice), key=lambda notice: notice.kind != "receipt")
    assert (receipt.kind, decision.kind) == ("receipt", "decision")
    assert decision.recipient == read(Case)[0].applicant
    assert decision.notified_at is not None
    assert told in text(citizen.get(f"/konto/postfach/{decision.id}"))
    assert decision.subject in text(citizen.get(f"/konto/vorgang/{case_id}"))
    [case] = read(Case)
    assert case.decided_at is not None
    assert case.status in {"decided", "closed"}


def test_an_inspection_leads_to_a_second_task_of_the_same_case(worker, claimed, to, case_id, read):
    decide(worker, to, granted(inspection=True))
    assert "Zähler abnehmen und verplomben" in text(worker.get(f"/arbeit/vorgang/{case_id}"))
    done, fresh = sorted(read(Task), key=lambda task: task.completed_at is None)
    assert done.completed_by.endswith("caseworker")
    assert (fresh.form_key, fresh.claimed_by) == ("abnahme", None)
    assert fresh.due_at is not None


@pytest.mark.abuse("A14")
@pytest.mark.parametrize("groups", [("ordnung",), ()])
def test_a_worker_of_another_group_finds_no_such_case(person, parts, to, case_id, groups):
    parts.sign_in.personas["other"] = case_worker("other", groups=groups)
    other = person("other")
    for path in (f"/arbeit/vorgang/{case_id}", f"/arbeit/vorgang/{case_id}/prozess.bpmn"):
        assert other.get(path).status_code == 404
    for action in ("uebernehmen", "zuruecklegen", "erledigen"):
        assert other.post(to(action)).status_code == 404


def test_the_application_is_shown_as_on_the_day_it_came(worker, case_id, clock):
    question = "Warum melden Sie den Zähler erst jetzt?"
    assert question not in text(worker.get(f"/arbeit/vorgang/{case_id}"))
    clock.now += timedelta(days=120)
    worker.sign_in("caseworker")
    assert question not in text(worker.get(f"/arbeit/vorgang/{case_id}"))
