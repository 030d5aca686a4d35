"""Erklärung: says in a sentence what is wrong with one answer and what to do."""

from collections.abc import Mapping
from typing import Any

from app.errors import FieldFault
from app.forms.clean import UNKNOWN, WRONG_CHARACTERS, WRONG_TYPE
from app.forms.german import show_number
from app.forms.kind import SEVERAL, Kind
from app.forms.notation import show_cents
from app.forms.question import NOT_BLANK, Question

CODES: Mapping[str, str] = {
    "required": "required",
    "type": WRONG_TYPE,
    "characters": WRONG_CHARACTERS,
    "minLength": "too_short",
    "maxLength": "too_long",
    "pattern": "pattern",
    "format": "format",
    "minimum": "too_small",
    "exclusiveMinimum": "too_small",
    "maximum": "too_large",
    "exclusiveMaximum": "too_large",
    "multipleOf": "step",
    "enum": "choice",
    "const": "choice",
    "minItems": "too_few",
    "maxItems": "too_many",
    "uniqueItems": "repeated",
}
UNKNOWN_TEXT = "Diese Angabe ist in diesem Formular nicht vorgesehen."
WIDEST = 10**15  # every number has this technical bound
BROKEN_TEXT = "Diese Angaben konnten wir nicht lesen. Bitte füllen Sie die Seite noch einmal aus."

_REQUIRED = {
    Kind.NUMBER: "Bitte geben Sie bei „{label}“ eine Zahl ein.",
    Kind.DATE: "Bitte geben Sie bei „{label}“ ein Datum ein.",
    Kind.TIME: "Bitte geben Sie bei „{label}“ eine Uhrzeit ein.",
    Kind.MOMENT: "Bitte geben Sie bei „{label}“ Datum und Uhrzeit ein.",
    Kind.MONTH: "Bitte geben Sie bei „{label}“ Monat und Jahr ein.",
    Kind.MONEY: "Bitte geben Sie bei „{label}“ einen Betrag ein.",
    Kind.RADIO: "Bitte wählen Sie bei „{label}“ eine Antwort aus.",
    Kind.SELECT: "Bitte wählen Sie bei „{label}“ eine Antwort aus.",
    Kind.CHECKBOXES: "Bitte wählen Sie bei „{label}“ mindestens eine Antwort aus.",
    Kind.BOOLEAN: "Bitte beantworten Sie „{label}“ mit Ja oder Nein.",
    Kind.CONFIRM: "Bitte bestätigen Sie: „{label}“",
    Kind.EVIDENCE: "Bitte laden Sie „{label}“ hoch.",
    Kind.LIST: "Bitte fügen Sie bei „{label}“ mindestens einen Eintrag hinzu.",
}
_FORMAT = {
    "date": "Bitte geben Sie bei „{label}“ ein Datum ein, das es gibt, zum Beispiel 15.03.2026.",
    "email": "Bitte prüfen Sie „{label}“: Eine E-Mail-Adresse sieht so aus: name@beispiel.de.",
    "postcode": "Bitte geben Sie bei „{label}“ eine Postleitzahl mit fünf Ziffern ein.",
    "time": "Bitte geben Sie bei „{label}“ eine Uhrzeit ein, zum Beispiel 14:30.",
    "date-time": "Bitte geben Sie bei „{label}“ ein Datum, das es gibt, und eine Uhrzeit ein, zum"
    " Beispiel 15.03.2026 und 14:30.",
    "month": "Bitte geben Sie bei „{label}“ einen Monat ein, zum Beispiel 3 und 2026.",
    "iban": "Bitte prüfen Sie „{label}“: Diese IBAN gibt es so nicht. Vielleicht fehlt eine Ziffer"
    " oder zwei sind vertauscht.",
    "uri": "Bitte prüfen Sie „{label}“: Eine Internetadresse sieht so aus:"
    " https://www.beispiel.de.",
    "phone": "Bitte prüfen Sie „{label}“: Eine Telefonnummer sieht so aus: 06151 123456.",
}
_TEXTS = {
    "characters": "Bitte verwenden Sie bei „{label}“ nur Buchstaben, Ziffern und übliche Zeichen.",
    "minLength": "Bitte geben Sie bei „{label}“ mindestens {limit} Zeichen ein.",
    "maxLength": "Bitte kürzen Sie „{label}“ auf höchstens {limit} Zeichen.",
    "pattern": "Bitte prüfen Sie „{label}“: Die Schreibweise passt nicht.",
    "exclusiveMinimum": "Bitte geben Sie bei „{label}“ mehr als {limit} ein.",
    "exclusiveMaximum": "Bitte geben Sie bei „{label}“ weniger als {limit} ein.",
    "minimum": "Bitte geben Sie bei „{label}“ mindestens {limit} ein.",
    "maximum": "Bitte geben Sie bei „{label}“ höchstens {limit} ein.",
    "multipleOf": "Bitte geben Sie bei „{label}“ ein Vielfaches von {limit} ein.",
    "enum": "Bitte wählen Sie bei „{label}“ eine der angebotenen Antworten aus.",
    "const": "Bitte prüfen Sie Ihre Antwort bei „{label}“: Sie passt nicht zu Ihren Angaben.",
    "minItems": "Bitte wählen Sie bei „{label}“ mindestens {limit} Antworten aus.",
    "maxItems": "Bitte wählen Sie bei „{label}“ höchstens {limit} Antworten aus.",
    "uniqueItems": "Bei „{label}“ ist eine Antwort doppelt. Bitte entfernen Sie eine davon.",
}
_EVIDENCE = {
    "minItems": "Bitte laden Sie bei „{label}“ mindestens {limit} Dateien hoch.",
    "maxItems": "Bitte lassen Sie bei „{label}“ höchstens {limit} Dateien stehen.",
    "uniqueItems": "Bei „{label}“ ist eine Datei doppelt. Bitte entfernen Sie eine davon.",
}


