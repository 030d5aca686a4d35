"""Nachweis: one uploaded file as a form page shows it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """``id`` is the document's id, which is what the answers hold."""

    id: str
    name: str
    media_type: str
    size_bytes: int
