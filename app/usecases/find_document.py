"""Dokument öffnen: find a letter or a piece of evidence for somebody who may see it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.domain.identity import Identity
from app.errors import MalwareFound, Missing, NotScannedYet
from app.models.application import Application
from app.models.case import Case
from app.models.evidence import INFECTED, WAITING, Evidence
from app.models.notice import Document
from app.models.task import case_is_worked_on_by


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """What is needed to send the bytes."""

    object_key: str
    name: str
    media_type: str
    size_bytes: int


def find_document(session: Session, document_id: UUID, reader: Identity) -> FoundDocument:
    """Find evidence or a letter by id; the owner and the case's workers may read it.

    Evidence that the virus scanner has not seen is for its owner alone.

    :raises Missing: no such document, or not for this reader.
    :raises NotScannedYet: the scanner has not seen it, and it is not the reader's own.
    :raises MalwareFound: the scanner found something; nobody may read it.
    """
    works_on_it = case_is_worked_on_by(reader)
    letter = session.scalar(
        select(Document)
        .join(Case, Case.id == Document.case_id)
        .where(Document.id == document_id, or_(Case.applicant == reader.key, works_on_it))
    )
    if letter is not None:
        return FoundDocument(letter.object_key, letter.name, letter.media_type, letter.size_bytes)
    row = session.execute(
        select(Evidence, Application.applicant)
        .join(Application, Application.id == Evidence.application_id)
        .outerjoin(Case, Case.application_id == Application.id)
        .where(
            Evidence.id == document_id,
            or_(Application.applicant == reader.key, works_on_it),
        )
    ).one_or_none()
    if row is None:
        raise Missing(str(document_id))
    evidence, owner = row
    if evidence.scan == INFECTED:
        raise MalwareFound(str(document_id))
    if evidence.scan == WAITING and owner != reader.key:
        raise NotScannedYet(str(document_id))
    return FoundDocument(
        evidence.object_key, evidence.name, evidence.media_type, evidence.size_bytes
    )
