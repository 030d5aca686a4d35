"""Formfehler: what is wrong with a TOML file, in German, for its author."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from app.errors import FieldFault

_NO_TOML = "Die Datei ist kein gültiges TOML."
_GERMAN = (
    (re.compile(r"Missing data for required field\."), "Diese Angabe fehlt."),
    (re.compile(r"Unknown field\."), "Diesen Schlüssel gibt es nicht."),
    (re.compile(r"Field may not be null\."), "Diese Angabe darf nicht leer sein."),
    (re.compile(r"Must be one of: (.*)\."), r"Möglich ist: \1."),
    (re.compile(r"Not a valid .*|Invalid .*"), "Dieser Wert hat nicht die richtige Art."),
    (re.compile(r"Must be .*"), "Dieser Wert liegt außerhalb der Grenzen."),
    (re.compile(r"(?:Length|Longer|Shorter) .*"), "Diese Angabe ist zu kurz oder zu lang."),
    (re.compile(r"String does not .*"), "Diese Schreibweise ist nicht erlaubt."),
)


def faults_in(path: str, messages: Mapping[str, Any] | None) -> list[FieldFault]:
    """Turn a schema's messages into faults at ``<path>#<key.key>``; None: no TOML at all."""
    if messages is None:
        return [FieldFault(path, "toml", _NO_TOML)]
    return list(_faults(path, messages, ""))


def _faults(path: str, messages: Mapping[Any, Any], place: str) -> Iterator[FieldFault]:
    for name, below in messages.items():
        inner = place if name == "_schema" else f"{place}.{name}".strip(".")
        if isinstance(below, Mapping):
            yield from _faults(path, below, inner)
        else:
            for message in below if isinstance(below, list) else [below]:
                pointer = f"{path}#{inner}" if inner else path
                yield FieldFault(pointer, "shape", _in_german(str(message)))


def _in_german(message: str) -> str:
    for pattern, german in _GERMAN:
        if match := pattern.fullmatch(message):
            return match.expand(german)
    return message
