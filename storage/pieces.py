"""Stücke: documents on their way, never whole in memory."""

from collections.abc import Iterator
from typing import BinaryIO, TypeVar

PIECE_SIZE_BYTES = 1024 * 1024

T = TypeVar("T")


class ContentTooShort(ValueError):
    """The content ended before its announced size."""


class ExactStream:
    """Hands out exactly ``size_bytes`` bytes of ``content``, leaving the rest unread."""

    def __init__(self, content: BinaryIO, size_bytes: int) -> None:
        if size_bytes < 0:
            raise ValueError("a document cannot have a negative size")
        self._content = content
        self._left = size_bytes

    def read(self, size: int = -1) -> bytes:
        """Read at most ``size`` bytes, all that is left if negative; empty at the end.

        :raises ContentTooShort: if the content ends early.
        """
        wanted = self._left if size < 0 else min(size, self._left)
        if not wanted:
            return b""
        piece = self._content.read(wanted)
        if not piece:
            raise ContentTooShort("the content is shorter than its size says")
        self._left -= len(piece)
        return piece

    def pieces(self) -> Iterator[bytes]:
        """Yield everything in pieces of at most 1 MiB.

        :raises ContentTooShort: if the content ends early.
        """
        while piece := self.read(PIECE_SIZE_BYTES):
            yield piece


def begun(things: Iterator[T]) -> Iterator[T]:
    """Take the first thing now, so that what is wrong with reading shows at once."""
    for first in things:
        return _continued(first, things)
    return iter(())


def _continued(first: T, rest: Iterator[T]) -> Iterator[T]:
    yield first
    yield from rest
