"""A message of one case reaches exactly the case that waits for it, once, or somebody is told."""

import dataclasses
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.connectors.jobs import RETRY_AFTER_MINUTES
from app.errors import BundleInvalid, Incident
from app.models.base import db
from app.models.case_event import CaseEvent
from app.models.incident import IncidentRecord
from app.models.sent_message import SentMessage
from app.models.subscription import Subscription
from app.models.timer import Timer
from app.models.transaction import transaction
from app.usecases.operations.retry_case import retry_case
from app.usecases.system.deliver_message import deliver_message
from app.worker import handlers
from tests.support.applications import MUNICIPALITY
from tests.support.hearing import TASK, Variant, opinion
from tests.support.page_browser import text
from tests.support.snapshot import snapshot
from tests.support.statements import counted

COUNTY = "musterland"
OFFICES = ("Bauamt", "Umweltamt", "Feuerwehr")
YES = opinion("einverstanden")


@pytest.fixture
def rows(db_session):
    """Read all rows of a table afresh."""

    def read(model):
        db_session.rollback()
        db_session.expire_all()
        found = list(db_session.scalars(select(model)))
        db_session.rollback()
        return found

    return read


@pytest.fixture
def ask(hearing):
    """Begin a case that sends one opinion to another one; gives its id."""

    def about(reference: str, municipality: str = MUNICIPALITY):
        case_id = hearing.case(reference, ("Bauamt",), municipality)
        if municipality == MUNICIPALITY:
            [task_id] = hearing.tasks(case_id).values()
            hearing.complete(task_id, YES)
        return case_id

    return about


def test_a_case_goes_on_with_what_another_one_sends_it(hearing, run_jobs, rows, database_engine):
    waiting, other = hearing.case(), hearing.case()
    reference = hearing.row(waiting).file_reference
    asking = hearing.case(reference, OFFICES)
    tasks = hearing.tasks(asking)
    assert list(tasks) == [f"{TASK} ({number} von 3)" for number in (1, 2, 3)]

    hearing.complete(tasks[f"{TASK} (3 von 3)"], YES)
    hearing.complete(tasks[f"{TASK} (1 von 3)"], YES)
    hearing.complete(tasks[f"{TASK} (2 von 3)"], opinion("dagegen", "Bäume erhalten"))
    assert not hearing.row(asking).running
    assert hearing.tasks(waiting) == {}

    assert run_jobs() == ["deliver_message"]
    assert list(hearing.tasks(waiting)) == ["Entscheiden"]
    assert hearing.inside(waiting).data["eingegangen"] == [
        {"votum": {"stelle": "Bauamt", "ergebnis": "einverstanden"}},
        {"votum": {"stelle": "Umweltamt", "ergebnis": "dagegen", "auflage": "Bäume erhalten"}},
        {"votum": {"stelle": "Feuerwehr", "ergebnis": "einverstanden"}},
    ]
    assert hearing.tasks(other) == {}
    assert [row.case_id for row in rows(Subscription)] == [other]
    assert rows(SentMessage) == []
    told = {(event.case_id, event.kind, event.public): event.detail for event in rows(CaseEvent)}
    assert told[asking, "message_sent", False] == {"element": "senden", "name": "Stellungnahmen"}
    assert told[waiting, "message_arrived", False] == {
        "name": "Stellungnahmen",
        "case": str(asking),
    }


def test_the_queue_and_the_history_hold_nothing_of_what_a_message_says(hearing, ask, parts, rows):
    waiting = hearing.case()
    ask(hearing.row(waiting).file_reference)
    [message], [job] = rows(SentMessage), parts.jobs.jobs
    assert message.content["payload"] == [
        {"votum": {"stelle": "Bauamt", "ergebnis": "einverstanden"}}
    ]
    assert job.arguments == {"message_id": str(message.id), "tries": "0"}
    assert "einverstanden" not in str([event.detail for event in rows(CaseEvent)])


@pytest.mark.promise("P3")
def test_the_same_job_again_delivers_nothing_again(
    hearing, ask, app, parts, run_jobs, database_engine
):
    waiting = hearing.case()
    ask(hearing.row(waiting).file_reference)
    [job] = parts.jobs.jobs
    run_jobs()
    assert list(hearing.tasks(waiting)) == ["Entscheiden"]
    before = snapshot(database_engine)
    handlers(app, parts)[job.name](**job.arguments)
    assert snapshot(database_engine) == before
    assert parts.jobs.jobs == []


