"""Wiederholung: when a failed job is tried again."""

from datetime import UTC, datetime, timedelta

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job as TakenJob

from app.connectors.jobs import RETRY_AFTER_MINUTES
from app.errors import PlatformError, Unavailable


class RetryPlan(BaseRetryStrategy):
    """Five more attempts over about five hours, then the job stays as failed for an operator.

    An error that another attempt cannot mend (any of the platform's but ``Unavailable``) gets
    no second one.
    """

    def get_retry_decision(
        self, *, exception: BaseException, job: TakenJob
    ) -> RetryDecision | None:
        """Return when to try again; None for never."""
        hopeless = isinstance(exception, PlatformError) and not isinstance(exception, Unavailable)
        if hopeless or job.attempts >= len(RETRY_AFTER_MINUTES):
            return None
        pause = timedelta(minutes=RETRY_AFTER_MINUTES[job.attempts])
        return RetryDecision(retry_at=datetime.now(UTC) + pause)
