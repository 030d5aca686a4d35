"""Nachweisregel: which files one field takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.german import file_size

_NAMES = {
    "image/jpeg": "JPG",
    "image/png": "PNG",
    "application/pdf": "PDF",
    "image/tiff": "TIFF",
    "image/webp": "WebP",
}
_MIB = 1024 * 1024

DEFAULT_ACCEPT = ("image/jpeg", "image/png", "application/pdf")
DEFAULT_MAX_SIZE_BYTES = 10 * _MIB
MAX_COUNT = 50
KNOWN_MEDIA_TYPES = frozenset(_NAMES)


@dataclass(frozen=True, slots=True)
class EvidenceRule:
    """Limits of one evidence field; ``accept`` lists media types."""

    title: str
    accept: tuple[str, ...]
    max_size_bytes: int
    max_count: int

    @property
    def text(self) -> str:
        """Say it to a person: „JPG, PNG oder PDF, höchstens 10 MB“."""
        names = [_NAMES.get(media_type, media_type) for media_type in self.accept]
        kinds = " oder ".join(filter(None, (", ".join(names[:-1]), names[-1])))
        parts = [kinds, f"höchstens {file_size(self.max_size_bytes)}"]
        if self.max_count > 1:
            parts.append(f"bis zu {self.max_count} Dateien")
        return ", ".join(parts)


def evidence_rule(title: str, document: Mapping[str, Any]) -> EvidenceRule:
    """Read ``x-document``; what it leaves out takes the usual limits."""
    return EvidenceRule(
        title=title,
        accept=tuple(document.get("accept", DEFAULT_ACCEPT)),
        max_size_bytes=document.get("max_size_bytes", DEFAULT_MAX_SIZE_BYTES),
        max_count=document.get("max_count", 1),
    )
