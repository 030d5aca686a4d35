"""Grenzen: what a field's schema means where it says nothing."""

from collections.abc import Mapping
from typing import Any

from app.forms.evidence_rule import evidence_rule
from app.forms.explain import WIDEST
from app.forms.kind import NESTED, Kind, has_choices

_MAX_LENGTH = 200
_MAX_LENGTH_SEVERAL_LINES = 2_000
_MAX_ID_LENGTH = 64
_MAX_ENTRIES = 20


def with_limits(schema: Mapping[str, Any], kind: Kind) -> dict[str, Any]:
    """Close every open end of the schema that defines a field."""
    if kind is Kind.EVIDENCE:
        rule = evidence_rule("", schema["x-document"])
        return {
            "maxItems": rule.max_count,
            **schema,
            "uniqueItems": True,
            "items": {"type": "string", "maxLength": _MAX_ID_LENGTH},
        }
    if kind in NESTED:
        return {**({"maxItems": _MAX_ENTRIES} if kind is Kind.LIST else {}), **schema}
    match schema.get("type"):
        case "string" if not has_choices(schema) and "const" not in schema:
            several = kind is Kind.TEXTAREA
            length = _MAX_LENGTH_SEVERAL_LINES if several else _MAX_LENGTH
            return {"maxLength": length, **schema}
        case "integer" | "number" if not has_choices(schema):
            low = {} if "exclusiveMinimum" in schema else {"minimum": -WIDEST}
            high = {} if "exclusiveMaximum" in schema else {"maximum": WIDEST}
            return {**low, **high, **schema}
    if kind is Kind.CHECKBOXES:
        items = schema["items"]
        count = len(items.get("enum", items.get("oneOf", ())))
        return {"maxItems": count, "uniqueItems": True, **schema}
    return dict(schema)
