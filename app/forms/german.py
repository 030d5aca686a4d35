"""Deutsche Schreibweise: numbers and dates as people here write and read them."""

import math
import re
from datetime import date
from decimal import Decimal

from app.domain.german import short_day

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?\Z")
_PLAIN = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?\Z")
_MAX_DIGITS = 18  # fits 64 bits, as far as JSON writers go; longer text stays as written


def iso_date(text: object) -> date | None:
    """Read ``2026-03-15``; None for anything else, also for days that do not exist."""
    if not isinstance(text, str) or not _ISO_DATE.match(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def show_number(number: float) -> str:
    """Write ``12,5``; no grouping, because years and meter readings are numbers too."""
    if isinstance(number, int):
        return str(number) if abs(number) < 10**_MAX_DIGITS else "sehr große Zahl"
    if not math.isfinite(number):
        return ""
    text = format(Decimal(repr(number)), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",")


def read_number(text: str) -> int | float | None:
    """Read ``12,5``, ``1.234,5``, ``1 234`` or ``12.5``; None if it is no number.

    A single dot before exactly three digits groups thousands, as is usual in German.
    """
    compact = "".join(text.split()).replace("−", "-")
    if len(compact) > _MAX_DIGITS:
        return None
    if _GROUPED.match(compact):
        compact = compact.replace(".", "")
    elif not _PLAIN.match(compact):
        return None
    number = Decimal(compact.replace(",", "."))
    return int(number) if number == number.to_integral_value() else float(number)


def show_value(value: object) -> str:
    """Write any JSON scalar: yes/no, number, ISO date or text."""
    if isinstance(value, bool):
        return "Ja" if value else "Nein"
    if isinstance(value, int | float):
        return show_number(value)
    day = iso_date(value)
    if day is not None:
        return short_day(day)
    return value if isinstance(value, str) else ""
