"""Sweeping removes what a crash left behind, and nothing else."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from app.models.evidence import Evidence
from app.models.notice import Document
from app.models.sign_in import SignIn
from app.models.transaction import transaction
from app.usecases.document_keys import document_key
from app.usecases.system.sweep_documents import sweep_documents
from app.worker import handlers
from storage.documents import StoreUnavailable


@pytest.fixture
def orphan(parts, clock):
    """Store an object no row knows; returns its key."""

    def put(kind: str, days_ago: int) -> str:
        key = document_key(kind, uuid4(), clock() - timedelta(days=days_ago))
        parts.documents.put(key, io.BytesIO(b"x"), 1, "application/pdf")
        return key

    return put


@pytest.fixture
def sweep(app, parts, clock):
    def run() -> int:
        with app.app_context():
            return sweep_documents(transaction, documents=parts.documents, now=clock())

    return run


def keys(parts) -> set[str]:
    return {key for prefix in ("evidence/", "letters/") for key in parts.documents.keys(prefix)}


def test_only_old_objects_without_a_row_are_removed(
    case_id, parts, clock, orphan, sweep, db_session
):
    clock.move(days=30)
    known = set(db_session.scalars(select(Evidence.object_key))) | set(
        db_session.scalars(select(Document.object_key))
    )
    assert len(known) == 2
    old = {orphan("evidence", 3), orphan("letters", 30)}
    fresh = {orphan("evidence", 0), orphan("letters", 1), orphan("letters", 2)}
    assert keys(parts) == known | old | fresh

    assert sweep() == len(old)
    assert keys(parts) == known | fresh
    assert sweep() == 0


def test_what_is_not_ours_stays(parts, sweep, clock):
    for key in ("evidence/irgendwas", "evidence/kein-datum/x", "letters/2026-13-01/x"):
        parts.documents.put(key, io.BytesIO(b"x"), 1, "text/plain")
    clock.move(days=900)
    before = keys(parts)
    assert sweep() == 0
    assert keys(parts) == before


def test_a_long_list_is_swept_to_its_end(orphan, sweep, parts):
    for _ in range(520):
        orphan("evidence", 5)
    assert sweep() == 520
    assert keys(parts) == set()


def test_while_the_store_is_down_the_sweep_fails_and_comes_again(orphan, sweep, parts):
    orphan("evidence", 5)
    parts.documents.available = False
    with pytest.raises(StoreUnavailable):
        sweep()
    parts.documents.available = True
    assert sweep() == 1


def test_sign_ins_nobody_can_use_any_more_are_forgotten(app, parts, citizen, clock, db_session):
    def count() -> int:
        db_session.rollback()
        return db_session.scalar(select(func.count()).select_from(SignIn))

    handlers(app, parts)["sweep"]()
    assert count() == 1
    clock.move(minutes=31)
    handlers(app, parts)["sweep"]()
    assert count() == 0
