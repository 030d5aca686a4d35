"""ZIP im Fluss: write an archive piece by piece, so that it never lies in memory as a whole."""

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from app.domain.file_reference import BERLIN

_MAX_NAME = 100
_FORBIDDEN = frozenset('<>:"/\\|?*')


@dataclass(frozen=True, slots=True)
class ZipEntry:
    """One file; ``path`` is safe already. ``pieces`` are asked for when its turn has come.

    ``squeeze`` is for texts; pictures and PDF files are small already.
    """

    path: str
    pieces: Iterable[bytes]
    at: datetime
    squeeze: bool = False


class _Outbox:
    """Takes what the archive writes until it is fetched; cannot go back."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def write(self, content: bytes) -> int:
        self._waiting.append(bytes(content))
        return len(content)

    def flush(self) -> None:
        """Nothing is held back."""

    def fetch(self) -> bytes:
        content = b"".join(self._waiting)
        self._waiting.clear()
        return content


def zip_stream(entries: Iterable[ZipEntry]) -> Iterator[bytes]:
    """Yield the archive; holds no more than one piece of one entry at a time."""
    outbox = _Outbox()
    with zipfile.ZipFile(outbox, "w") as archive:  # type: ignore[call-overload]  # write is enough
        for entry in entries:
            info = zipfile.ZipInfo(entry.path, entry.at.astimezone(BERLIN).timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED if entry.squeeze else zipfile.ZIP_STORED
            info.external_attr = 0o600 << 16
            with archive.open(info, "w") as target:
                for piece in entry.pieces:
                    target.write(piece)
                    if ready := outbox.fetch():
                        yield ready
    yield outbox.fetch()


def safe_name(number: int, name: str) -> str:
    """Make a name that every system can unpack; the number keeps two of the same apart."""
    plain = "".join("_" if c in _FORBIDDEN or not c.isprintable() else c for c in name)
    plain = plain.strip(" .") or "Datei"
    stem, dot, suffix = plain.rpartition(".")
    if dot and len(suffix) <= 10:
        plain = f"{stem[: _MAX_NAME - len(suffix) - 1]}.{suffix}"
    return f"{number:02} {plain[:_MAX_NAME]}"
