"""Nachweis hochladen: check a file, store it, then note it in the draft."""

from contextlib import suppress
from datetime import datetime
from typing import Any, BinaryIO
from uuid import UUID, uuid4

from app.bundles.catalogue import Catalogue
from app.connectors.scanner import Scanner
from app.domain.identity import Identity
from app.errors import FieldFault, Invalid, PlatformError
from app.forms.form import EvidenceRule
from app.models.evidence import NOT_SCANNED, WAITING, Evidence
from app.uploads.inspection import inspect_upload
from app.usecases.applicant.draft import Draft, open_draft
from app.usecases.document_keys import document_key
from app.usecases.units_of_work import Transactions
from storage.documents import DocumentStore, StoreUnavailable

MAX_EVIDENCE_BYTES = 50 * 1024 * 1024


def add_evidence(
    transaction: Transactions,
    application_id: UUID,
    citizen: Identity,
    pointer: str,
    name: str,
    content: BinaryIO,
    *,
    documents: DocumentStore,
    scanner: Scanner | None,
    catalogue: Catalogue,
    now: datetime,
) -> Evidence:
    """Add one file to the field at ``pointer``; two transactions with the store in between.

    Of a picture only what the inspection wrote anew is stored, never what was sent. The object is
    written first and counts only once the row is committed; a sweeper removes what a crash leaves
    behind. With a ``scanner`` the file then waits for it.

    :raises Missing: no such draft, or not this citizen's.
    :raises AlreadySubmitted: handed in before.
    :raises Invalid: no such evidence field, too many files, or the file does not hold.
    :raises StoreUnavailable: the store fails; nothing is changed.
    """
    with transaction() as session:
        draft = open_draft(session, application_id, citizen, catalogue=catalogue, now=now)
        rule = _require_room(draft, pointer)
    try:
        upload = inspect_upload(
            content, name=name, accept=rule.accept, max_size_bytes=rule.max_size_bytes
        )
    except Invalid as invalid:
        faults = [FieldFault(pointer, fault.code, fault.message) for fault in invalid.fields]
        raise Invalid(faults) from None
    evidence_id = uuid4()
    key = document_key("evidence", evidence_id, now)
    documents.put(key, upload.content, upload.size_bytes, upload.media_type)
    try:
        with transaction() as session:
            draft = open_draft(
                session, application_id, citizen, catalogue=catalogue, now=now, lock=True
            )
            _require_room(draft, pointer)
            evidence = Evidence(
                id=evidence_id,
                application_id=application_id,
                field=pointer,
                name=upload.name,
                media_type=upload.media_type,
                size_bytes=upload.size_bytes,
                sha256=upload.sha256,
                object_key=key,
                scan=WAITING if scanner else NOT_SCANNED,
                scan_due_at=now if scanner else None,
                uploaded_at=now,
            )
            session.add(evidence)
            ids = [str(one.id) for one in draft.evidence if one.field == pointer]
            answers = with_evidence(draft.application.answers, pointer, [*ids, str(evidence_id)])
            draft.application.change(answers, now=now, revision=None)
    except PlatformError:  # anything else may have been committed: the sweep decides
        with suppress(StoreUnavailable):
            documents.delete(key)
        raise
    return evidence


def with_evidence(answers: dict[str, Any], pointer: str, ids: list[str]) -> dict[str, Any]:
    """Return answers whose evidence field lists exactly ``ids``; an empty field is left out."""
    _, page, field = pointer.split("/")
    fields = {**answers.get(page, {}), field: ids}
    if not ids:
        del fields[field]
    return {**answers, page: fields}


def _require_room(draft: Draft, pointer: str) -> EvidenceRule:
    draft.application.require_draft()
    rule = draft.form.evidence.get(pointer)
    if rule is None:
        message = "Zu dieser Angabe gibt es keinen Nachweis."
        raise Invalid([FieldFault(pointer, "unknown_field", message)])
    if sum(one.field == pointer for one in draft.evidence) >= rule.max_count:
        message = (
            f"Hier sind höchstens {rule.max_count} Dateien möglich. "
            "Bitte entfernen Sie zuerst eine andere."
        )
        raise Invalid([FieldFault(pointer, "too_many_files", message)])
    return rule
