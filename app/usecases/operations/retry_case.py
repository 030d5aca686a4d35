"""Störung beheben: let a case that had stopped go on."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session, undefer

from app.bundles.catalogue import Catalogue
from app.connectors.jobs import Job, JobQueue
from app.engine.engine import Engine
from app.errors import Missing
from app.models.case import Case
from app.models.incident import IncidentRecord
from app.models.sent_message import SentMessage
from app.usecases.case_messages import delivery
from app.usecases.case_step import Actor, Happening, record


def retry_case(
    session: Session,
    file_reference: str,
    *,
    catalogue: Catalogue,
    engine: Engine,
    jobs: JobQueue,
    now: datetime,
) -> int:
    """Close the incidents of a case and ask again for what it waits for; return how much that is.

    Its service tasks are called and its messages that nobody took are sent once more. Its timers,
    which rest during an incident, run again. Safe to repeat.

    :raises Missing: no case has this file reference.
    """
    case = session.execute(
        select(Case)
        .where(Case.file_reference == file_reference)
        .options(undefer(Case.process_state))
        .with_for_update(key_share=True)
    ).scalar_one_or_none()
    if case is None:
        raise Missing(file_reference)
    session.execute(
        update(IncidentRecord)
        .where(IncidentRecord.case_id == case.id, IncidentRecord.resolved_at.is_(None))
        .values(resolved_at=now)
    )
    bundle = catalogue.bundle(session, case.bundle_digest)
    calls = engine.inspect(bundle.deployment, case.process_state).calls
    wanted = [
        Job("run_service_call", {"case_id": str(case.id), "engine_task_id": call.task_id})
        for call in calls
        if case.running
    ]
    undelivered = session.scalars(
        update(SentMessage)
        .where(SentMessage.case_id == case.id)
        .values(tries=0)
        .returning(SentMessage.id)
    )
    wanted += [delivery(str(message_id)) for message_id in undelivered]
    if wanted:
        jobs.defer(session, wanted)
    record(session, case, [Happening("incident_resolved")], actor=Actor(), now=now)
    return len(wanted)
