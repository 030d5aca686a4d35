"""Blättern: the opaque place in a list from which the next page goes on."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from uuid import UUID

from app.errors import FieldFault, Invalid


def write_cursor(place: tuple[datetime, UUID]) -> str:
    """Encode a place; the text holds a time and an id, nothing secret."""
    moment, last = place
    return urlsafe_b64encode(f"{moment.isoformat()}|{last}".encode()).decode().rstrip("=")


def read_cursor(text: str) -> tuple[datetime, UUID] | None:
    """Decode what :func:`write_cursor` wrote; the empty text is the beginning.

    :raises Invalid: it is something else.
    """
    if not text:
        return None
    try:
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("ascii")
        moment, _, last = raw.partition("|")
        place = datetime.fromisoformat(moment), UUID(last)
        if place[0].tzinfo is None:
            raise ValueError("naive time")
    except (ValueError, binascii.Error):
        message = "Diese Seite der Liste gibt es nicht. Bitte beginnen Sie von vorn."
        raise Invalid([FieldFault("/cursor", "cursor", message)]) from None
    return place
