"""Stores under test: the same cases run over all three."""

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest

from storage.documents import DocumentStore
from storage.local_documents import LocalDocuments
from storage.memory_documents import MemoryDocuments
from storage.minio_documents import MinioDocuments
from tests.support.weed import ObjectStore, running_weed


@pytest.fixture(scope="session")
def object_store(tmp_path_factory) -> Iterator[ObjectStore]:
    """One server for all tests of a run."""
    with running_weed(tmp_path_factory.mktemp("weed")) as server:
        yield server


@pytest.fixture(params=["memory", "local", "minio"])
def store(request, tmp_path) -> Iterator[DocumentStore]:
    """An empty store that was checked once."""
    makers: dict[str, Callable[[], DocumentStore]] = {
        "memory": MemoryDocuments,
        "local": lambda: LocalDocuments(tmp_path / "documents"),
        "minio": lambda: bucket(request.getfixturevalue("object_store"), "uploads"),
    }
    made = makers[request.param]()
    made.check()
    yield made
    for key in list(made.keys("")):
        made.delete(key)


def bucket(server: ObjectStore, name: str = "") -> MinioDocuments:
    """Connect to a bucket; without ``name`` to one that does not exist yet."""
    return MinioDocuments(
        server.endpoint,
        server.access_key,
        server.secret_key,
        name or f"b{uuid4().hex}",
        secure=False,
    )


@pytest.fixture
def fresh_bucket(object_store) -> MinioDocuments:
    """A bucket of one's own that nobody made yet."""
    return bucket(object_store)
