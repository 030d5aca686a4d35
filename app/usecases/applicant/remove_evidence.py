"""Nachweis entfernen: take a file out of a draft."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from app.bundles.catalogue import Catalogue
from app.domain.identity import Identity
from app.errors import Missing
from app.usecases.applicant.add_evidence import with_evidence
from app.usecases.applicant.draft import open_draft
from app.usecases.units_of_work import Transactions
from storage.documents import DocumentStore, StoreUnavailable


def remove_evidence(
    transaction: Transactions,
    application_id: UUID,
    citizen: Identity,
    evidence_id: UUID,
    *,
    documents: DocumentStore,
    catalogue: Catalogue,
    now: datetime,
) -> None:
    """Delete the row, then the object; an object that stays behind is swept later.

    :raises Missing: no such draft or file, or not this citizen's.
    :raises AlreadySubmitted: handed in before.
    """
    with transaction() as session:
        draft = open_draft(
            session, application_id, citizen, catalogue=catalogue, now=now, lock=True
        )
        draft.application.require_draft()
        gone = next((one for one in draft.evidence if one.id == evidence_id), None)
        if gone is None:
            raise Missing(str(evidence_id))
        left = [
            str(one.id)
            for one in draft.evidence
            if one.field == gone.field and one.id != evidence_id
        ]
        answers = with_evidence(draft.application.answers, gone.field, left)
        draft.application.change(answers, now=now, revision=None)
        session.delete(gone)
        key = gone.object_key
    with suppress(StoreUnavailable):
        documents.delete(key)