def test_a_message_waits_for_a_case_that_begins_to_wait_later(hearing, ask, clock, run_jobs, rows):
    ask("MU-2026-000002")
    assert run_jobs() == ["deliver_message"]
    waiting = hearing.case()
    assert hearing.row(waiting).file_reference == "MU-2026-000002"
    clock.move(seconds=59)
    assert run_jobs() == []
    clock.move(seconds=1)
    assert run_jobs() == ["deliver_message"]
    assert list(hearing.tasks(waiting)) == ["Entscheiden"]
    assert rows(IncidentRecord) == []


def test_a_failed_try_counts_once_however_often_its_job_runs(hearing, ask, app, parts, rows):
    ask("MU-2026-000999")
    [job] = parts.jobs.jobs
    parts.jobs.jobs.clear()
    for _ in range(2):
        handlers(app, parts)[job.name](**job.arguments)
    assert [message.tries for message in rows(SentMessage)] == [1]
    [later] = parts.jobs.jobs
    assert later.not_before == parts.clock() + timedelta(minutes=1)


def test_two_workers_with_one_failed_try_ask_for_one_more(hearing, ask, app, parts, rows):
    ask("MU-2026-000999")
    [job] = parts.jobs.jobs
    parts.jobs.jobs.clear()
    opened = []

    def interrupted():
        """Let the other worker do the same between the first and the second transaction."""
        opened.append(1)
        if len(opened) == 2:
            handlers(app, parts)[job.name](**job.arguments)
        return transaction()

    with app.app_context():
        deliver_message(
            interrupted,
            rows(SentMessage)[0].id,
            0,
            catalogue=parts.catalogue,
            engine=parts.engine,
            jobs=parts.jobs,
            now=parts.clock(),
        )
    assert [later.arguments["tries"] for later in parts.jobs.jobs] == ["1"]
    assert [message.tries for message in rows(SentMessage)] == [1]


@pytest.mark.promise("P9")
def test_a_message_that_nobody_takes_becomes_an_incident_and_can_be_sent_again(
    hearing, ask, app, parts, clock, run_jobs, rows
):
    asking = ask("MU-2026-000002")
    assert run_jobs() == ["deliver_message"]
    for minutes in RETRY_AFTER_MINUTES:
        assert rows(IncidentRecord) == []
        clock.move(minutes=minutes)
        assert run_jobs() == ["deliver_message"]
    assert parts.jobs.jobs == []
    [incident] = rows(IncidentRecord)
    assert (incident.case_id, incident.element) == (asking, "senden")
    assert incident.cause == "Auf die Nachricht „Stellungnahmen“ wartet kein Vorgang."

    with app.app_context(), transaction() as session:
        resent = retry_case(
            session,
            hearing.row(asking).file_reference,
            catalogue=parts.catalogue,
            engine=parts.engine,
            jobs=parts.jobs,
            now=clock(),
        )
    assert resent == 1
    last = {"message_id": str(rows(SentMessage)[0].id), "tries": str(len(RETRY_AFTER_MINUTES))}
    handlers(app, parts)["deliver_message"](**last)
    assert [one.resolved_at for one in rows(IncidentRecord)] == [clock()]

    waiting = hearing.case()
    assert run_jobs() == ["deliver_message"]
    assert list(hearing.tasks(waiting)) == ["Entscheiden"]
    assert rows(SentMessage) == []


@pytest.mark.abuse("A14")
def test_a_message_stays_within_its_municipality(hearing, ask, run_jobs, rows):
    same_for_all = Variant(waits_for="'alle'")
    hearing.offer(MUNICIPALITY, same_for_all)
    hearing.offer(COUNTY, same_for_all)
    foreign = hearing.case(municipality=COUNTY)
    ask("alle")
    run_jobs()
    assert hearing.tasks(foreign) == {}
    assert [row.case_id for row in rows(Subscription)] == [foreign]


def test_of_several_that_wait_the_oldest_gets_it(hearing, ask, clock, run_jobs):
    hearing.offer(variant=Variant(waits_for="'alle'"))
    cases = []
    for _ in range(3):
        cases.append(hearing.case())
        clock.move(minutes=1)
    ask("alle")
    run_jobs()
    assert [list(hearing.tasks(case_id)) for case_id in cases] == [["Entscheiden"], [], []]


def test_a_case_gets_no_message_that_carries_other_values_than_it_waits_for(hearing, ask, run_jobs):
    hearing.offer(variant=Variant(waits_for=""))
    waiting = hearing.case()
    ask(hearing.row(waiting).file_reference)
    run_jobs()
    assert hearing.tasks(waiting) == {}


