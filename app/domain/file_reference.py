"""Aktenzeichen: the number people quote."""

from datetime import datetime
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")


def file_reference(prefix: str, number: int, now: datetime) -> str:
    """Write e.g. ``MU-2026-004711``; the year is that of German legal time.

    ``number`` comes from one database sequence, so gaps are normal and numbers never repeat.
    """
    return f"{prefix}-{now.astimezone(BERLIN).year}-{number:06d}"