_LIST = {
    "minItems": "Bitte tragen Sie bei „{label}“ mindestens {limit} Einträge ein.",
    "maxItems": "Bitte lassen Sie bei „{label}“ höchstens {limit} Einträge stehen.",
    "uniqueItems": "Bei „{label}“ sind zwei Einträge gleich. Bitte entfernen Sie einen davon.",
}


def explain(question: Question, keyword: str, limit: object = None) -> FieldFault:
    """Turn a failed ``keyword`` of JSON Schema into a fault; the form's own words come first."""
    keyword = _meaning(question, keyword, limit)
    own = question.schema.get("x-messages", {}).get(keyword)
    return FieldFault(
        question.spec.pointer,
        CODES.get(keyword, "invalid"),
        own
        or _text(question, keyword, limit).format(
            label=question.label, limit=_limit(question, limit)
        ),
    )


def explain_place(place: str, code: str) -> FieldFault:
    """Explain a fault that belongs to no question."""
    return FieldFault(place, code, UNKNOWN_TEXT if code == UNKNOWN else BROKEN_TEXT)


def _meaning(question: Question, keyword: str, limit: object) -> str:
    """Find out what is really missing: a blank text fails a pattern but was just left empty."""
    blank = keyword == "pattern" and limit == NOT_BLANK
    nothing = keyword == "minItems" and limit == 1 and question.spec.kind in SEVERAL
    unconfirmed = keyword == "const" and question.spec.kind is Kind.CONFIRM
    return "required" if blank or nothing or unconfirmed else keyword


def _text(question: Question, keyword: str, limit: object) -> str:
    kind = question.spec.kind
    if keyword == "required":
        return _REQUIRED.get(kind, "Bitte füllen Sie „{label}“ aus.")
    if keyword == "format":
        return _FORMAT.get(str(limit), _TEXTS["pattern"])
    if keyword == "type":
        return _type_text(question)
    if keyword in {"minimum", "maximum"}:
        return _range_text(question, keyword)
    if kind is Kind.LIST and keyword in _LIST:
        return _LIST[keyword]
    evidence = _EVIDENCE.get(keyword) if kind is Kind.EVIDENCE else None
    return evidence or _TEXTS.get(keyword, "Bitte prüfen Sie „{label}“.")


def _type_text(question: Question) -> str:
    if question.spec.kind is Kind.MONEY:
        return "Bitte geben Sie bei „{label}“ einen Betrag ein, zum Beispiel 1.234,50."
    match question.spec.type:
        case "integer":
            return "Bitte geben Sie bei „{label}“ eine ganze Zahl ein, zum Beispiel 12."
        case "number":
            return "Bitte geben Sie bei „{label}“ eine Zahl ein, zum Beispiel 12,5."
    return _REQUIRED.get(question.spec.kind, "Bitte füllen Sie „{label}“ noch einmal aus.")


def _range_text(question: Question, keyword: str) -> str:
    schema = question.schema
    if "minimum" in schema and "maximum" in schema and not _is_wide(schema):
        low, high = _limit(question, schema["minimum"]), _limit(question, schema["maximum"])
        what = "einen Betrag" if question.spec.kind is Kind.MONEY else "eine Zahl"
        return f"Bitte geben Sie bei „{{label}}“ {what} von {low} bis {high} ein."
    return _TEXTS[keyword]


def _is_wide(schema: Mapping[str, Any]) -> bool:
    """Whether a bound is only the technical one that every number has."""
    return bool(schema["minimum"] <= -WIDEST or schema["maximum"] >= WIDEST)


def _limit(question: Question, limit: object) -> str:
    if not isinstance(limit, int | float):
        return ""
    return f"{show_cents(limit)} €" if question.spec.kind is Kind.MONEY else show_number(limit)
