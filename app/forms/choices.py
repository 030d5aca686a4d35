"""Auswahl: the answers a question offers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Choice:
    """``value`` is what the answers hold; ``key`` is how HTML carries it."""

    value: str | int | float
    label: str
    hint: str = ""

    @property
    def key(self) -> str:
        """The value as text."""
        return str(self.value)


def choices_of(schema: Mapping[str, Any], options: Mapping[str, Any]) -> tuple[Choice, ...]:
    """Read ``oneOf`` or ``enum`` (of the items for a list); texts may come from the ui options."""
    listed = schema.get("items") if schema.get("type") == "array" else schema
    if not isinstance(listed, Mapping):
        return ()
    if "oneOf" in listed:
        raw = [
            (one["const"], one.get("title", ""), one.get("description", ""))
            for one in listed["oneOf"]
        ]
    else:
        raw = [(value, "", "") for value in listed.get("enum", ())]
    titles = listed.get("x-enum-titles") or schema.get("x-enum-titles")
    return tuple(
        Choice(
            value,
            _named(options.get("enumNames"), index, value)
            or title
            or _named(titles, index, value)
            or str(value),
            hint or _named(options.get("hints"), index, value),
        )
        for index, (value, title, hint) in enumerate(raw)
    )


def _named(names: Any, index: int, value: object) -> str:
    """Look a text up in a list by place or in an object by value."""
    if isinstance(names, Mapping):
        return str(names.get(str(value), ""))
    if isinstance(names, list) and index < len(names):
        return str(names[index] or "")
    return ""
