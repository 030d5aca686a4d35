"""Forms for tests: each says the usual; a test changes the one thing it is about."""

import copy
from datetime import UTC, datetime
from typing import Any

import pytest

from app.errors import BundleInvalid, FieldFault
from app.forms.compile import compile_form
from app.forms.form import Form, FormContext

NOW = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
CASE = {"vorgang": {"einstellungen": {"frist_tage": 14, "fachbetrieb": False, "faktor": 1.5}}}

EVERY_KIND: dict[str, Any] = {
    "type": "object",
    "title": "Alles",
    "required": ["alles"],
    "properties": {
        "alles": {
            "type": "object",
            "title": "Alle Arten",
            "description": "Eine Seite mit jeder Art von Frage.",
            "required": ["name", "menge", "tag", "art", "farbe", "dabei", "foto"],
            "properties": {
                "name": {"type": "string", "title": "Name", "maxLength": 20},
                "grund": {"type": "string", "title": "Begründung"},
                "post": {"type": "string", "title": "E-Mail-Adresse", "format": "email"},
                "telefon": {"type": "string", "title": "Telefon", "format": "phone"},
                "plz": {"type": "string", "title": "Postleitzahl", "format": "postcode"},
                "menge": {"type": "number", "title": "Menge", "minimum": 0.5, "maximum": 100},
                "jahr": {"type": "integer", "title": "Jahr", "minimum": 1990},
                "tag": {"type": "string", "title": "Einbau am", "format": "date"},
                "art": {
                    "title": "Art",
                    "oneOf": [
                        {"const": "neu", "title": "Neuer Zähler", "description": "Zum ersten Mal"},
                        {"const": "alt", "title": "Alter Zähler"},
                    ],
                },
                "farbe": {
                    "type": "string",
                    "title": "Farbe",
                    "enum": ["r", "g"],
                    "x-enum-titles": ["Rot", "Grün"],
                },
                "zweck": {
                    "type": "array",
                    "title": "Zweck",
                    "items": {"enum": ["garten", "tiere"], "x-enum-titles": ["Garten", "Tiere"]},
                },
                "dabei": {"type": "boolean", "title": "Waren Sie dabei?"},
                "fest": {"type": "boolean", "title": "Der Zähler ist fest eingebaut"},
                "foto": {
                    "type": "array",
                    "title": "Foto",
                    "x-document": {
                        "accept": ["image/jpeg", "image/png", "application/pdf"],
                        "max_size_bytes": 10485760,
                        "max_count": 2,
                    },
                },
                "bis": {
                    "type": "string",
                    "format": "date",
                    "title": "Geeicht bis",
                    "readOnly": True,
                    "x-calculated": "datum(alles.alles.jahr + 6, 12, 31)",
                },
                "quelle": {"type": "string", "title": "Quelle", "enum": ["web", "amt"]},
            },
        }
    },
}
EVERY_KIND_UI: dict[str, Any] = {
    "alles": {
        "grund": {"ui:widget": "textarea", "ui:options": {"rows": 4}},
        "farbe": {"ui:widget": "select"},
        "fest": {"ui:widget": "confirm"},
        "quelle": {"ui:widget": "hidden"},
        "name": {"ui:help": "Wie im Ausweis", "ui:autocomplete": "name"},
        "menge": {"ui:options": {"suffix": "m³", "width": 4}},
        "jahr": {"ui:options": {"details": {"title": "Wo steht das?", "text": "Auf dem Zähler."}}},
    }
}
GOOD: dict[str, Any] = {
    "alles": {
        "name": "Ada",
        "menge": 12.5,
        "tag": "2026-03-15",
        "art": "neu",
        "farbe": "r",
        "dabei": True,
        "fest": True,
        "foto": ["d1"],
    }
}


def context(**settings: Any) -> FormContext:
    """Usual surroundings, with some settings of the municipality changed."""
    values = copy.deepcopy(CASE)
    values["vorgang"]["einstellungen"].update(settings)
    return FormContext(NOW, values)


def every_kind() -> Form:
    return compile_form("alles", EVERY_KIND, EVERY_KIND_UI)


def good(**changes: Any) -> dict[str, Any]:
    """Answers to the form with every kind; None leaves one out."""
    page = {**GOOD["alles"], **changes}
    return {"alles": {key: value for key, value in page.items() if value is not None}}


def pages(**properties: Any) -> dict[str, Any]:
    """A schema whose pages are all required."""
    return {
        "type": "object",
        "title": "Antrag",
        "required": list(properties),
        "properties": {
            page: {"type": "object", "title": page.title(), **body}
            for page, body in properties.items()
        },
    }


def one_field(field: dict[str, Any], **page: Any) -> dict[str, Any]:
    """A schema with the page ``p`` and the field ``f``."""
    return pages(p={"properties": {"f": {"title": "Feld", **field}}, **page})


def form(schema: dict[str, Any], ui: dict[str, Any] | None = None) -> Form:
    return compile_form("antrag", schema, ui or {})


def refused(schema: Any, ui: Any = None) -> tuple[FieldFault, ...]:
    """Compile and return what was found wrong."""
    with pytest.raises(BundleInvalid) as caught:
        compile_form("antrag", schema, {} if ui is None else ui)
    return caught.value.fields


def found(faults: list[FieldFault]) -> dict[str, str]:
    """Pointers and codes only."""
    return {fault.pointer: fault.code for fault in faults}
