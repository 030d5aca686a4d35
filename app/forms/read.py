"""Lesen: turns the raw fields of an HTML form into answers."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.forms.german import read_number
from app.forms.kind import COMPUTED, Kind
from app.forms.members import ADD, MOST_ENTRIES, REDRAW, REMOVE
from app.forms.notation import read_cents, read_iban, read_time, read_web_address
from app.forms.outline import FieldSpec, PageSpec
from app.forms.parts import PARTS, read_parts

_ABSENT = None
_MAX_UNREAD = 200
YES, NO = "ja", "nein"
_TIDIED = {Kind.TIME: read_time, Kind.IBAN: read_iban, Kind.URL: read_web_address}


def read_fields(
    page: PageSpec, fields: Mapping[str, Sequence[str]], stored: Mapping[str, Any]
) -> dict[str, Any]:
    """Read one page; what HTML must not set is taken from ``stored``.

    Text that is no number or no date stays as it was written, so that it can be shown again.
    """
    answers: dict[str, Any] = {}
    for spec in page.fields.values():
        if spec.kind in COMPUTED or spec.kind is Kind.NOTE:
            continue
        if spec.kind in {Kind.EVIDENCE, Kind.HIDDEN}:
            value = stored.get(spec.id)
        else:
            value = _read(spec, fields)
        if value is not _ABSENT:
            answers[spec.id] = value
    return answers


def _read(spec: FieldSpec, fields: Mapping[str, Sequence[str]]) -> Any:
    name = spec.name
    if spec.members:
        is_group = spec.kind is Kind.GROUP
        nested = _read_members(spec, spec.id, fields) if is_group else _read_entries(spec, fields)
        return nested or _ABSENT
    if spec.kind in PARTS:
        return read_parts(spec.kind, [_text(fields, f"{name}-{part}") for part in PARTS[spec.kind]])
    if spec.kind is Kind.CHECKBOXES:
        return [text.strip() for text in fields.get(name, ()) if text.strip()] or _ABSENT
    text = _text(fields, name, several_lines=spec.kind is Kind.TEXTAREA)
    if not text:
        return _ABSENT
    return _read_text(spec, text)


def _read_text(spec: FieldSpec, text: str) -> Any:
    if spec.type == "boolean":
        return {YES: True, NO: False}.get(text, text[:_MAX_UNREAD])
    if spec.type in {"integer", "number"}:
        number = read_cents(text) if spec.kind is Kind.MONEY else read_number(text)
        return text[:_MAX_UNREAD] if number is None else number
    return _TIDIED[spec.kind](text) if spec.kind in _TIDIED else text


def _read_members(
    spec: FieldSpec, place: str, fields: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    answers = {
        member.id: _read(replace(member, id=f"{place}/{member.id}"), fields)
        for member in spec.members
    }
    return {name: value for name, value in answers.items() if value is not _ABSENT}


def _read_entries(spec: FieldSpec, fields: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    """Read the entries the page had, then do what its buttons ask.

    An entry in which nothing was typed counts only as long as the page is merely shown again.
    """
    there = [text for text in fields.get(spec.name, ()) if text.isascii() and text.isdigit()]
    entries = [
        (text, _read_members(spec, f"{spec.id}/{text}", fields)) for text in there[:MOST_ENTRIES]
    ]
    removed = set(fields.get(REMOVE, ()))
    kept = [
        entry
        for text, entry in entries
        if f"{spec.pointer}/{text}" not in removed and (entry or not REDRAW.isdisjoint(fields))
    ]
    return [*kept, {}] if spec.pointer in fields.get(ADD, ()) else kept


def _text(fields: Mapping[str, Sequence[str]], name: str, *, several_lines: bool = False) -> str:
    values = fields.get(name, ())
    text = unicodedata.normalize("NFC", values[0]) if values else ""
    if several_lines:
        return text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return text.strip()
