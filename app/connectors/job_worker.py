"""Worker: takes jobs from the database and runs their handlers in threads."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from procrastinate import App, PsycopgConnector
from procrastinate.jobs import Status

from app.connectors.job_retries import RetryPlan
from app.connectors.jobs import RETRY_AFTER_MINUTES

CONCURRENCY = 4
#: only for jobs that wait for a later time; all others are announced by NOTIFY
POLL_EVERY_S = 5
HEARTBEAT_S = 5
STALLED_AFTER_S = 20
DATABASE_PATIENCE_S = 5
#: a job that takes its worker down with it is given up after as many attempts as a failing one
MAX_ATTEMPTS = len(RETRY_AFTER_MINUTES) + 1
SUCCEEDED_KEPT_H = 24
FAILED_KEPT_H = 90 * 24

_log = logging.getLogger(__name__)


def build_procrastinate_app(database_url: str) -> App:
    """Connect procrastinate to the platform's database; opens nothing yet."""
    address = database_url.replace("postgresql+psycopg://", "postgresql://", 1)
    connector = PsycopgConnector(
        conninfo=address,
        min_size=1,
        max_size=CONCURRENCY,
        timeout=DATABASE_PATIENCE_S,
        reconnect_timeout=DATABASE_PATIENCE_S,
        kwargs={"application_name": "antragswerk-worker", "connect_timeout": 5},
    )
    return App(connector=connector)


def run_worker(
    database_url: str,
    handlers: Mapping[str, Callable[..., None]],
    periodic: Sequence[tuple[str, str]],
    *,
    concurrency: int = CONCURRENCY,
) -> None:
    """Work until SIGTERM or SIGINT, then finish what is begun and return.

    ``handlers`` maps a job's name to what runs it, with the job's arguments as keywords; a
    handler may be called twice for one job. ``periodic`` pairs a cron expression (UTC; a sixth
    field holds seconds) with a handler's name; a run starts only when the one before has ended,
    and a failed one is not tried again. Returns as well when the database goes away: whoever
    started the process starts it again.
    """
    app = build_procrastinate_app(database_url)
    rhythms = {name: cron for cron, name in periodic}
    for name, handler in handlers.items():
        if name in rhythms:
            _add_periodic(app, name, rhythms[name], handler)
        else:
            app.task(name=name, retry=RetryPlan())(handler)
    _add_rescue(app)
    _add_cleaning(app)
    asyncio.run(_work(app, concurrency))


async def _work(app: App, concurrency: int) -> None:
    async with app.open_async():
        await app.run_worker_async(
            concurrency=concurrency,
            fetch_job_polling_interval=POLL_EVERY_S,
            update_heartbeat_interval=HEARTBEAT_S,
            stalled_worker_timeout=STALLED_AFTER_S,
            listen_notify=True,
        )


def _add_periodic(app: App, name: str, cron: str, handler: Callable[..., None]) -> None:
    def run(timestamp: int | None = None, **arguments: str) -> None:  # noqa: ARG001 - given by cron
        handler(**arguments)

    task = app.task(name=name, queue="periodic", lock=name, queueing_lock=name)(run)
    app.periodic(cron=cron, periodic_id=name)(task)


def _add_rescue(app: App) -> None:
    """Give jobs of a killed worker to another one."""

    @app.periodic(cron="* * * * * */10")
    @app.task(name="retry_stalled_jobs", queue="periodic", queueing_lock="retry_stalled_jobs")
    async def retry_stalled_jobs(timestamp: int) -> None:  # noqa: ARG001 - given by cron
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_S):
            given_up = job.attempts + 1 >= MAX_ATTEMPTS
            _log.warning("stalled job id=%s name=%s given_up=%s", job.id, job.task_name, given_up)
            if given_up:
                await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=False)
            else:
                await app.job_manager.retry_job(job, retry_at=datetime.now(UTC))


def _add_cleaning(app: App) -> None:
    """Forget finished jobs in time; failed ones wait longer, for an operator to look at."""

    @app.periodic(cron="23 * * * *")
    @app.task(name="delete_finished_jobs", queue="periodic", queueing_lock="delete_finished_jobs")
    async def delete_finished_jobs(timestamp: int) -> None:  # noqa: ARG001 - given by cron
        delete: Any = app.job_manager.delete_old_jobs
        await delete(nb_hours=SUCCEEDED_KEPT_H)
        await delete(
            nb_hours=FAILED_KEPT_H,
            include_failed=True,
            include_cancelled=True,
            include_aborted=True,
        )
