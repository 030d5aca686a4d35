"""Steps of one case wait for each other; they never block each other for good."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, text, update

from app.models.case import Case
from app.models.notice import Notice
from app.models.task import Task
from tests.support.applications import granted
from tests.support.page_browser import heading, html_fields

WAIT_S = 10
_BLOCKED = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0"
)


@pytest.fixture
def blocked(database_engine):
    """Wait until somebody waits for a lock."""

    def wait() -> None:
        deadline = time.monotonic() + WAIT_S
        with database_engine.connect() as connection:
            while not connection.scalar(_BLOCKED):
                assert time.monotonic() < deadline, "nobody waits"
                time.sleep(0.01)

    return wait


@pytest.mark.promise("P5")
def test_a_task_the_process_takes_away_meanwhile_is_no_longer_open(
    worker, case_id, task_id, db_session, blocked, clock
):
    """A timer holds the case and cancels the task just when its form is sent."""
    here = f"/arbeit/aufgabe/{task_id}"
    worker.post(f"{here}/uebernehmen")
    db_session.execute(select(Case.id).where(Case.id == case_id).with_for_update(key_share=True))
    fields = {**html_fields(granted()), "bestaetigt": "1"}
    with ThreadPoolExecutor(1) as pool:
        sent = pool.submit(worker.post, f"{here}/erledigen", fields)
        blocked()
        db_session.execute(update(Task).where(Task.id == task_id).values(cancelled_at=clock()))
        db_session.commit()
        answer = sent.result(WAIT_S)
    assert answer.status_code == 409
    assert heading(answer) == "Diese Aufgabe ist erledigt"


@pytest.mark.promise("P5")
def test_a_task_can_be_claimed_while_the_process_moves_on(worker, case_id, task_id, db_session):
    """Claiming writes history only; whoever moves the case does not stand in its way."""
    db_session.execute(select(Case.id).where(Case.id == case_id).with_for_update(key_share=True))
    with ThreadPoolExecutor(1) as pool:
        taken = pool.submit(worker.post, f"/arbeit/aufgabe/{task_id}/uebernehmen")
        assert taken.result(WAIT_S).status_code == 303
    db_session.rollback()


@pytest.mark.promise("P5")
def test_a_letter_can_be_read_while_the_process_moves_on(citizen, case_id, db_session):
    notice_id = db_session.scalars(select(Notice.id)).one()
    db_session.execute(select(Case.id).where(Case.id == case_id).with_for_update(key_share=True))
    with ThreadPoolExecutor(1) as pool:
        read = pool.submit(citizen.get, f"/konto/postfach/{notice_id}")
        assert read.result(WAIT_S).status_code == 200
    db_session.rollback()


@pytest.mark.promise("P5")
def test_a_withdrawal_waits_for_the_step_in_progress_and_then_comes_too_late(
    citizen, case_id, db_session, blocked, clock
):
    """The case is decided just when its applicant withdraws."""
    db_session.execute(select(Case.id).where(Case.id == case_id).with_for_update(key_share=True))
    with ThreadPoolExecutor(1) as pool:
        sent = pool.submit(citizen.post, f"/konto/vorgang/{case_id}/zurueckziehen")
        blocked()
        db_session.execute(update(Case).where(Case.id == case_id).values(decided_at=clock()))
        db_session.commit()
        answer = sent.result(WAIT_S)
    assert answer.status_code == 409
    assert heading(answer) == "Ihr Antrag lässt sich nicht mehr zurückziehen"
