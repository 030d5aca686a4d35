"""Schreibweise: how values look in a German letter."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from app.domain.file_reference import BERLIN
from app.domain.german import short_day


class Unwritable(ValueError):
    """The value does not suit the way it should be written."""


def day(value: Any) -> str:
    """Write a date or an ISO date (a datetime counts in German legal time) as ``22.11.2026``.

    :raises Unwritable: if it is no date.
    """
    if isinstance(value, str):
        value = _read(value)
    if isinstance(value, datetime):
        value = (value.astimezone(BERLIN) if value.tzinfo else value).date()
    if not isinstance(value, date):
        raise Unwritable("kein Datum")
    return short_day(value)


def _read(text: str) -> date:
    try:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError as error:
        raise Unwritable("kein Datum") from error


def number(value: Any) -> str:
    """Write ``1234.5`` as ``1.234,5``.

    :raises Unwritable: if it is no number.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise Unwritable("keine Zahl")
    exact = Decimal(str(value))
    if not exact.is_finite() or abs(exact) >= 10**15:
        raise Unwritable("keine darstellbare Zahl")
    text = f"{exact:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def euro(value: Any) -> str:
    """Write cents as an amount: ``2500`` is ``25,00 Euro``.

    :raises Unwritable: if it is no whole number.
    """
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= 10**15:
        raise Unwritable("kein Betrag in Cent")
    amount = f"{Decimal(value) / 100:,.2f}"
    return amount.translate(str.maketrans(",.", ".,")) + " Euro"


def yes_no(value: Any) -> str:
    """Write a truth value as ``Ja`` or ``Nein``.

    :raises Unwritable: if it is none.
    """
    if not isinstance(value, bool):
        raise Unwritable("kein Ja oder Nein")
    return "Ja" if value else "Nein"


def plain(value: Any) -> str:
    """Write a value as a person would expect it without further wishes.

    :raises Unwritable: if it is a collection.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return yes_no(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float | Decimal):
        return number(value)
    return day(value)


FORMATS: Mapping[str, Callable[[Any], str]] = MappingProxyType(
    {"": plain, "datum": day, "zahl": number, "euro": euro, "ja_nein": yes_no}
)
