"""Nachweise prüfen: show waiting files to the virus scanner, remove what it finds."""

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import select

from app.connectors.scanner import Scanner
from app.errors import Rejected, Unavailable
from app.models.application import Application
from app.models.case import Case
from app.models.evidence import CLEAN, INFECTED, WAITING, Evidence
from app.usecases.case_step import Actor, Happening, record
from app.usecases.units_of_work import Transactions
from storage.documents import DocumentMissing, DocumentStore, StoreUnavailable

log = structlog.get_logger()

BATCH = 100
#: a file the scanner will not look at is shown to it again when its settings may have changed
REFUSED_PAUSE = timedelta(hours=1)
#: the others come first then, in case it is the file that brings the scanner down
FAILED_PAUSE = timedelta(minutes=1)


def scan_evidence(
    transaction: Transactions, *, documents: DocumentStore, scanner: Scanner, now: datetime
) -> int:
    """Look at the files that are due; return how many got a verdict.

    Neither scanner nor store is called within a transaction. While one of them is down everything
    waits as it is and nobody but the owner can open it; the next run tries again.
    """
    with transaction() as session:
        due = session.execute(
            select(Evidence.id, Evidence.object_key, Evidence.scan)
            .where(Evidence.scan_due_at <= now)
            .order_by(Evidence.scan_due_at, Evidence.id)
            .limit(BATCH)
        ).all()
    settled = 0
    for evidence_id, key, state in due:
        try:
            if state == WAITING:
                found = scanner.scan(documents.read(key))
                state = _settle(transaction, evidence_id, found, now)  # noqa: PLW2901 - goes on
                settled += 1
            if state == INFECTED:
                documents.delete(key)
                _forget(transaction, evidence_id)
        except (Rejected, DocumentMissing) as error:
            log.error("evidence_not_scannable", id=str(evidence_id), cause=type(error).__name__)
            _postpone(transaction, evidence_id, now + REFUSED_PAUSE)
        except (Unavailable, StoreUnavailable) as error:
            log.error("scan_interrupted", left=len(due) - settled, cause=type(error).__name__)
            _postpone(transaction, evidence_id, now + FAILED_PAUSE)
            break
    return settled


def _settle(transaction: Transactions, evidence_id: UUID, found: str, now: datetime) -> str:
    """Write the verdict down; ``found`` is the scanner's name for it. Returns the new state."""
    with transaction() as session:
        # the application first, as everything that changes a draft does
        session.execute(
            select(Application.id)
            .join(Evidence, Evidence.application_id == Application.id)
            .where(Evidence.id == evidence_id)
            .with_for_update(of=Application)
        )
        evidence = session.get(Evidence, evidence_id, with_for_update=True)
        if evidence is None or evidence.scan != WAITING:
            return ""  # removed or settled meanwhile
        if not found:
            evidence.scan, evidence.scan_due_at = CLEAN, None
            return CLEAN
        evidence.scan, evidence.scan_due_at = INFECTED, now
        log.warning("malware_found", id=str(evidence_id), signature=found)
        case = session.execute(
            select(Case)
            .where(Case.application_id == evidence.application_id)
            .with_for_update(key_share=True)
        ).scalar_one_or_none()
        if case is not None:
            detail = {"evidence": str(evidence_id), "signature": found}
            happening = Happening("malware_found", public=True, detail=detail)
            record(session, case, [happening], actor=Actor(), now=now)
    return INFECTED


def _forget(transaction: Transactions, evidence_id: UUID) -> None:
    """Note that the bytes are gone."""
    with transaction() as session:
        evidence = session.get(Evidence, evidence_id, with_for_update=True)
        if evidence is not None:
            evidence.scan_due_at = None


def _postpone(transaction: Transactions, evidence_id: UUID, until: datetime) -> None:
    with transaction() as session:
        evidence = session.get(Evidence, evidence_id, with_for_update=True)
        if evidence is not None:
            evidence.scan_due_at = until
