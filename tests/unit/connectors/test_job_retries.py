"""When a failed job is tried again."""

from datetime import UTC, datetime, timedelta

import pytest
from procrastinate.jobs import Job as TakenJob

from app.connectors.job_retries import RetryPlan
from app.errors import Missing, Rejected, Unavailable


def decide(exception, attempts):
    job = TakenJob(
        id=1, queue="default", lock=None, queueing_lock=None, task_name="x", attempts=attempts
    )
    return RetryPlan().get_retry_decision(exception=exception, job=job)


@pytest.mark.parametrize(("attempts", "minutes"), [(0, 1), (1, 5), (2, 15), (3, 60), (4, 240)])
@pytest.mark.parametrize("exception", [Unavailable("mail"), RuntimeError()])
def test_pauses_between_attempts_grow(exception, attempts, minutes):
    pause = decide(exception, attempts).retry_at - datetime.now(UTC)

    assert abs(pause - timedelta(minutes=minutes)) < timedelta(seconds=5)


def test_after_the_sixth_attempt_the_job_is_left_to_a_person():
    assert decide(Unavailable("mail"), attempts=5) is None


@pytest.mark.parametrize("exception", [Rejected("mail"), Missing("case")])
def test_what_another_attempt_cannot_mend_is_not_tried_again(exception):
    assert decide(exception, attempts=0) is None
