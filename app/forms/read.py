"""Lesen: turns the raw fields of an HTML form into answers."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.forms.german import read_number
from app.forms.kind import Kind
from app.forms.outline import FieldSpec, PageSpec

_ABSENT = None
_MAX_UNREAD = 200
YES, NO = "ja", "nein"
DATE_PARTS = ("tag", "monat", "jahr")


def read_fields(
    page: PageSpec, fields: Mapping[str, Sequence[str]], stored: Mapping[str, Any]
) -> dict[str, Any]:
    """Read one page; what HTML must not set is taken from ``stored``.

    Text that is no number or no date stays as it was written, so that it can be shown again.
    """
    answers: dict[str, Any] = {}
    for spec in page.fields.values():
        if spec.kind is Kind.CALCULATED:
            continue
        if spec.kind in {Kind.EVIDENCE, Kind.HIDDEN}:
            value = stored.get(spec.id)
        else:
            value = _read(spec, fields)
        if value is not _ABSENT:
            answers[spec.id] = value
    return answers


def _read(spec: FieldSpec, fields: Mapping[str, Sequence[str]]) -> Any:
    name = f"{spec.page}.{spec.id}"
    if spec.kind is Kind.DATE:
        return _read_date([_text(fields, f"{name}-{part}") for part in DATE_PARTS])
    if spec.kind is Kind.CHECKBOXES:
        return [text.strip() for text in fields.get(name, ()) if text.strip()] or _ABSENT
    text = _text(fields, name, several_lines=spec.kind is Kind.TEXTAREA)
    if not text:
        return _ABSENT
    if spec.type == "boolean":
        return {YES: True, NO: False}.get(text, text[:_MAX_UNREAD])
    if spec.type in {"integer", "number"}:
        number = read_number(text)
        return text[:_MAX_UNREAD] if number is None else number
    return text


def _text(fields: Mapping[str, Sequence[str]], name: str, *, several_lines: bool = False) -> str:
    values = fields.get(name, ())
    text = unicodedata.normalize("NFC", values[0]) if values else ""
    if several_lines:
        return text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return text.strip()


def _read_date(parts: Sequence[str]) -> str | None:
    """Join the three parts to an ISO date; a date pasted into the first part is taken too."""
    day, month, year = parts
    if day.count(".") == 2 and not month and not year:
        day, month, year = (part.strip() for part in day.split("."))
    if not (day or month or year):
        return _ABSENT
    digits = all(part.isascii() and part.isdigit() for part in (day, month, year))
    if digits and len(year) == 4 and len(day) <= 2 and len(month) <= 2:
        try:
            return date(int(year), int(month), int(day)).isoformat()
        except ValueError:
            pass
    return ".".join(part.replace(".", "")[:20] for part in (day, month, year))
