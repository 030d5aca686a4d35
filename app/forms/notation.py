"""Schreibweisen: times, months, amounts of money and account numbers as people write them."""

import re
from datetime import date, time

from app.domain.german import MONTHS, short_day

_TIME = re.compile(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))?(?:\s*Uhr)?\Z", re.IGNORECASE)
_ISO_TIME = re.compile(r"[0-9]{2}:[0-9]{2}\Z")
_ISO_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})\Z")
_EURO = re.compile(r"([+-]?)([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,15})(?:,([0-9]{1,2}|[-–]{1,2}))?\Z")
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}\Z")
_GERMAN_IBAN_LENGTH = 22
_WEB = re.compile(r"https?://[^\s/?#@.\\]+(\.[^\s/?#@.\\]+)+(:[0-9]{1,5})?([/?#]\S*)?\Z")
_BARE_WEB = re.compile(r"[\w-]+(\.[\w-]+)+([/?#]\S*)?\Z")


def is_time(text: str) -> bool:
    """Whether it is a local time as answers hold it: ``14:30``."""
    return bool(_ISO_TIME.match(text)) and _clock(int(text[:2]), int(text[3:])) is not None


def read_time(text: str) -> str:
    """Turn ``9``, ``9.05 Uhr`` or ``0905`` into ``09:05``; anything else stays as written."""
    match = _TIME.match(text)
    if match is None:
        return text
    return _clock(int(match[1]), int(match[2] or 0)) or text


def _clock(hour: int, minute: int) -> str | None:
    try:
        return f"{time(hour, minute):%H:%M}"
    except ValueError:
        return None


def is_moment(text: str) -> bool:
    """Whether it is a local day and time: ``2026-03-15T14:30``."""
    day, _, clock = text.partition("T")
    try:
        return date.fromisoformat(day).isoformat() == day and is_time(clock)
    except ValueError:
        return False


def show_moment(text: str) -> str:
    """Write ``15.03.2026, 14:30 Uhr``; what is no moment stays as it is."""
    if not is_moment(text):
        return text
    day, _, clock = text.partition("T")
    return f"{short_day(date.fromisoformat(day))}, {clock} Uhr"


def is_month(text: str) -> bool:
    """Whether it is a month: ``2026-03``."""
    match = _ISO_MONTH.match(text)
    return match is not None and 1 <= int(match[2]) <= len(MONTHS) and int(match[1]) > 0


def show_month(text: str) -> str:
    """Write ``März 2026``; what is no month stays as it is."""
    return f"{MONTHS[int(text[5:]) - 1]} {text[:4]}" if is_month(text) else text


def read_cents(text: str) -> int | None:
    """Read ``1.234,50 €``, ``1234,5`` or ``12,-`` as cents; None if it is no amount."""
    compact = "".join(text.split()).replace("−", "-").removesuffix("€").removesuffix("EUR")
    match = _EURO.match(compact)
    if match is None:
        return None
    sign, euros, rest = match.groups()
    cents = rest.ljust(2, "0") if rest and rest.isdigit() else "00"
    amount = int(euros.replace(".", "")) * 100 + int(cents)
    return -amount if sign == "-" else amount


def show_cents(cents: float) -> str:
    """Write ``1.234,50``; the sign of the currency stands beside it."""
    euros, rest = divmod(abs(round(cents)), 100)
    sign = "-" if cents < 0 else ""
    return f"{sign}{euros:,}".replace(",", ".") + f",{rest:02d}"


def is_iban(text: str) -> bool:
    """Whether length and check digits are right.

    Source: ISO 13616, ISO 7064 MOD 97-10.
    """
    if not _IBAN.match(text):
        return False
    if text.startswith("DE") and (len(text) != _GERMAN_IBAN_LENGTH or not text[2:].isdigit()):
        return False
    return int("".join(str(int(sign, 36)) for sign in text[4:] + text[:4])) % 97 == 1


def read_iban(text: str) -> str:
    """Take out what people write between the groups."""
    return re.sub(r"[\s.-]", "", text).upper()


def show_iban(text: str) -> str:
    """Write in groups of four, as on the card."""
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4)) if is_iban(text) else text


def is_web_address(text: str) -> bool:
    """Whether it is a web address that a person may open; never one with a password in it."""
    return bool(_WEB.match(text))


def read_web_address(text: str) -> str:
    """Put ``https://`` before an address written without it."""
    return f"https://{text}" if _BARE_WEB.match(text) else text
