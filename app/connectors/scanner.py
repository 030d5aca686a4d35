"""Virenprüfung: tells whether a file is known malware."""

from collections.abc import Iterable
from typing import Protocol


class Scanner(Protocol):
    """Looks at files; what it did not see to the last byte it never calls clean."""

    def scan(self, pieces: Iterable[bytes]) -> str:
        """Return the scanner's name for what it found; empty if the file is clean.

        :raises Unavailable: no verdict now, try again later.
        :raises Rejected: this file it will not look at, however often it is asked.
        """
        ...
