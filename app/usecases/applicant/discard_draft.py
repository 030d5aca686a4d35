"""Entwurf löschen: remove a draft with its files, for good."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from app.bundles.catalogue import Catalogue
from app.domain.identity import Identity
from app.usecases.applicant.draft import open_draft
from app.usecases.units_of_work import Transactions
from storage.documents import DocumentStore, StoreUnavailable


def discard_draft(
    transaction: Transactions,
    application_id: UUID,
    citizen: Identity,
    *,
    documents: DocumentStore,
    catalogue: Catalogue,
    now: datetime,
) -> None:
    """Delete the rows, then the objects.

    :raises Missing: no such draft, or not this citizen's.
    :raises AlreadySubmitted: handed in before.
    """
    with transaction() as session:
        draft = open_draft(
            session, application_id, citizen, catalogue=catalogue, now=now, lock=True
        )
        draft.application.require_draft()
        keys = [one.object_key for one in draft.evidence]
        for one in draft.evidence:
            session.delete(one)
        session.flush()
        session.delete(draft.application)
    for key in keys:
        with suppress(StoreUnavailable):
            documents.delete(key)
