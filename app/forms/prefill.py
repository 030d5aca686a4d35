"""Vorbelegung: answers that the sign-in already gives."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from enum import Enum
from typing import Any

from app.domain.identity import Identity
from app.forms.choices import choices_of
from app.forms.outline import FieldSpec

_PREFIX = "identity."
_UNUSABLE = frozenset({"assurance", "roles", "groups", "issuer", "subject", "municipality"})
SOURCES = frozenset(
    _PREFIX + field.name for field in fields(Identity) if field.name not in _UNUSABLE
)


def prefill_fields(specs: Iterable[FieldSpec], identity: Identity) -> dict[str, dict[str, Any]]:
    """Take over what ``x-prefill`` names; what the identity does not know stays open."""
    answers: dict[str, dict[str, Any]] = {}
    for spec in specs:
        schemas = [source.schema for source in spec.sources if source.schema is not None]
        name = _source_name(spec)
        if name is None:
            continue
        known = getattr(identity, name.removeprefix(_PREFIX))
        value = known.value if isinstance(known, Enum) else known
        choices = [choice.value for schema in schemas for choice in choices_of(schema, {})]
        if value and (not choices or value in choices):
            answers.setdefault(spec.page, {})[spec.id] = value
    return answers


def answered_identity(specs: Iterable[FieldSpec], answers: Mapping[str, Any]) -> dict[str, str]:
    """Read back what prefilled fields say now: attribute of ``Identity`` to answered text."""
    told: dict[str, str] = {}
    for spec in specs:
        name = _source_name(spec)
        page = answers.get(spec.page)
        value = page.get(spec.id) if isinstance(page, Mapping) else None
        if name is not None and isinstance(value, str) and value:
            told.setdefault(name.removeprefix(_PREFIX), value)
    return told


def _source_name(spec: FieldSpec) -> str | None:
    schemas = (source.schema for source in spec.sources if source.schema is not None)
    return next((schema["x-prefill"] for schema in schemas if "x-prefill" in schema), None)
