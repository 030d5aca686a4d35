"""Störung festhalten: note once that a case cannot go on by itself."""

from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import select

from app.models.case import Case
from app.models.incident import IncidentRecord
from app.usecases.case_step import Actor, Happening, record
from app.usecases.units_of_work import Transactions

log = structlog.get_logger()


def record_incident(
    transaction: Transactions, case_id: UUID, *, element: str, cause: str, now: datetime
) -> None:
    """Write the failed step down unless it already waits for a person; the case stays as it is.

    ``element`` is a BPMN element id, ``cause`` holds no personal data.
    """
    log.error("incident", case_id=str(case_id), element=element, cause=cause)
    with transaction() as session:
        case = session.execute(
            select(Case).where(Case.id == case_id).with_for_update(key_share=True)
        ).scalar_one()
        waiting = session.scalar(
            select(IncidentRecord.id).where(
                IncidentRecord.case_id == case_id,
                IncidentRecord.element == element,
                IncidentRecord.resolved_at.is_(None),
            )
        )
        if waiting is None:
            session.add(
                IncidentRecord(
                    case_id=case_id, element=element, cause=cause, created_at=now, resolved_at=None
                )
            )
            happening = Happening("incident", detail={"element": element})
            record(session, case, [happening], actor=Actor(), now=now)
