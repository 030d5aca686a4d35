"""Systemaufgabe: do what a service task of the process asks for, then let the process go on."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, undefer

from app.bundles.catalogue import Catalogue
from app.connectors.jobs import Job, JobQueue
from app.engine.engine import Engine
from app.engine.step import ServiceResult
from app.errors import Incident, TaskDone, Unavailable
from app.models.application import Application
from app.models.case import Case, to_be_moved
from app.models.evidence import evidence_of
from app.models.municipality import Municipality
from app.models.task import last_worker_of
from app.usecases.case_step import Actor, Happening, save_step
from app.usecases.compose_letter import compose_letter
from app.usecases.system.issue_letter import IssuedLetter, issue_letter
from app.usecases.system.record_incident import record_incident
from app.usecases.units_of_work import Transactions
from storage.documents import DocumentStore, StoreUnavailable


def run_service_call(
    transaction: Transactions,
    case_id: UUID,
    engine_task_id: str,
    *,
    catalogue: Catalogue,
    engine: Engine,
    documents: DocumentStore,
    jobs: JobQueue,
    now: datetime,
) -> None:
    """Run one service task; may safely run twice, the second time does nothing.

    What fails for good becomes an incident of the case; what may heal is raised, so that the
    worker tries again.

    :raises Unavailable: an outside system does not answer.
    :raises StoreUnavailable: the document store fails.
    """
    try:
        with transaction() as session:
            row = session.execute(
                select(Case, Application, Municipality)
                .join(Application, Application.id == Case.application_id)
                .join(Municipality, Municipality.slug == Case.municipality_slug)
                .where(Case.id == case_id)
                .options(undefer(Case.process_state))
            ).one()
            case, application, municipality = row
            if not case.running:
                return  # it was closed meanwhile
            bundle = catalogue.bundle(session, case.bundle_digest)
            evidence = session.scalars(evidence_of(application.id)).all()
            decided_by = session.scalar(last_worker_of(case_id)) or ""
        snapshot = engine.inspect(bundle.deployment, case.process_state)
        call = next((one for one in snapshot.calls if one.task_id == engine_task_id), None)
        if call is None:
            return
        letter = issue_letter(
            case,
            call.task_id,
            compose_letter(
                case,
                application,
                municipality,
                bundle,
                evidence,
                call,
                {**snapshot.data, **call.local},
                now,
                decided_by=decided_by,
            ),
            documents,
            now,
        )
        with transaction() as session:
            _deliver(session, case_id, letter, catalogue, engine, jobs, now)
    except TaskDone:
        return  # its time ran out meanwhile
    except Incident as failure:
        record_incident(transaction, case_id, element=failure.element, cause=failure.cause, now=now)
    except (Unavailable, StoreUnavailable, DBAPIError):
        raise
    except Exception as defect:  # noqa: BLE001 - a case must never hang unseen
        cause = type(defect).__name__
        record_incident(transaction, case_id, element=engine_task_id, cause=cause, now=now)


def _deliver(
    session: Session,
    case_id: UUID,
    letter: IssuedLetter,
    catalogue: Catalogue,
    engine: Engine,
    jobs: JobQueue,
    now: datetime,
) -> None:
    case = session.execute(to_be_moved(case_id)).scalar_one_or_none()
    if case is None:
        return  # it was closed while the letter was written
    bundle = catalogue.bundle(session, case.bundle_digest)
    pending = engine.inspect(bundle.deployment, case.process_state).calls
    if letter.task_id not in {call.task_id for call in pending}:
        return
    result = ServiceResult(letter.task_id, {"mitteilung": str(letter.notice.id)})
    step = engine.deliver(bundle.deployment, case.process_state, result, now)
    session.add(letter.document)
    session.flush()
    session.add(letter.notice)
    save_step(
        session,
        case,
        bundle,
        step,
        actor=Actor(),
        happenings=[
            Happening(
                "notice_provided",
                public=True,
                detail={"notice": str(letter.notice.id), "subject": letter.notice.subject},
            )
        ],
        jobs=jobs,
        now=now,
        more_jobs=[Job("notify_recipient", {"notice_id": str(letter.notice.id)})],
    )
