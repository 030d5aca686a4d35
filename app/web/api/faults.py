"""Fehlerliste: what marshmallow found, as faults with a pointer, a code and a German sentence."""

from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import ValidationError

from app.errors import FieldFault, Invalid
from app.forms.pointer import pointer

_ELSE = "Bitte prüfen Sie diese Angabe."


def invalid(error: ValidationError) -> Invalid:
    """Turn a validation error into the platform's own."""
    return Invalid(list(_faults(error.messages, ())))


def _faults(messages: Any, place: tuple[str, ...]) -> Iterator[FieldFault]:
    if isinstance(messages, Mapping):
        for name, below in messages.items():
            yield from _faults(below, place if name == "_schema" else (*place, str(name)))
        return
    for message in messages:
        code, known, text = str(message).partition(": ")
        is_ours = bool(known) and code.replace("_", "").isalpha() and code.islower()
        yield FieldFault(pointer(*place), *((code, text) if is_ours else ("invalid", _ELSE)))
