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
    TIME = "time"
    MOMENT = "moment"
    MONTH = "month"
    MONEY = "money"
    IBAN = "iban"
    URL = "url"
    RADIO = "radio"
    SELECT = "select"
    CHECKBOXES = "checkboxes"
    BOOLEAN = "boolean"
    CONFIRM = "confirm"
    EVIDENCE = "evidence"
    CALCULATED = "calculated"
    HIDDEN = "hidden"
    CONSTANT = "constant"
    NOTE = "note"
    GROUP = "group"
    LIST = "list"


WRITTEN = frozenset(
    {Kind.TEXT, Kind.TEXTAREA, Kind.EMAIL, Kind.TEL, Kind.DATE}
    | {Kind.TIME, Kind.MOMENT, Kind.MONTH, Kind.IBAN, Kind.URL}
)
SEVERAL = frozenset({Kind.CHECKBOXES, Kind.EVIDENCE, Kind.LIST})
NESTED = frozenset({Kind.GROUP, Kind.LIST})
COMPUTED = frozenset({Kind.CALCULATED, Kind.CONSTANT})
UNSEEN = frozenset({Kind.HIDDEN, Kind.CONSTANT})

CENTS = "EUR-cent"
NOTE_LEVELS = ("info", "warning", "success")

_MAX_RADIOS = 6
_BY_FORMAT = {
    "date": Kind.DATE,
    "time": Kind.TIME,
    "date-time": Kind.MOMENT,
    "month": Kind.MONTH,
    "email": Kind.EMAIL,
    "phone": Kind.TEL,
    "iban": Kind.IBAN,
    "uri": Kind.URL,
}
_WIDGETS = {
    "string": {"textarea": Kind.TEXTAREA},
    "boolean": {
        "confirm": Kind.CONFIRM,
        **dict.fromkeys(("radio", "checkbox", "select"), Kind.BOOLEAN),
    },
    "choice": {"radio": Kind.RADIO, "select": Kind.SELECT},
    "array": {"checkboxes": Kind.CHECKBOXES},
    "null": dict.fromkeys(NOTE_LEVELS, Kind.NOTE),
}
_BY_TYPE = {
    "integer": Kind.NUMBER,
    "number": Kind.NUMBER,
    "boolean": Kind.BOOLEAN,
    "array": Kind.CHECKBOXES,
    "null": Kind.NOTE,
}
_CONSTANT_TYPES = frozenset({"string", "integer", "number"})
_NUMBERS = frozenset({Kind.NUMBER, Kind.MONEY})
#: widgets of rjsf that say what the schema says anyway: taken where they say the same
_SAME = {
    "text": _NUMBERS | {Kind.TEXT, Kind.IBAN},
    "updown": _NUMBERS,
    "email": {Kind.EMAIL},
    "tel": {Kind.TEL},
    "uri": {Kind.URL},
    "time": {Kind.TIME},
    "date": {Kind.DATE},
    "alt-date": {Kind.DATE},
    "datetime": {Kind.MOMENT},
    "date-time": {Kind.MOMENT},
    "alt-datetime": {Kind.MOMENT},
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


def _nested(schema: Mapping[str, Any]) -> Kind | None:
    items = schema.get("items")
    if schema.get("type") == "object" and isinstance(schema.get("properties"), Mapping):
        return Kind.GROUP
    if schema.get("type") == "array" and isinstance(items, Mapping) and "properties" in items:
        return Kind.LIST
    return None


def kind_of(schema: Mapping[str, Any], widget: str | None) -> Kind | None:
    """Derive the kind; None when schema and ``widget`` do not fit together."""
    if "x-calculated" in schema:
        return Kind.CALCULATED
    if "x-document" in schema:
        return Kind.EVIDENCE if widget is None else None
    if widget == "hidden":
        return Kind.HIDDEN
    nested = _nested(schema)
    if nested is not None:
        return nested if widget is None else None
    type_name = json_type(schema)
    family = "choice" if has_choices(schema) else type_name
    usual = _usual(schema, family)
    if widget is None or usual in _SAME.get(widget, ()):
        return usual
    return _WIDGETS.get(family or "", {}).get(widget)


def _usual(schema: Mapping[str, Any], family: str | None) -> Kind | None:
    if family == "choice":
        few = len(schema.get("enum", schema.get("oneOf", ()))) <= _MAX_RADIOS
        return Kind.RADIO if few else Kind.SELECT
    if family in _CONSTANT_TYPES and "const" in schema:
        return Kind.CONSTANT
    if family == "string":
        return _BY_FORMAT.get(schema.get("format", ""), Kind.TEXT)
    if family == "boolean" and schema.get("const") is True:
        return Kind.CONFIRM
    if family == "integer" and schema.get("x-unit") == CENTS:
        return Kind.MONEY
    return _BY_TYPE.get(family or "")
