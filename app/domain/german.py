"""Deutsche Schreibweise: dates and sizes as people here write them."""

from datetime import date

MONTHS = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)

_KB, _MB, _MIB = 1000, 1_000_000, 1024 * 1024


def short_day(day: date) -> str:
    """Write ``22.11.2026``."""
    return f"{day.day:02d}.{day.month:02d}.{day.year:04d}"


def long_day(day: date) -> str:
    """Write ``22. November 2026``."""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def file_size(size_bytes: int) -> str:
    """Write ``812 kB`` or ``1,4 MB``, by thousands; limits of whole MiB are called MB."""
    if size_bytes < _KB:
        return f"{size_bytes} Byte"
    if size_bytes and size_bytes % _MIB == 0:
        return f"{size_bytes // _MIB} MB"
    if round(size_bytes / _KB) < _KB:
        return f"{round(size_bytes / _KB)} kB"
    return (
        f"{size_bytes / _MB:,.1f}".translate(str.maketrans(",.", ".,")).removesuffix(",0") + " MB"
    )
