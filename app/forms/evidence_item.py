"""Nachweis: one uploaded file as a form page shows it."""

from dataclasses import dataclass

from app.forms.german import show_size


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """``id`` is the document's id, which is what the answers hold."""

    id: str
    name: str
    media_type: str
    size_bytes: int

    @property
    def size_text(self) -> str:
        """Say the size to a person."""
        return show_size(self.size_bytes)
