"""Formate: how times, amounts and sizes are written for people in Germany."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from flask import Flask

from app.domain.case_status import CASE_STATUS_TEXT, CaseStatus
from app.domain.file_reference import BERLIN
from app.domain.german import file_size, long_day, short_day
from app.web.due import due

_NBSP = "\N{NO-BREAK SPACE}"
_FILE_KINDS = {
    "application/pdf": "PDF",
    "image/jpeg": "JPG",
    "image/png": "PNG",
    "application/zip": "ZIP",
    "text/plain": "Text",
}


def local_date(value: date | datetime | str) -> date:
    """Return the calendar day in Germany; ``value`` is aware, a plain date, or either in ISO 8601.

    :raises ValueError: a time without zone, or a text that is no ISO date.
    """
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    return _local(value).date() if isinstance(value, datetime) else value


def datum(value: date | datetime | str | None) -> str:
    """Write ``22.11.2026``; nothing for nothing."""
    return short_day(local_date(value)) if value else ""


def datum_lang(value: date | datetime | str | None) -> str:
    """Write ``22. November 2026``; nothing for nothing."""
    if not value:
        return ""
    return long_day(local_date(value)).replace(" ", _NBSP, 1)


def zeit(value: datetime | None) -> str:
    """Write ``10:42`` in German legal time; nothing for nothing."""
    return f"{_local(value):%H:%M}" if value else ""


def datum_zeit(value: datetime | None) -> str:
    """Write ``22.11.2026, 10:42 Uhr`` in German legal time; nothing for nothing."""
    return f"{datum(value)}, {zeit(value)}{_NBSP}Uhr" if value else ""


def zeitpunkt(value: date | datetime) -> str:
    """Write the machine-readable form for ``<time datetime>``: a day, or a UTC time."""
    return (
        f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if isinstance(value, datetime) else f"{value}"
    )


def euro(cents: int) -> str:
    """Write an amount in cents as ``1.234,50 €``."""
    sign = "−" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    return f"{sign}{_grouped(whole)},{rest:02d}{_NBSP}€"


def dateigroesse(size_bytes: int) -> str:
    """Write a file size as people know it: ``812 kB``, ``1,4 MB`` (powers of 1000)."""
    return file_size(size_bytes).replace(" ", _NBSP)


def dateiart(media_type: str) -> str:
    """Name a media type in a word, e.g. ``PDF``."""
    return _FILE_KINDS.get(media_type, "Datei")


def tage_bis(due_at: datetime, now: datetime) -> str:
    """Say how far away a deadline is: ``heute``, ``in 3 Arbeitstagen``, ``2 Tage überfällig``."""
    return due(due_at, now).text


def vorgangsstatus(status: str) -> str:
    """Name a ``CaseStatus`` as the applicant reads it."""
    return CASE_STATUS_TEXT[CaseStatus(status)]


def attach(app: Flask) -> None:
    """Make the filters known to all templates."""
    filters: tuple[Callable[..., Any], ...] = (
        datum,
        datum_lang,
        zeit,
        datum_zeit,
        zeitpunkt,
        euro,
        dateigroesse,
        dateiart,
        tage_bis,
        vorgangsstatus,
    )
    for rule in filters:
        app.add_template_filter(rule)
    app.add_template_filter(due, "frist")


def _local(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("a time without zone")
    return value.astimezone(BERLIN)


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
