"""What only the twin in memory does."""

import io

import pytest

from storage.documents import StoreUnavailable
from storage.memory_documents import MemoryDocuments


def test_an_outage_can_be_played():
    store = MemoryDocuments()
    store.put("evidence/a", io.BytesIO(b"document"), 8, "text/plain")

    store.available = False

    for call in (
        store.check,
        lambda: store.put("evidence/b", io.BytesIO(b""), 0, "text/plain"),
        lambda: store.read("evidence/a"),
        lambda: store.delete("evidence/a"),
        lambda: store.keys(""),
    ):
        with pytest.raises(StoreUnavailable):
            call()

    store.available = True
    assert list(store.keys("")) == ["evidence/a"]