def test_a_case_may_send_to_itself(hearing, ask, run_jobs):
    hearing.offer(variant=Variant(waits_for="antrag.angaben.bezug", at_once=True))
    case_id = ask("ich")
    assert hearing.tasks(case_id) == {}
    run_jobs()
    assert list(hearing.tasks(case_id)) == ["Entscheiden"]


class StumblingEngine:
    """The engine, but it takes in no message."""

    def __init__(self, engine) -> None:
        self.engine = engine

    def deliver(self, *_args):
        raise Incident("entscheiden", "Hier wird eine Liste gebraucht.")


def test_a_receiver_that_cannot_go_on_is_told_and_keeps_its_message(
    hearing, ask, app, parts, clock, run_jobs, rows
):
    waiting = hearing.case()
    asking = ask(hearing.row(waiting).file_reference)
    stumbling = dataclasses.replace(parts, engine=StumblingEngine(parts.engine))
    for _ in range(2):
        job = parts.jobs.jobs.pop()
        handlers(app, stumbling)[job.name](**job.arguments)
    [incident] = rows(IncidentRecord)
    assert (incident.case_id, incident.element) == (waiting, "entscheiden")
    assert hearing.tasks(waiting) == {}

    clock.move(minutes=5)
    run_jobs()
    assert list(hearing.tasks(waiting)) == ["Entscheiden"]
    assert [one.case_id for one in rows(IncidentRecord)] == [waiting]
    assert asking != waiting


def test_after_the_last_try_the_sender_knows_that_the_receiver_stands_still(
    hearing, ask, app, parts, rows
):
    asking = ask(hearing.row(hearing.case()).file_reference)
    stumbling = dataclasses.replace(parts, engine=StumblingEngine(parts.engine))
    while parts.jobs.jobs:
        job = parts.jobs.jobs.pop()
        handlers(app, stumbling)[job.name](**job.arguments)
    causes = {incident.case_id: incident.cause for incident in rows(IncidentRecord)}
    expected = "Der Vorgang, der auf die Nachricht „Stellungnahmen“ wartet, kann nicht weiter."
    assert causes[asking] == expected
    assert len(causes) == 2


def test_waits_that_stay_as_they_are_cost_nothing(hearing, app, rows):
    hearing.offer(variant=Variant(waits_for="antrag.angaben.bezug", at_once=True))
    case_id = hearing.case("ich", OFFICES)
    [before] = rows(Subscription)
    first, *_ = hearing.tasks(case_id).values()
    with app.app_context():
        engine = db.engine
    with counted(engine) as count:
        hearing.complete(first, YES)
    assert [line for line in count.statements if "subscriptions" in line] == []
    assert any("UPDATE cases" in line for line in count.statements)
    assert [row.correlation_key for row in rows(Subscription)] == [before.correlation_key]


def test_behind_an_event_gateway_each_thing_that_may_come_is_kept(
    hearing, ask, app, parts, clock, run_jobs, rows
):
    hearing.offer(variant=Variant(impatient=True))
    waiting, other = hearing.case(), hearing.case()
    assert {timer.due_at - clock() for timer in rows(Timer)} == {timedelta(days=1)}
    assert len(rows(Timer)) == len(rows(Subscription)) == 2

    ask(hearing.row(waiting).file_reference)
    run_jobs()
    assert list(hearing.tasks(waiting)) == ["Entscheiden"]
    assert [row.case_id for row in rows(Timer)] == [other]

    clock.move(days=1)
    handlers(app, parts)["fire_timers"]()
    assert list(hearing.tasks(other)) == ["Entscheiden"]
    assert rows(Subscription) == rows(Timer) == []


def test_the_history_keeps_which_rows_of_a_table_hit(hearing, rows, worker):
    hearing.offer(variant=Variant(rated=True))
    case_id = hearing.case("MU-2026-000999", ("Bauamt",))
    assert hearing.inside(case_id).data["stufe"] == "normal"
    [event] = [event for event in rows(CaseEvent) if event.kind == "decision_table"]
    assert (event.case_id, event.public) == (case_id, False)
    expected = {"element": "einstufen", "name": "Dringlichkeit", "rules": ["bekannt"]}
    assert event.detail == expected
    assert "Regeln angewendet: Dringlichkeit" in text(worker.get(f"/arbeit/vorgang/{case_id}"))


@pytest.mark.parametrize("variant", [Variant(sent_to=""), Variant(result="antwort")])
def test_a_bundle_that_would_lose_messages_or_results_is_not_released(hearing, variant, db_session):
    with pytest.raises(BundleInvalid):
        hearing.offer(variant=variant)
    assert db_session.scalar(select(func.count()).select_from(Subscription)) == 0
