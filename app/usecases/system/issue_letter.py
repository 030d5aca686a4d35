"""Schreiben ausstellen: put the PDF of a letter into the store and prepare its rows."""

import io
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid4, uuid5

from app.models.case import Case
from app.models.notice import Document, Notice
from app.usecases.compose_letter import ComposedLetter
from app.usecases.document_keys import document_key
from storage.documents import DocumentStore

#: names documents and notices by the task that asked for them, so that a repetition is recognised
_NAMESPACE = UUID("5b0e1a0e-6a58-4b8e-9c39-0d1f6f5a7c11")

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class IssuedLetter:
    """A letter whose bytes are stored and whose rows are not yet written."""

    task_id: str
    document: Document
    notice: Notice


def issue_letter(
    case: Case, task_id: str, letter: ComposedLetter, documents: DocumentStore, now: datetime
) -> IssuedLetter:
    """Typeset and store a letter; its ids follow from case and task, so it exists only once.

    The object's key is fresh each time, because a put that timed out may still arrive late.

    :raises StoreUnavailable: the store fails.
    """
    content = letter.pdf()
    document_id = uuid5(_NAMESPACE, f"{case.id}/{task_id}/document")
    key = document_key("letters", uuid4(), now)
    documents.put(key, io.BytesIO(content), len(content), PDF)
    document = Document(
        id=document_id,
        case_id=case.id,
        name=f"{letter.text.title} {case.file_reference}.pdf",
        media_type=PDF,
        size_bytes=len(content),
        sha256=sha256(content).hexdigest(),
        object_key=key,
        created_at=now,
    )
    notice = Notice(
        id=uuid5(_NAMESPACE, f"{case.id}/{task_id}/notice"),
        case_id=case.id,
        recipient=case.applicant,
        kind=letter.text.kind,
        subject=letter.text.subject,
        html=letter.html(),
        document_id=document_id,
        provided_at=now,
        notified_at=None,
        first_read_at=None,
    )
    return IssuedLetter(task_id, document, notice)
