"""Musterformular: one question of each kind, with right answers and wrong ones."""

from typing import Any

#: field id -> name of the component, its schema, its uiSchema, a right answer, a wrong one
_QUESTIONS: dict[str, tuple[str, dict[str, Any], dict[str, Any], Any, Any]] = {
    "zeile": (
        "Text",
        {"type": "string", "title": "Nachname", "maxLength": 40},
        {"ui:help": "Wie er in Ihrem Ausweis steht."},
        "Beispiel",
        "x" * 41,
    ),
    "absatz": (
        "Längerer Text",
        {"type": "string", "title": "Was möchten Sie uns noch sagen?", "maxLength": 300},
        {"ui:widget": "textarea", "ui:options": {"rows": 4}},
        "Der Zähler sitzt im Keller.\nBitte klingeln Sie zweimal.",
        "",
    ),
    "mail": (
        "E-Mail-Adresse",
        {"type": "string", "format": "email", "title": "E-Mail-Adresse"},
        {"ui:autocomplete": "email"},
        "erika@example.org",
        "erika@host",
    ),
    "telefon": (
        "Telefonnummer",
        {"type": "string", "format": "phone", "title": "Telefonnummer"},
        {"ui:autocomplete": "tel"},
        "06151 123456",
        "112",
    ),
    "netz": (
        "Internetadresse",
        {"type": "string", "format": "uri", "title": "Internetseite Ihres Vereins"},
        {},
        "https://www.example.org",
        "meine Seite",
    ),
    "plz": (
        "Postleitzahl",
        {"type": "string", "format": "postcode", "title": "Postleitzahl"},
        {"ui:options": {"width": 6}},
        "64283",
        "6428",
    ),
    "konto": (
        "IBAN",
        {"type": "string", "format": "iban", "title": "IBAN", "x-sensitive": True},
        {"ui:help": "Auf dieses Konto überweisen wir."},
        "DE89370400440532013000",
        "DE98370400440532013000",
    ),
    "zahl": (
        "Zahl mit Einheit",
        {"type": "number", "title": "Fläche", "minimum": 1, "maximum": 5000, "x-unit": "m²"},
        {"ui:options": {"width": 6}},
        12.5,
        9000,
    ),
    "betrag": (
        "Betrag",
        {
            "type": "integer",
            "title": "Kaltmiete",
            "x-unit": "EUR-cent",
            "minimum": 100,
            "maximum": 500_000,
        },
        {},
        123_450,
        "viel",
    ),
    "tag": ("Datum", {"type": "string", "format": "date", "title": "Einbau am"}, {}, "2026-03-15",
            "31.2.2026"),
    "monat": ("Monat", {"type": "string", "format": "month", "title": "Erster Monat"}, {},
              "2026-03", "13.2026"),
    "uhrzeit": ("Uhrzeit", {"type": "string", "format": "time", "title": "Beginn"}, {}, "14:30",
                "25:00"),
    "zeitpunkt": ("Datum und Uhrzeit",
                  {"type": "string", "format": "date-time", "title": "Ihr Fest beginnt"}, {},
                  "2026-08-15T18:00", "2026-08-15T25:00"),
    "wenige": (
        "Auswahl aus wenigen",
        {
            "title": "Welchen Hund halten Sie?",
            "oneOf": [
                {"const": "erster", "title": "Meinen ersten Hund"},
                {"const": "weiterer", "title": "Einen weiteren Hund", "description": "Zum Beispiel"
                 " den zweiten"},
            ],
        },
        {},
        "weiterer",
        None,
    ),
    "viele": (
        "Auswahl aus vielen",
        {
            "type": "string",
            "title": "Bundesland",
            "enum": ["Bayern", "Berlin", "Bremen", "Hamburg", "Hessen", "Saarland", "Sachsen"],
        },
        {},
        "Hessen",
        None,
    ),
    "mehrere": (
        "Mehrere Antworten",
        {
            "type": "array",
            "title": "Was stellen Sie auf?",
            "items": {"enum": ["tische", "zelt"], "x-enum-titles": ["Tische", "Ein Zelt"]},
        },
        {},
        ["tische", "zelt"],
        None,
    ),
    "ja": ("Ja oder Nein", {"type": "boolean", "title": "Ist der Hund gechippt?"}, {}, True, None),
    "erklaerung": (
        "Bestätigung",
        {"type": "boolean", "const": True, "title": "Die Angaben sind richtig."},
        {},
        True,
        None,
    ),
    "nachweis": (
        "Nachweis",
        {"type": "array", "title": "Lageplan", "x-document": {"max_count": 2}},
        {},
        ["lageplan"],
        None,
    ),
    "anschrift": (
        "Gruppe",
        {
            "type": "object",
            "title": "Ihre Anschrift",
            "required": ["strasse", "ort"],
            "properties": {
                "strasse": {"type": "string", "title": "Straße und Hausnummer"},
                "ort": {"type": "string", "title": "Ort"},
            },
        },
        {"strasse": {"ui:autocomplete": "street-address"}},
        {"strasse": "Musterweg 1", "ort": "Musterstadt"},
        {"strasse": "Musterweg 1"},
    ),
    "kinder": (
        "Wiederholbare Gruppe",
        {
            "type": "array",
            "title": "Ihre Kinder",
            "maxItems": 3,
            "items": {
                "type": "object",
                "title": "Kind",
                "required": ["name", "geboren"],
                "properties": {
                    "name": {"type": "string", "title": "Vorname"},
                    "geboren": {"type": "string", "format": "date", "title": "Geboren am"},
                },
            },
        },
        {},
        [{"name": "Ada", "geboren": "2020-05-01"}, {"name": "Konrad", "geboren": "2023-11-22"}],
        [{"name": "Ada", "geboren": "31.2.2020"}],
    ),
}  # fmt: skip
_UNASKED: dict[str, tuple[str, dict[str, Any], str]] = {
    "summe": (
        "Berechneter Wert",
        {
            "type": "integer",
            "title": "Miete im Jahr",
            "readOnly": True,
            "x-unit": "EUR-cent",
            "x-calculated": "galerie.{page}.betrag * 12",
        },
        "",
    ),
    "hinweis": (
        "Hinweis",
        {
            "type": "null",
            "title": "Gut zu wissen",
            "description": "Sie können jederzeit aufhören und später weitermachen.",
        },
        "info",
    ),
    "warnung": (
        "Warnung",
        {
            "type": "null",
            "title": "Bitte beachten Sie die Frist",
            "description": "Der Antrag muss vier Wochen vor dem Fest bei uns sein.",
        },
        "warning",
    ),
}
EMPTY, FILLED, WRONG = "leer", "ausgefuellt", "fehlerhaft"
STATES = {EMPTY: "Leer", FILLED: "Ausgefüllt", WRONG: "Fehlerhaft"}
COMPONENTS = {name: parts[0] for name, parts in _QUESTIONS.items()} | {
    name: parts[0] for name, parts in _UNASKED.items()
}
ANSWERS: dict[str, dict[str, Any]] = {
    FILLED: {name: parts[3] for name, parts in _QUESTIONS.items()},
    WRONG: {name: parts[4] for name, parts in _QUESTIONS.items()},
}


def gallery_schema() -> dict[str, Any]:
    """Write the schema: a page per state, so that no two questions share an id."""
    return {
        "type": "object",
        "title": "Bausteine",
        "required": list(STATES),
        "properties": {page: _page(page, title) for page, title in STATES.items()},
    }


def _page(page: str, title: str) -> dict[str, Any]:
    unasked = {
        name: {
            key: value.format(page=page) if key == "x-calculated" else value
            for key, value in schema.items()
        }
        for name, (_, schema, _) in _UNASKED.items()
    }
    return {
        "type": "object",
        "title": title,
        "required": list(_QUESTIONS),
        "properties": {name: parts[1] for name, parts in _QUESTIONS.items()} | unasked,
    }


def gallery_ui() -> dict[str, Any]:
    """Write the uiSchema, the same for each state."""
    fields: dict[str, Any] = {name: parts[2] for name, parts in _QUESTIONS.items()}
    fields |= {name: {"ui:widget": widget} for name, (*_, widget) in _UNASKED.items() if widget}
    return dict.fromkeys(STATES, fields)
