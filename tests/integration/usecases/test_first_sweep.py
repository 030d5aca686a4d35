"""The first sweep of a new installation finds no folder yet."""

from app.models.transaction import transaction
from app.usecases.system.sweep_documents import sweep_documents
from storage.local_documents import LocalDocuments


def test_sweeping_before_anything_was_stored_is_no_outage(app, clock, tmp_path):
    documents = LocalDocuments(tmp_path / "not-yet")

    with app.app_context():
        assert sweep_documents(transaction, documents=documents, now=clock()) == 0
