"""Worker: takes due jobs and calls the use cases; one process beside the web server."""

import os
from collections.abc import Callable
from uuid import UUID

from flask import Flask

from app.boot import create_app
from app.config import Config
from app.connectors.job_worker import run_worker
from app.models.transaction import transaction
from app.usecases.access.expired_sign_ins import delete_expired
from app.usecases.idempotency import forget_old_keys
from app.usecases.system.deliver_message import deliver_message
from app.usecases.system.fire_timers import fire_due_timers
from app.usecases.system.notify_recipient import notify_recipient
from app.usecases.system.run_service_call import run_service_call
from app.usecases.system.scan_evidence import scan_evidence
from app.usecases.system.sweep_documents import sweep_documents
from app.wiring import Parts


def handlers(app: Flask, parts: Parts) -> dict[str, Callable[..., None]]:
    """Return the handler of each job by name; every one may safely run twice."""

    def service_call(case_id: str, engine_task_id: str) -> None:
        with app.app_context():
            run_service_call(
                transaction,
                UUID(case_id),
                engine_task_id,
                catalogue=parts.catalogue,
                engine=parts.engine,
                documents=parts.documents,
                jobs=parts.jobs,
                now=parts.clock(),
            )

    def message(message_id: str, tries: str) -> None:
        with app.app_context():
            deliver_message(
                transaction,
                UUID(message_id),
                int(tries),
                catalogue=parts.catalogue,
                engine=parts.engine,
                jobs=parts.jobs,
                now=parts.clock(),
            )

    def notify(notice_id: str) -> None:
        with app.app_context():
            notify_recipient(
                transaction,
                UUID(notice_id),
                catalogue=parts.catalogue,
                mail=parts.mail,
                public_url=parts.config.public_url,
                now=parts.clock(),
            )

    def timers() -> None:
        with app.app_context():
            fire_due_timers(
                transaction,
                catalogue=parts.catalogue,
                engine=parts.engine,
                jobs=parts.jobs,
                now=parts.clock(),
            )

    def sweep() -> None:
        with app.app_context():
            with transaction() as session:
                delete_expired(session, parts.clock())
                forget_old_keys(session, parts.clock())
            sweep_documents(transaction, documents=parts.documents, now=parts.clock())

    def scan() -> None:
        if parts.scanner is None:
            return
        with app.app_context():
            scan_evidence(
                transaction, documents=parts.documents, scanner=parts.scanner, now=parts.clock()
            )

    return {
        "run_service_call": service_call,
        "deliver_message": message,
        "notify_recipient": notify,
        "fire_timers": timers,
        "scan_evidence": scan,
        "sweep": sweep,
    }


def main() -> None:
    """Work until told to stop (SIGTERM, SIGINT), then finish what is begun."""
    config = Config.from_env(os.environ)
    app = create_app(config)
    run_worker(
        config.database_url,
        handlers(app, app.extensions["parts"]),
        periodic=(
            ("* * * * * */10", "fire_timers"),
            ("* * * * * */10", "scan_evidence"),
            ("17 * * * *", "sweep"),
        ),
    )


if __name__ == "__main__":
    main()
