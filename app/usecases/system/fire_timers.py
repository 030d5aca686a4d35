"""Fristen auslösen: wake the cases whose timers are due."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from app.bundles.catalogue import Catalogue
from app.connectors.jobs import JobQueue
from app.engine.engine import Engine
from app.errors import Incident
from app.models.case import to_be_moved
from app.models.incident import IncidentRecord
from app.models.timer import Timer
from app.usecases.case_step import Actor, Happening, save_step
from app.usecases.system.record_incident import record_incident
from app.usecases.units_of_work import Transactions

BATCH = 200


def fire_due_timers(
    transaction: Transactions,
    *,
    catalogue: Catalogue,
    engine: Engine,
    jobs: JobQueue,
    now: datetime,
) -> int:
    """Move every case on whose earliest timer is due at ``now``; return how many there were.

    Each case has its own transaction; one that another worker holds is left to it, one that
    fails becomes an incident and is not tried again until that is resolved.
    """
    stuck = select(IncidentRecord.case_id).where(IncidentRecord.resolved_at.is_(None))
    with transaction() as session:
        due = session.scalars(
            select(Timer.case_id)
            .where(Timer.due_at <= now, Timer.case_id.not_in(stuck))
            .group_by(Timer.case_id)
            .order_by(func.min(Timer.due_at))
            .limit(BATCH)
        ).all()
    return sum(
        _fire(transaction, case_id, catalogue=catalogue, engine=engine, jobs=jobs, now=now)
        for case_id in due
    )


def _fire(
    transaction: Transactions,
    case_id: UUID,
    *,
    catalogue: Catalogue,
    engine: Engine,
    jobs: JobQueue,
    now: datetime,
) -> bool:
    try:
        with transaction() as session:
            case = session.execute(to_be_moved(case_id, skip_locked=True)).scalar_one_or_none()
            if case is None:
                return False
            bundle = catalogue.bundle(session, case.bundle_digest)
            step = engine.tick(bundle.deployment, case.process_state, now)
            save_step(
                session,
                case,
                bundle,
                step,
                actor=Actor(),
                happenings=[
                    Happening("timer", detail={"element": entry.element, "name": entry.name})
                    for entry in step.log
                    if entry.kind == "timer"
                ],
                jobs=jobs,
                now=now,
            )
    except Incident as incident:
        record_incident(
            transaction, case_id, element=incident.element, cause=incident.cause, now=now
        )
        return False
    except DBAPIError:
        raise
    except Exception as defect:  # noqa: BLE001 - one case must not hold up the others
        record_incident(transaction, case_id, element="", cause=type(defect).__name__, now=now)
        return False
    return True
