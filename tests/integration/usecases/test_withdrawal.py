"""An application is withdrawn once, by its applicant, and nothing moves its case on afterwards."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.errors import Invalid, Missing, TooLateToWithdraw
from app.models.case import Case
from app.models.case_event import CaseEvent
from app.models.incident import IncidentRecord
from app.models.notice import Notice
from app.models.subscription import Subscription
from app.models.task import Task
from app.models.timer import Timer
from app.models.transaction import transaction
from app.usecases.applicant.withdraw_application import MAX_REASON, withdraw_application
from app.usecases.operations.retry_case import retry_case
from app.usecases.system.fire_timers import fire_due_timers
from tests.support.applications import granted
from tests.support.hearing import TASK, Variant, opinion
from tests.support.page_browser import html_fields
from tests.support.sign_in import PERSONAS
from tests.support.snapshot import snapshot


@pytest.fixture
def withdraw(app, parts):
    """Withdraw as a persona and return the case."""

    def act(case_id, reason="", persona="citizen") -> Case:
        with app.app_context(), transaction() as session:
            return withdraw_application(
                session,
                case_id,
                PERSONAS[persona],
                reason=reason,
                catalogue=parts.catalogue,
                engine=parts.engine,
                jobs=parts.jobs,
                now=parts.clock(),
            )

    return act


@pytest.fixture
def rows(db_session):
    """Read all rows of a table afresh, in the order of ``order``."""

    def read(model, order=None):
        db_session.rollback()
        db_session.expire_all()
        query = select(model) if order is None else select(model).order_by(order)
        found = list(db_session.scalars(query))
        db_session.rollback()
        return found

    return read


def test_the_case_is_closed_and_its_task_is_cancelled(withdraw, case_id, rows, clock):
    clock.move(hours=1)
    withdraw(case_id, "  Ich ziehe\r\num.\x00 ")
    [case] = rows(Case)
    assert (case.status, case.running, case.closed_at) == ("withdrawn", False, clock())
    assert (case.withdrawn_at, case.withdrawal_reason) == (clock(), "Ich ziehe\num.")
    assert case.decided_at is None
    [task] = rows(Task)
    assert (task.cancelled_at, task.completed_at) == (clock(), None)
    told = [(one.kind, one.public, one.actor) for one in rows(CaseEvent, CaseEvent.id)][-2:]
    assert told == [
        ("withdrawn", True, PERSONAS["citizen"].key),
        ("closed", False, PERSONAS["citizen"].key),
    ]
    assert "Ich ziehe" not in str([one.detail for one in rows(CaseEvent)])


def test_once_more_changes_nothing(withdraw, case_id, database_engine, clock):
    withdraw(case_id, "Umzug")
    before = snapshot(database_engine)
    clock.move(days=1)
    assert withdraw(case_id, "anderer Grund").withdrawal_reason == "Umzug"
    assert snapshot(database_engine) == before


@pytest.mark.parametrize("persona", ["citizen2", "company", "caseworker"])
def test_nobody_else_can_withdraw_it(withdraw, case_id, persona, database_engine):
    before = snapshot(database_engine)
    with pytest.raises(Missing):
        withdraw(case_id, persona=persona)
    assert snapshot(database_engine) == before


def test_a_decided_application_cannot_be_withdrawn(
    withdraw, case_id, task_id, worker, run_jobs, database_engine, rows
):
    here = f"/arbeit/aufgabe/{task_id}"
    worker.post(f"{here}/uebernehmen")
    worker.post(f"{here}/erledigen", {**html_fields(granted()), "bestaetigt": "1"})
    run_jobs()
    assert rows(Case)[0].running, "it still waits for the end of the calibration"
    before = snapshot(database_engine)
    with pytest.raises(TooLateToWithdraw):
        withdraw(case_id)
    assert snapshot(database_engine) == before


def test_a_case_that_has_ended_cannot_be_withdrawn(withdraw, hearing, run_jobs):
    case_id = hearing.case("MU-2026-999999", ("Bauamt",))
    hearing.complete(hearing.tasks(case_id)[TASK], opinion("einverstanden"))
    assert not hearing.row(case_id).running
    with pytest.raises(TooLateToWithdraw):
        withdraw(case_id)


def test_a_reason_has_its_limit(withdraw, case_id, database_engine):
    before = snapshot(database_engine)
    with pytest.raises(Invalid) as refused:
        withdraw(case_id, "x" * (MAX_REASON + 1))
    assert [(one.pointer, one.code) for one in refused.value.fields] == [("/reason", "too_long")]
    assert snapshot(database_engine) == before
    assert withdraw(case_id, "x" * MAX_REASON).withdrawn_at


def test_a_letter_on_its_way_is_no_longer_written(withdraw, desk, run_jobs, rows, parts):
    case_id = desk.case()
    stored = sorted(parts.documents.keys(""))
    withdraw(case_id)
    assert run_jobs() == ["run_service_call"]
    assert rows(Notice) == []
    assert sorted(parts.documents.keys("")) == stored


def test_timers_and_waits_are_gone_and_no_message_arrives_any_more(
    app, parts, withdraw, hearing, rows, run_jobs, clock
):
    hearing.offer(variant=Variant(impatient=True))
    waiting = hearing.case()
    assert len(rows(Timer)) == 1
    assert len(rows(Subscription)) == 1
    withdraw(waiting)
    assert rows(Timer) == []
    assert rows(Subscription) == []

    asking = hearing.case(hearing.row(waiting).file_reference, ("Bauamt",))
    hearing.complete(hearing.tasks(asking)[TASK], opinion("einverstanden"))
    revision = hearing.row(waiting).revision
    run_jobs()
    clock.move(days=30)
    with app.app_context():
        assert not fire_due_timers(
            transaction,
            catalogue=parts.catalogue,
            engine=parts.engine,
            jobs=parts.jobs,
            now=clock(),
        )
    assert hearing.row(waiting).revision == revision
    assert hearing.row(waiting).status == "withdrawn"


def test_a_timer_whose_case_was_closed_in_between_does_not_fire(
    app, parts, withdraw, hearing, db_session, clock
):
    hearing.offer(variant=Variant(impatient=True))
    waiting = hearing.case()
    withdraw(waiting)
    due = clock() - timedelta(days=1)
    db_session.add(Timer(case_id=waiting, engine_task_id="left over", due_at=due))
    db_session.commit()
    with app.app_context():
        assert not fire_due_timers(
            transaction,
            catalogue=parts.catalogue,
            engine=parts.engine,
            jobs=parts.jobs,
            now=clock(),
        )
    assert not hearing.row(waiting).running


def test_an_incident_of_a_withdrawn_case_is_settled_and_a_retry_calls_nothing(
    app, parts, withdraw, desk, db_session, rows, clock
):
    case_id = desk.case()
    parts.jobs.jobs.clear()
    db_session.add(
        IncidentRecord(
            case_id=case_id, element="x", cause="y", created_at=clock(), resolved_at=None
        )
    )
    db_session.commit()
    case = withdraw(case_id)
    assert [one.resolved_at for one in rows(IncidentRecord)] == [clock()]
    with app.app_context(), transaction() as session:
        assert not retry_case(
            session,
            case.file_reference,
            catalogue=parts.catalogue,
            engine=parts.engine,
            jobs=parts.jobs,
            now=clock(),
        )
    assert parts.jobs.jobs == []


def test_a_process_that_hears_of_it_deals_with_it_itself(withdraw, hearing, rows):
    hearing.offer(variant=Variant(hears_withdrawal=True))
    case_id = hearing.case("MU-2026-999999", ("Bauamt",))
    assert list(hearing.tasks(case_id)) == [TASK]
    withdraw(case_id, "Umzug")
    assert withdraw(case_id).running
    row = hearing.row(case_id)
    assert (row.status, row.running, row.closed_at) == ("withdrawn", True, None)
    tasks = hearing.tasks(case_id)
    assert list(tasks) == ["Kosten der Rücknahme prüfen"]
    assert hearing.inside(case_id).data["ruecknahme"] == {"grund": "Umzug"}

    hearing.complete(tasks["Kosten der Rücknahme prüfen"], {"schluss": {"fertig": True}})
    row = hearing.row(case_id)
    assert (row.milestone, row.running) == ("erledigt", False)
    assert (row.status, row.decided_at) == ("withdrawn", None), "nothing was decided after all"
