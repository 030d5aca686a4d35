"""DocumentStore: where the bytes of evidence and letters lie, told apart by key."""

from collections.abc import Iterator
from typing import BinaryIO, Protocol


class DocumentMissing(Exception):
    """Nothing is stored under this key."""


class StoreUnavailable(Exception):
    """The store does not answer or is full; try again later. Nothing half-written is readable."""


class DocumentStore(Protocol):
    """Keeps objects that are written once.

    Keys are chosen by the platform: ``[a-z0-9/_.-]``, no empty or dotted segment, at most 200
    characters, e.g. ``evidence/3f0c…``. Every method raises :class:`StoreUnavailable` when the
    store fails, and ``ValueError`` for a key that breaks these rules.
    """

    def put(self, key: str, content: BinaryIO, size_bytes: int, media_type: str) -> None:
        """Store ``size_bytes`` bytes read from ``content``; replaces what was there, atomically.

        :raises ValueError: if ``content`` ends early.
        """
        ...

    def read(self, key: str) -> Iterator[bytes]:
        """Yield the bytes in chunks of at most 1 MiB; the first chunk is read before returning.

        :raises DocumentMissing: nothing is there.
        """
        ...

    def delete(self, key: str) -> None:
        """Remove; removing what is not there is no error."""
        ...

    def keys(self, prefix: str) -> Iterator[str]:
        """Yield all keys that start with ``prefix``."""
        ...

    def check(self) -> None:
        """Prove that the store answers; for ``/readyz``."""
        ...
