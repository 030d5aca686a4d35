"""Feldprüfung: what one field's own schema must look like."""

from collections.abc import Mapping
from typing import Any

from app.forms.evidence_rule import KNOWN_MEDIA_TYPES, MAX_COUNT
from app.forms.explain import CODES
from app.forms.findings import Findings
from app.forms.kind import CENTS, has_choices
from app.forms.pointer import pointer
from app.forms.prefill import SOURCES
from app.forms.question import validating_part
from app.forms.reasons import FORMATS as REASONS
from app.forms.validator import FORMATS, make_validator

_MAX_PATTERN_CHARS = 200
_MAX_LENGTH = 20_000
_MAX_ITEMS = 200
_MAX_CHOICES = 500
_MAX_UNIT_CHARS = 20
_MAX_EVIDENCE_BYTES = 100 * 1024 * 1024

_Path = tuple[object, ...]


def check_field(schema: Mapping[str, Any], path: _Path, findings: Findings) -> None:
    """Report what would make the field unsafe, unanswerable or silently different."""
    _check_limits(schema, path, findings)
    _check_choices(schema, path, findings)
    if "x-document" in schema:
        _check_document(schema["x-document"], (*path, "x-document"), findings)
    _check_extras(schema, path, findings)
    try:
        make_validator(validating_part(schema))
    except ValueError:
        findings.add(
            pointer(*path), "schema", "Diese Einschränkungen ergeben kein gültiges Schema."
        )


def _check_limits(schema: Mapping[str, Any], path: _Path, findings: Findings) -> None:
    pattern = schema.get("pattern", "")
    if len(pattern) > _MAX_PATTERN_CHARS:
        findings.add(pointer(*path, "pattern"), "limit", "Das Muster hat mehr als 200 Zeichen.")
    elif pattern:
        try:
            make_validator({"pattern": pattern})
        except ValueError:
            findings.add(
                pointer(*path, "pattern"),
                "pattern",
                "Dieses Muster wird nicht unterstützt. Bitte ohne Vor- oder Rückschau schreiben.",
            )
    if "format" in schema and schema["format"] not in FORMATS:
        usual = f"Möglich sind hier nur: {', '.join(sorted(FORMATS))}."
        reason = REASONS.get(str(schema["format"]), usual)
        findings.add(pointer(*path, "format"), "format", reason)
    for key, limit in (("maxLength", _MAX_LENGTH), ("maxItems", _MAX_ITEMS)):
        if schema.get(key, 0) > limit:
            findings.add(pointer(*path, key), "limit", f"„{key}“ darf höchstens {limit} sein.")


def _check_choices(schema: Mapping[str, Any], path: _Path, findings: Findings) -> None:
    listed, place = schema, path
    if schema.get("type") == "array":
        listed, place = schema.get("items", {}), (*path, "items")
        if isinstance(listed, Mapping) and "properties" in listed:
            return
        if "x-document" not in schema and not (isinstance(listed, Mapping) and has_choices(listed)):
            message = "Eine Liste braucht „items“ mit „enum“ oder „oneOf“, oder „x-document“."
            findings.add(pointer(*place), "type", message)
            return
    if not isinstance(listed, Mapping) or not has_choices(listed):
        return
    if "oneOf" in listed:
        values = [one.get("const") if isinstance(one, Mapping) else None for one in listed["oneOf"]]
    else:
        values = list(listed["enum"])
    usable = (
        (str,) if listed is not schema or schema.get("type", "string") == "string" else (int, float)
    )
    if not all(isinstance(value, usable) and not isinstance(value, bool) for value in values):
        message = "Jede Antwort braucht einen Wert („const“), der zum Typ des Feldes passt."
        findings.add(pointer(*place), "choice", message)
    if len({str(value) for value in values}) != len(values):
        findings.add(pointer(*place), "choice", "Eine Antwort kommt doppelt vor.")
    if not 1 <= len(values) <= _MAX_CHOICES:
        findings.add(pointer(*place), "limit", f"Möglich sind 1 bis {_MAX_CHOICES} Antworten.")


def _check_document(document: Any, path: _Path, findings: Findings) -> None:
    known = {"accept", "max_size_bytes", "max_count"}
    if not isinstance(document, Mapping) or not set(document) <= known:
        findings.add(
            pointer(*path), "evidence", "Möglich sind nur accept, max_size_bytes und max_count."
        )
        return
    accept = document.get("accept", ["application/pdf"])
    if not isinstance(accept, list) or not accept or not set(map(str, accept)) <= KNOWN_MEDIA_TYPES:
        message = f"Möglich sind: {', '.join(sorted(KNOWN_MEDIA_TYPES))}."
        findings.add(pointer(*path, "accept"), "evidence", message)
    for key, limit in (("max_size_bytes", _MAX_EVIDENCE_BYTES), ("max_count", MAX_COUNT)):
        value = document.get(key, 1)
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= limit:
            message = f"„{key}“ muss eine ganze Zahl von 1 bis {limit} sein."
            findings.add(pointer(*path, key), "evidence", message)


def _check_extras(schema: Mapping[str, Any], path: _Path, findings: Findings) -> None:
    messages = schema.get("x-messages", {})
    if not isinstance(messages, Mapping):
        messages = {"(kein Objekt)": ""}
    for key, text in messages.items():
        if key not in CODES and key != "required":
            message = f"Möglich sind hier: {', '.join(CODES)}."
            findings.add(pointer(*path, "x-messages", key), "message", message)
        elif not isinstance(text, str) or not text.strip():
            findings.add(pointer(*path, "x-messages", key), "message", "Hier fehlt der Text.")
    if "x-prefill" in schema and schema["x-prefill"] not in SOURCES:
        message = f"Diese Quelle gibt es nicht. Möglich sind: {', '.join(sorted(SOURCES))}."
        findings.add(pointer(*path, "x-prefill"), "prefill", message)
    if bool(schema.get("readOnly")) != ("x-calculated" in schema):
        message = "„readOnly: true“ und „x-calculated“ gehören immer zusammen."
        findings.add(pointer(*path), "calculated", message)
    if "x-unit" in schema:
        _check_unit(schema, (*path, "x-unit"), findings)
    if not isinstance(schema.get("x-sensitive", False), bool):
        findings.add(pointer(*path, "x-sensitive"), "type", "Möglich sind nur true und false.")


def _check_unit(schema: Mapping[str, Any], path: _Path, findings: Findings) -> None:
    unit, type_name = schema["x-unit"], schema.get("type")
    if type_name not in {"integer", "number"}:
        findings.add(pointer(*path), "unit", "Eine Einheit haben nur Zahlen.")
    elif not isinstance(unit, str) or not 1 <= len(unit.strip()) <= _MAX_UNIT_CHARS:
        findings.add(pointer(*path), "unit", "Eine Einheit ist ein Text mit bis zu 20 Zeichen.")
    elif unit == CENTS and type_name != "integer":
        findings.add(pointer(*path), "unit", "Beträge in Cent haben den Typ „integer“.")
