"""Frage: one field as it is asked while certain branches are active."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.expressions.expression import Expression
from app.forms.choices import Choice, choices_of
from app.forms.german import show_value
from app.forms.keywords import LIMITS
from app.forms.kind import CENTS, SEVERAL, WRITTEN, Kind
from app.forms.notation import show_cents, show_iban, show_moment, show_month
from app.forms.outline import FieldSpec, Source

_VALIDATING = (LIMITS - {"oneOf"}) | {"type"}
NOT_BLANK = r"\S"
_BY_FORMAT: Mapping[str, Callable[[str], str]] = {
    "date": show_value,
    "date-time": show_moment,
    "month": show_month,
    "iban": show_iban,
}


@dataclass(frozen=True)
class Question:
    """``schema`` is merged from all active sources; ``check`` is what the answer must satisfy."""

    spec: FieldSpec
    schema: Mapping[str, Any]
    check: Mapping[str, Any]
    required: bool
    calculated: Expression | None
    choices: tuple[Choice, ...]
    members: tuple["Question", ...] = ()

    @property
    def label(self) -> str:
        """What it is called on the page and in messages."""
        return str(self.schema.get("title") or self.spec.id)

    def option(self, name: str) -> Any:
        """Look up one of ``ui:options``; None when it is not set."""
        return self.spec.ui.get("ui:options", {}).get(name)

    @property
    def suffix(self) -> str:
        """The unit that stands behind the value; what the uiSchema says comes first."""
        unit = "Uhr" if self.spec.kind is Kind.TIME else self.schema.get("x-unit", "")
        return str(self.option("suffix") or ("€" if unit == CENTS else unit))

    def label_of(self, value: object) -> str | None:
        """Say a chosen value in words; None if it is none of the choices."""
        return next(
            (
                choice.label
                for choice in self.choices
                if choice.value == value and not isinstance(value, bool)
            ),
            None,
        )


def ask(spec: FieldSpec, sources: Sequence[Source], *, required: bool) -> Question:
    """Join the active ``sources`` of one field."""
    schemas = [source.schema for source in sources if source.schema is not None]
    merged: dict[str, Any] = {}
    for schema in schemas:
        merged.update(schema)
    parts = [part for part in (_required_part(spec.kind, merged) if required else {},) if part]
    members = _members(spec, merged)
    parts.extend(
        {key: value for key, value in validating_part(schema).items() if key != "items"}
        if members
        else validating_part(schema)
        for schema in schemas
    )
    if members:
        parts.append(_nested_part(spec.kind, members))
    return Question(
        spec=spec,
        schema=merged,
        check=parts[0] if len(parts) == 1 else {"allOf": parts},
        required=required,
        calculated=next((source.calculated for source in sources if source.calculated), None),
        choices=choices_of(merged, spec.ui.get("ui:options", {})),
        members=members,
    )


def _members(spec: FieldSpec, schema: Mapping[str, Any]) -> tuple[Question, ...]:
    items = schema.get("items")
    needed = (items if isinstance(items, Mapping) else schema).get("required", ())
    return tuple(ask(one, one.sources, required=one.id in needed) for one in spec.members)


def _nested_part(kind: Kind, members: Sequence[Question]) -> dict[str, Any]:
    """Ask a group, or each entry of a list, for what its members ask."""
    part = {
        "type": "object",
        "additionalProperties": False,
        "required": [member.spec.id for member in members if member.required],
        "properties": {member.spec.id: member.check for member in members},
    }
    return part if kind is Kind.GROUP else {"items": part}


def written(question: Question, value: object) -> str:
    """Write an answer in German notation; a text that only looks like a date stays as it is."""
    if isinstance(value, str):
        show = _BY_FORMAT.get(question.schema.get("format", ""))
        return value if show is None else show(value)
    if question.schema.get("x-unit") == CENTS and isinstance(value, int | float):
        return show_cents(value)
    return show_value(value)


def validating_part(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Keep what decides over validity; choices become one plain ``enum``."""
    part = {key: value for key, value in schema.items() if key in _VALIDATING}
    if "oneOf" in schema:
        part["enum"] = [one["const"] for one in schema["oneOf"]]
    if isinstance(schema.get("items"), Mapping):
        part["items"] = validating_part(schema["items"])
    return part


def _required_part(kind: Kind, schema: Mapping[str, Any]) -> dict[str, Any]:
    """Ask a required answer to say something: an empty text or list does not."""
    if kind in SEVERAL:
        return {"minItems": 1}
    if kind is Kind.CONFIRM:
        return {"const": True}
    if kind in WRITTEN and schema.get("type") == "string":
        return {"pattern": NOT_BLANK}
    return {}
