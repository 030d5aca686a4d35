"""DocumentStore in memory: the harmless twin for tests and trials."""

from collections.abc import Iterator
from threading import Lock
from typing import BinaryIO

from storage.documents import DocumentMissing, StoreUnavailable
from storage.keys import check_key, check_prefix
from storage.pieces import PIECE_SIZE_BYTES, ExactStream


class MemoryDocuments:
    """Keeps the promises of ``DocumentStore`` until the process ends.

    Set ``available`` to False to play an outage.
    """

    def __init__(self) -> None:
        self.available = True
        self._objects: dict[str, bytes] = {}
        self._lock = Lock()

    def put(self, key: str, content: BinaryIO, size_bytes: int, media_type: str) -> None:  # noqa: ARG002 - the protocol names it
        """Store; see ``DocumentStore``."""
        check_key(key)
        self.check()
        whole = b"".join(ExactStream(content, size_bytes).pieces())
        with self._lock:
            self._objects[key] = whole

    def read(self, key: str) -> Iterator[bytes]:
        """Yield the bytes; see ``DocumentStore``."""
        check_key(key)
        self.check()
        with self._lock:
            whole = self._objects.get(key)
        if whole is None:
            raise DocumentMissing(key)
        return (
            whole[start : start + PIECE_SIZE_BYTES]
            for start in range(0, len(whole), PIECE_SIZE_BYTES)
        )

    def delete(self, key: str) -> None:
        """Remove; see ``DocumentStore``."""
        check_key(key)
        self.check()
        with self._lock:
            self._objects.pop(key, None)

    def keys(self, prefix: str) -> Iterator[str]:
        """Yield all keys; see ``DocumentStore``."""
        check_prefix(prefix)
        self.check()
        with self._lock:
            found = [key for key in self._objects if key.startswith(prefix)]
        return iter(found)

    def check(self) -> None:
        """Answer, unless an outage is played."""
        if not self.available:
            raise StoreUnavailable
