"""The worker runs what was committed: soon, again when it fails, and not for ever."""

import signal
from datetime import UTC, datetime, timedelta

import pytest

from app.connectors.job_worker import POLL_EVERY_S
from app.connectors.jobs import Job
from app.connectors.procrastinate_jobs import ProcrastinateJobs


@pytest.fixture
def defer(db_session):
    def commit(*jobs):
        ProcrastinateJobs().defer(db_session, jobs)
        db_session.commit()

    return commit


def status_of(worker, name):
    return worker.column(f"SELECT status FROM procrastinate_jobs WHERE task_name = '{name}'")


def test_a_job_starts_right_after_its_commit_without_waiting_for_the_next_poll(worker, defer):
    worker.start()
    worker.wait_until(lambda: "tick" in worker.notes, 15)  # it listens

    defer(Job("write", {"text": "Grüße"}))

    worker.wait_until(lambda: "Grüße" in worker.notes, POLL_EVERY_S - 1)


def test_a_job_for_later_waits(worker, defer):
    worker.start()
    soon = datetime.now(UTC) + timedelta(seconds=2)
    defer(Job("write", {"text": "later"}, not_before=soon), Job("write", {"text": "now"}))

    worker.wait_until(lambda: "now" in worker.notes, 15)
    assert "later" not in worker.notes
    worker.wait_until(lambda: "later" in worker.notes, 15)
    assert datetime.now(UTC) >= soon


def test_a_job_whose_system_is_away_is_tried_again_in_a_minute(worker, defer):
    worker.start()
    before = datetime.now(UTC)
    defer(Job("unavailable"))
    query = "SELECT scheduled_at FROM procrastinate_jobs WHERE attempts = 1 AND status = 'todo'"
    worker.wait_until(lambda: worker.column(query), 15)

    (next_attempt,) = worker.column(query)
    assert timedelta(seconds=60) <= next_attempt - before < timedelta(seconds=66)


def test_a_job_that_is_rejected_fails_at_once_and_is_kept(worker, defer):
    worker.start()
    defer(Job("rejected"))

    worker.wait_until(lambda: status_of(worker, "rejected") == ["failed"], 15)
    assert worker.notes.count("rejected") == 1


def test_a_periodic_handler_runs_by_itself(worker):
    worker.start()

    worker.wait_until(lambda: worker.notes.count("tick") >= 2, 15)


def test_a_worker_told_to_stop_finishes_what_it_began(worker, defer):
    process = worker.start()
    defer(Job("slow", {"text": "a", "seconds": "1"}))
    worker.wait_until(lambda: "begin a" in worker.notes, 15)

    process.send_signal(signal.SIGTERM)

    assert process.wait(timeout=10) == 0
    assert "end a" in worker.notes
    assert status_of(worker, "slow") == ["succeeded"]


def test_jobs_of_a_killed_worker_are_done_by_the_next(worker, defer, db_session):
    process = worker.start()
    defer(Job("slow", {"text": "b", "seconds": "600"}))
    worker.wait_until(lambda: "begin b" in worker.notes, 15)
    process.kill()
    process.wait()
    # two minutes pass and the second attempt is a quick one
    worker.column(
        "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '2 minutes' RETURNING 1"
    )
    worker.column(
        'UPDATE procrastinate_jobs SET args = \'{"text": "b", "seconds": "0"}\''
        " WHERE task_name = 'slow' RETURNING 1"
    )

    worker.start()

    worker.wait_until(lambda: "end b" in worker.notes, 20)
    worker.wait_until(lambda: status_of(worker, "slow") == ["succeeded"], 15)


def test_a_job_that_kills_every_worker_is_given_up(worker, defer):
    defer(Job("slow", {"text": "c", "seconds": "0"}))
    worker.column("UPDATE procrastinate_jobs SET status = 'doing', attempts = 5 RETURNING 1")

    worker.start()

    worker.wait_until(lambda: status_of(worker, "slow") == ["failed"], 20)
    assert "begin c" not in worker.notes
