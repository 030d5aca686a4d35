"""Nachweise im Formular: stored evidence as forms and letters show it."""

from collections.abc import Sequence

from app.forms.evidence_item import EvidenceItem
from app.models.evidence import INFECTED, Evidence


def evidence_items(evidence: Sequence[Evidence]) -> dict[str, list[EvidenceItem]]:
    """Group evidence by the JSON pointer of its field, as forms show it."""
    items: dict[str, list[EvidenceItem]] = {}
    for one in evidence:
        items.setdefault(one.field, []).append(
            EvidenceItem(
                id=str(one.id),
                name=one.name,
                media_type=one.media_type,
                size_bytes=one.size_bytes,
                infected=one.scan == INFECTED,
            )
        )
    return items
