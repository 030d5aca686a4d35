"""Timers wake a case when they are due: not early, not twice, and not for ever if it fails."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from app.errors import Incident
from app.models.case import Case
from app.models.incident import IncidentRecord
from app.models.notice import Notice
from app.models.timer import Timer
from app.models.transaction import transaction
from app.usecases.system.fire_timers import fire_due_timers
from tests.support.applications import granted
from tests.support.page_browser import html_fields
from tests.support.snapshot import snapshot

#: three months before the calibration ends with 2032, at midnight in Germany
DUE = datetime(2032, 9, 29, 22, tzinfo=UTC)


@pytest.fixture
def granted_case(desk, case_id, task_id, worker, run_jobs):
    """Id of a case that waits for the end of the calibration."""
    here = f"/arbeit/aufgabe/{task_id}"
    worker.post(f"{here}/uebernehmen")
    worker.post(f"{here}/erledigen", {**html_fields(granted()), "bestaetigt": "1"})
    run_jobs()
    return case_id


class StumblingEngine:
    """The engine, but the first ``times`` steps fail for good."""

    def __init__(self, engine, times: int) -> None:
        self.engine = engine
        self.times = times

    def tick(self, *args):
        self.times -= 1
        if self.times >= 0:
            raise Incident("eichfrist_endet_bald", "expression")
        return self.engine.tick(*args)


@pytest.fixture
def fire(app, parts):
    """Fire what is due at a moment, each time with a new engine that fails ``stumbling`` times."""

    def at(moment: datetime, *, stumbling: int = 0) -> int:
        with app.app_context():
            return fire_due_timers(
                transaction,
                catalogue=parts.catalogue,
                engine=StumblingEngine(parts.engine, stumbling),
                jobs=parts.jobs,
                now=moment,
            )

    return at


@pytest.fixture
def kinds(db_session):
    def read() -> list[str]:
        db_session.rollback()
        return sorted(db_session.scalars(select(Notice.kind)))

    return read


def test_a_granted_meter_waits_for_the_end_of_its_calibration(granted_case, db_session):
    [timer] = db_session.scalars(select(Timer))
    assert (timer.case_id, timer.due_at) == (granted_case, DUE)
    assert db_session.get(Case, granted_case).running


def test_nothing_fires_early(granted_case, fire, database_engine, parts):
    before = snapshot(database_engine)
    assert fire(DUE - timedelta(seconds=1)) == 0
    assert snapshot(database_engine) == before
    assert parts.jobs.jobs == []


def test_the_reminder_goes_out_once(granted_case, fire, run_jobs, kinds, clock, db_session):
    clock.now = DUE
    assert fire(DUE) == 1
    assert fire(DUE) == 0
    assert run_jobs() == ["run_service_call", "notify_recipient"]
    assert kinds() == ["decision", "receipt", "reminder"]
    assert fire(DUE + timedelta(days=400)) == 0
    assert run_jobs() == []
    case = db_session.get(Case, granted_case)
    assert (case.running, case.status, case.closed_at) == (False, "closed", DUE)
    assert db_session.scalar(select(func.count()).select_from(Timer)) == 0


def test_a_case_that_somebody_holds_is_left_to_them(granted_case, fire, db_session):
    db_session.execute(select(Case.id).where(Case.id == granted_case).with_for_update())
    assert fire(DUE) == 0
    db_session.rollback()
    assert fire(DUE) == 1


def test_a_case_whose_history_is_being_written_fires_all_the_same(granted_case, fire, db_session):
    """A line of the history refers to its case; that is no reason to leave the case alone."""
    db_session.execute(
        select(Case.id).where(Case.id == granted_case).with_for_update(read=True, key_share=True)
    )
    assert fire(DUE) == 1
    db_session.rollback()


def test_a_step_that_fails_waits_for_a_person_and_is_not_tried_again(
    granted_case, fire, database_engine, db_session
):
    before = snapshot(database_engine, "incidents", "case_events")
    assert (fire(DUE, stumbling=1), fire(DUE)) == (0, 0)
    [incident] = db_session.scalars(select(IncidentRecord))
    assert (incident.case_id, incident.element) == (granted_case, "eichfrist_endet_bald")
    assert snapshot(database_engine, "incidents", "case_events") == before
    assert fire(DUE) == 0

    incident.resolved_at = DUE
    db_session.commit()
    assert fire(DUE) == 1


def test_one_failing_case_does_not_hold_up_the_others(
    granted_case, desk, run_jobs, worker, fire, db_session
):
    other = desk.case()
    run_jobs()
    here = f"/arbeit/aufgabe/{desk.open_task(other)}"
    worker.post(f"{here}/uebernehmen")
    worker.post(f"{here}/erledigen", {**html_fields(granted()), "bestaetigt": "1"})
    run_jobs()
    assert fire(DUE, stumbling=1) == 1
    assert db_session.scalar(select(func.count()).select_from(IncidentRecord)) == 1
