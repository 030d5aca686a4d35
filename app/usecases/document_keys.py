"""Ablageort: the key under which a document's bytes lie; the server chooses it."""

from datetime import UTC, date, datetime
from uuid import UUID


def document_key(kind: str, document_id: UUID, now: datetime) -> str:
    """Write e.g. ``evidence/2026-11-22/<uuid>``; the day lets a sweeper spare what is new."""
    return f"{kind}/{now.astimezone(UTC).date().isoformat()}/{document_id}"


def day_of(key: str) -> date | None:
    """Read the day back from a key; None if it is not one of ours."""
    parts = key.split("/")
    if len(parts) != 3:
        return None
    try:
        return date.fromisoformat(parts[1])
    except ValueError:
        return None
