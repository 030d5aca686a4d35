"""Sichtung: sorts hostile JSON into answers of the right type and faults; never raises."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.errors import FieldFault
from app.forms.kind import COMPUTED, Kind
from app.forms.outline import FieldSpec, Outline
from app.forms.pointer import pointer

_MAX_FAULTS = 200
_MAX_ITEMS = 500
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
_LINE_BREAK = re.compile("[\t\r\n]")

UNKNOWN = "unknown_field"
WRONG_TYPE = "type"
WRONG_CHARACTERS = "characters"


@dataclass(frozen=True, slots=True)
class Cleaned:
    """``values`` holds only known fields with the right JSON type; ``faults`` has the rest."""

    values: dict[str, dict[str, Any]]
    faults: tuple[FieldFault, ...]


def clean(outline: Outline, answers: object) -> Cleaned:
    """Sort any JSON-shaped ``answers``; null counts as no answer."""
    values: dict[str, dict[str, Any]] = {}
    faults: list[FieldFault] = []
    if not isinstance(answers, Mapping):
        return Cleaned({}, (_fault("", WRONG_TYPE),))
    for page_id, page_answers in answers.items():
        page = outline.pages.get(page_id) if isinstance(page_id, str) else None
        if page is None:
            faults.append(_fault(pointer(page_id), UNKNOWN))
        elif isinstance(page_answers, Mapping):
            values[page.id] = _clean_page(page.id, page.fields, page_answers, faults)
        elif page_answers is not None:
            faults.append(_fault(pointer(page.id), WRONG_TYPE))
    return Cleaned(values, tuple(faults[:_MAX_FAULTS]))


def _clean_page(
    page: str, fields: Mapping[str, FieldSpec], answers: Mapping[Any, Any], faults: list[FieldFault]
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in answers.items():
        field = fields.get(name) if isinstance(name, str) else None
        if field is None:
            faults.append(_fault(f"/{page}{pointer(name)}", UNKNOWN))
        elif value is None or field.kind in COMPUTED:
            continue
        elif field.members:
            nested = _clean_nested(field, value, faults)
            if nested is not None:
                values[field.id] = nested
        elif not has_type(value, field.type):
            faults.append(_fault(field.pointer, WRONG_TYPE))
        elif not _has_sound_text(value, several_lines=field.kind is Kind.TEXTAREA):
            faults.append(_fault(field.pointer, WRONG_CHARACTERS))
        else:
            whole = field.type == "integer" and isinstance(value, float)
            values[field.id] = int(value) if whole else value
    return values


def _clean_nested(field: FieldSpec, value: object, faults: list[FieldFault]) -> Any:
    """Clean a group, or a list entry by entry; None if it is neither."""
    several = [value] if field.kind is Kind.GROUP else value
    sound = (
        isinstance(several, list)
        and len(several) <= _MAX_ITEMS
        and all(isinstance(one, Mapping) for one in several)
    )
    if not sound or not isinstance(several, list):
        faults.append(_fault(field.pointer, WRONG_TYPE))
        return None
    cleaned = []
    for entry, one in enumerate(several):
        place = field.id if field.kind is Kind.GROUP else f"{field.id}/{entry}"
        members = {
            member.id: replace(member, id=f"{place}/{member.id}") for member in field.members
        }
        found: list[FieldFault] = []
        values = _clean_page(f"{field.page}/{place}", members, one, found)
        cleaned.append({name.rpartition("/")[2]: value for name, value in values.items()})
        faults.extend(found)
    return cleaned[0] if field.kind is Kind.GROUP else cleaned


def has_type(value: object, type_name: str) -> bool:
    """Whether a JSON value has the type; a list must hold scalars only."""
    match type_name:
        case "string":
            return isinstance(value, str)
        case "boolean":
            return isinstance(value, bool)
        case "integer":
            whole = isinstance(value, float) and value.is_integer()
            return whole or (isinstance(value, int) and not isinstance(value, bool))
        case "number":
            finite = isinstance(value, float) and value - value == 0
            return finite or (isinstance(value, int) and not isinstance(value, bool))
        case "array":
            return (
                isinstance(value, list)
                and len(value) <= _MAX_ITEMS
                and all(isinstance(item, str | int | float) for item in value)
            )
    return False


def _has_sound_text(value: object, *, several_lines: bool) -> bool:
    texts = value if isinstance(value, list) else [value]
    return not any(
        isinstance(text, str)
        and (_UNWANTED.search(text) or (not several_lines and _LINE_BREAK.search(text)))
        for text in texts
    )


def _fault(place: str, code: str) -> FieldFault:
    """Make a fault whose message is written later, when the label is known."""
    return FieldFault(place, code, "")
