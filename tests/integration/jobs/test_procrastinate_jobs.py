"""Jobs exist exactly if the step that asked for them was committed."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import event, text

from app.connectors.jobs import Job
from app.connectors.procrastinate_jobs import ProcrastinateJobs

LATER = datetime(2027, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def waiting_jobs(database_engine):
    def read():
        with database_engine.connect() as connection:
            rows = connection.execute(
                text("SELECT task_name, args, scheduled_at FROM procrastinate_jobs ORDER BY id")
            )
            return [tuple(row) for row in rows]

    return read


def test_jobs_of_a_committed_step_wait_for_the_worker(db_session, waiting_jobs):
    ProcrastinateJobs().defer(
        db_session,
        [
            Job("notify_recipient", {"notice_id": 'n-1 "ü", (x)'}),
            Job("fire_timers", not_before=LATER),
        ],
    )
    assert waiting_jobs() == []

    db_session.commit()

    assert waiting_jobs() == [
        ("notify_recipient", {"notice_id": 'n-1 "ü", (x)'}, None),
        ("fire_timers", {}, LATER),
    ]


def test_a_step_that_is_rolled_back_leaves_no_job(db_session, waiting_jobs):
    ProcrastinateJobs().defer(db_session, [Job("notify_recipient", {"notice_id": "1"})])
    db_session.rollback()

    assert waiting_jobs() == []


@pytest.mark.parametrize(("count", "statements"), [(0, 0), (1, 1), (50, 1)])
def test_any_number_of_jobs_costs_one_statement(db_session, database_engine, count, statements):
    seen = []
    event.listen(database_engine, "before_cursor_execute", lambda *call: seen.append(call[2]))

    ProcrastinateJobs().defer(db_session, [Job("write", {"text": str(i)}) for i in range(count)])

    assert len(seen) == statements
