"""Teilfelder: days, months and moments, asked in several small fields."""

from collections.abc import Mapping, Sequence
from datetime import date

from app.forms.german import iso_date
from app.forms.kind import Kind
from app.forms.notation import is_moment, is_month, read_time
from app.forms.view import DatePartView

DAY, MONTH, YEAR, CLOCK = "tag", "monat", "jahr", "uhrzeit"
PARTS: Mapping[Kind, Sequence[str]] = {
    Kind.DATE: (DAY, MONTH, YEAR),
    Kind.MONTH: (MONTH, YEAR),
    Kind.MOMENT: (DAY, MONTH, YEAR, CLOCK),
}

_LABELS = {DAY: "Tag", MONTH: "Monat", YEAR: "Jahr", CLOCK: "Uhrzeit"}
_LENGTHS = {DAY: 2, MONTH: 2, YEAR: 4, CLOCK: 5}
_BOUNDS = {DAY: (1, 31), MONTH: (1, 12), YEAR: (1000, 9999)}
_BIRTHDAY = {DAY: "bday-day", MONTH: "bday-month", YEAR: "bday-year"}


def read_parts(kind: Kind, texts: Sequence[str]) -> str | None:
    """Join the parts to an ISO text; what cannot be joined stays as it was written.

    Everything pasted into the first part is taken too.
    """
    names = PARTS[kind]
    given = dict(zip(names, texts, strict=True))
    if len(names) == texts[0].count(".") + 1 and not any(texts[1:]):
        given = dict(zip(names, (part.strip() for part in texts[0].split(".")), strict=True))
    if not any(given.values()):
        return None
    days = [part for part in names if part != CLOCK]
    clock = read_time(given.get(CLOCK, ""))
    iso = _iso([given[part] for part in days])
    if iso is None:
        iso = ".".join(given[part].replace(".", "").replace("T", "")[:20] for part in days)
    return f"{iso}T{clock[:20]}" if CLOCK in given else iso


def _iso(texts: Sequence[str]) -> str | None:
    """Make ``2026-03`` or ``2026-03-15``; None where that month or day does not exist."""
    *small, year = texts
    digits = all(part.isascii() and part.isdigit() for part in texts)
    if not digits or len(year) != _LENGTHS[YEAR] or any(len(part) > 2 for part in small):
        return None
    month = "-".join((year, small[-1].zfill(2)))
    if len(small) == 1:
        return month if is_month(month) else None
    try:
        return date(int(year), int(small[1]), int(small[0])).isoformat()
    except ValueError:
        return None


def show_parts(
    kind: Kind, own_id: str, name: str, value: object, *, autocomplete: str, error: str
) -> tuple[DatePartView, ...]:
    """Lay out the parts; after a fault the first one that cannot be right is marked."""
    texts = _texts(kind, value)
    wrong = _wrong_part(texts, value) if error else None
    return tuple(
        DatePartView(
            id=f"{own_id}-{part}",
            name=f"{name}-{part}",
            label=_LABELS[part],
            value=text,
            maxlength=_LENGTHS[part],
            autocomplete=_BIRTHDAY.get(part, "") if autocomplete == "bday" else "",
            wrong=part == wrong,
        )
        for part, text in texts.items()
    )


def _texts(kind: Kind, value: object) -> dict[str, str]:
    text = str(value or "")
    clock = ""
    if kind is Kind.MOMENT:
        text, _, clock = text.partition("T")
    day = iso_date(text) if kind is not Kind.MONTH else None
    if day is not None:
        written = [str(day.day), str(day.month), str(day.year)]
    elif kind is Kind.MONTH and is_month(text):
        written = [str(int(text[5:])), text[:4]]
    else:
        written = text.split(".")
    if kind is Kind.MOMENT:
        written = [*[*written, "", "", ""][:3], clock]
    names = PARTS[kind]
    return dict(zip(names, [*written, *[""] * len(names)][: len(names)], strict=True))


def _wrong_part(texts: Mapping[str, str], value: object) -> str:
    """Name the first part that cannot be right; the first of all if each could be."""
    for part, text in texts.items():
        if part == CLOCK:
            day_exists = iso_date(str(value or "").partition("T")[0]) is not None
            if day_exists and not is_moment(str(value)):
                return CLOCK
            continue
        low, high = _BOUNDS[part]
        if not (text.isascii() and text.isdigit() and len(text) <= 4 and low <= int(text) <= high):
            return part
    return next(iter(texts))
