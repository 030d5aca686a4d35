"""Angaben ändern: change a draft's answers from a program."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.bundles.catalogue import Catalogue
from app.domain.identity import Identity
from app.errors import FieldFault, Invalid
from app.usecases.applicant.add_evidence import with_evidence
from app.usecases.applicant.draft import Draft, open_draft


def patch_answers(
    session: Session,
    application_id: UUID,
    citizen: Identity,
    patch: Mapping[str, Any],
    *,
    catalogue: Catalogue,
    now: datetime,
) -> Draft:
    """Merge ``patch`` into the answers; what is missing or wrong is kept and said, not refused.

    Evidence is not set here: ids of documents are only ever written by an upload.

    :raises Missing: no such draft, or not this citizen's.
    :raises Invalid: a page or field the form does not know; nothing is changed.
    :raises AlreadySubmitted: handed in before.
    """
    draft = open_draft(session, application_id, citizen, catalogue=catalogue, now=now, lock=True)
    draft.application.require_draft()
    _refuse_shape(patch)
    _refuse_evidence(patch, draft)
    answers = merge_patch(draft.application.answers, patch)
    unknown = [
        fault for fault in draft.form.check(answers, draft.context) if fault.code == "unknown_field"
    ]
    if unknown:
        raise Invalid(unknown)
    for pointer, items in draft.evidence_items().items():
        answers = with_evidence(answers, pointer, [item.id for item in items])
    draft.application.change(answers, now=now, revision=None)
    draft.application.identity = citizen.to_dict()
    faulty = {fault.pointer.split("/")[1] for fault in draft.faults() if "/" in fault.pointer}
    draft.application.completed_pages = [
        page.id
        for page in draft.form.visible_pages(answers, draft.context)
        if page.id in answers and page.id not in faulty
    ]
    return draft


def merge_patch(target: Mapping[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    """Apply a JSON Merge Patch: null removes, objects merge. Source: RFC 7396."""
    merged = dict(target)
    for key, value in patch.items():
        if value is None:
            merged.pop(key, None)
        elif isinstance(value, Mapping):
            below = merged.get(key)
            merged[key] = merge_patch(below if isinstance(below, Mapping) else {}, value)
        else:
            merged[key] = value
    return merged


def _refuse_shape(patch: Mapping[str, Any]) -> None:
    message = "Eine Seite besteht aus benannten Angaben. Bitte schicken Sie ein Objekt."
    faults = [
        FieldFault(f"/{page}", "type", message)
        for page, fields in patch.items()
        if fields is not None and not isinstance(fields, Mapping)
    ]
    if faults:
        raise Invalid(faults)


def _refuse_evidence(patch: Mapping[str, Any], draft: Draft) -> None:
    faults = []
    for pointer in draft.form.evidence:
        _, page, field = pointer.split("/")
        fields = patch.get(page)
        if isinstance(fields, Mapping) and field in fields:
            message = "Nachweise laden Sie bitte einzeln hoch."
            faults.append(FieldFault(pointer, "read_only", message))
    if faults:
        raise Invalid(faults)
