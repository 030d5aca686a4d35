"""Seite: one step of a form."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """``id`` is the property name in the schema and the key in the answers."""

    id: str
    title: str
    description: str = ""
