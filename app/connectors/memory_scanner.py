"""Virenprüfung, harmless twin: knows one file, the one made for such tests."""

from collections.abc import Iterable

from app.errors import Rejected, Unavailable

#: Source: EICAR Anti Malware Testfile; in two parts, lest scanners take this source for it
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}" + b"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class MemoryScanner:
    """Keeps the promises of ``Scanner``; ``available`` and ``max_size_bytes`` may be changed."""

    def __init__(self) -> None:
        self.available = True
        self.max_size_bytes = 100 * 1024 * 1024

    def scan(self, pieces: Iterable[bytes]) -> str:
        """Look for the test file anywhere; see ``Scanner``."""
        if not self.available:
            raise Unavailable("scanner")
        content = b"".join(pieces)
        if len(content) > self.max_size_bytes:
            raise Rejected("scanner")
        return "Eicar-Test-Signature" if EICAR in content else ""
