"""Nachweis: one uploaded file as a form page shows it."""

from dataclasses import dataclass

from app.domain.german import file_size


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """``id`` is the document's id, which is what the answers hold.

    ``infected`` is a file that was malware: only its name is left.
    """

    id: str
    name: str
    media_type: str
    size_bytes: int
    infected: bool = False

    @property
    def size_text(self) -> str:
        """Say the size to a person."""
        return file_size(self.size_bytes)
