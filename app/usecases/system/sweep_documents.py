"""Aufräumen: delete stored objects that no row knows."""

from datetime import datetime, timedelta
from itertools import islice

import structlog
from sqlalchemy import select, union_all

from app.models.evidence import Evidence
from app.models.notice import Document
from app.usecases.document_keys import day_of
from app.usecases.units_of_work import Transactions
from storage.documents import DocumentStore

log = structlog.get_logger()

SPARED = timedelta(days=2)
BATCH = 500


def sweep_documents(transaction: Transactions, *, documents: DocumentStore, now: datetime) -> int:
    """Delete what a crash between store and database left behind; return how many objects.

    Objects of the last two days are spared: their row may still be on its way.

    :raises StoreUnavailable: the store fails.
    """
    documents.check()  # on the first day nothing was stored yet, not even the folder is there
    newest = (now - SPARED).date()
    old = (
        key
        for prefix in ("evidence/", "letters/")
        for key in documents.keys(prefix)
        if (day := day_of(key)) is not None and day < newest
    )
    removed = 0
    while batch := list(islice(old, BATCH)):
        with transaction() as session:
            known = set(
                session.scalars(
                    union_all(
                        select(Evidence.object_key).where(Evidence.object_key.in_(batch)),
                        select(Document.object_key).where(Document.object_key.in_(batch)),
                    )
                )
            )
        for key in batch:
            if key not in known:
                documents.delete(key)
                removed += 1
    if removed:
        log.info("orphans_removed", count=removed)
    return removed
