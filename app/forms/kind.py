"""Feldart: how a question is asked, derived from its schema and its widget."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """The ways to ask; each has one branch in ``templates/parts/form.html``."""

    TEXT = "text"
    TEXTAREA = "textarea"
    EMAIL = "email"
    TEL = "tel"
    NUMBER = "number"
    DATE = "date"
    RADIO = "radio"
    SELECT = "select"
    CHECKBOXES = "checkboxes"
    BOOLEAN = "boolean"
    CONFIRM = "confirm"
    EVIDENCE = "evidence"
    CALCULATED = "calculated"
    HIDDEN = "hidden"


WRITTEN = frozenset({Kind.TEXT, Kind.TEXTAREA, Kind.EMAIL, Kind.TEL, Kind.DATE})
SEVERAL = frozenset({Kind.CHECKBOXES, Kind.EVIDENCE})

_MAX_RADIOS = 6
_BY_FORMAT = {"date": Kind.DATE, "email": Kind.EMAIL, "phone": Kind.TEL}
_WIDGETS = {
    "string": {"textarea": Kind.TEXTAREA},
    "boolean": {"confirm": Kind.CONFIRM, "radio": Kind.BOOLEAN},
    "choice": {"radio": Kind.RADIO, "select": Kind.SELECT},
    "array": {"checkboxes": Kind.CHECKBOXES},
}


def has_choices(schema: Mapping[str, Any]) -> bool:
    """Whether the value is one of a list."""
    return "enum" in schema or "oneOf" in schema


def json_type(schema: Mapping[str, Any]) -> str | None:
    """Name the JSON type of the value; a list of choices without ``type`` is one of texts."""
    if "x-document" in schema:
        return "array"
    declared = schema.get("type")
    if isinstance(declared, str):
        return declared
    return "string" if declared is None and has_choices(schema) else None


def kind_of(schema: Mapping[str, Any], widget: str | None) -> Kind | None:
    """Derive the kind; None when schema and ``widget`` do not fit together."""
    if "x-calculated" in schema:
        return Kind.CALCULATED
    if "x-document" in schema:
        return Kind.EVIDENCE if widget is None else None
    if widget == "hidden":
        return Kind.HIDDEN
    type_name = json_type(schema)
    family = "choice" if has_choices(schema) else type_name
    if widget is not None:
        return _WIDGETS.get(family or "", {}).get(widget)
    return _usual(schema, family)


def _usual(schema: Mapping[str, Any], family: str | None) -> Kind | None:
    match family:
        case "choice":
            few = len(schema.get("enum", schema.get("oneOf", ()))) <= _MAX_RADIOS
            return Kind.RADIO if few else Kind.SELECT
        case "string":
            return _BY_FORMAT.get(schema.get("format", ""), Kind.TEXT)
        case "integer" | "number":
            return Kind.NUMBER
        case "boolean":
            return Kind.BOOLEAN
        case "array":
            return Kind.CHECKBOXES
    return None
