"""Begründungen: why a word of JSON Schema, rjsf or JSON Forms is refused, and what to do."""

from collections.abc import Mapping

KEYWORDS: Mapping[str, str] = {
    "default": "Antworten werden nicht vorausgewählt. Was die Anmeldung weiß, bringt „x-prefill“.",
    "examples": "Beispiele gehören in die Darstellung: „ui:help“.",
    "enumNames": "Die Texte stehen in „x-enum-titles“ oder in „oneOf“ mit „const“ und „title“.",
    "writeOnly": "Antworten lassen sich immer wieder ansehen. Für Vertrauliches gibt es"
    " „x-sensitive“.",
    "anyOf": "Bei einem Feld ist „anyOf“ eine Auswahl: jede Möglichkeit braucht „const“ und"
    " „title“. Bedingungen zwischen Feldern stehen unter „if“.",
    "not": "Ein Verbot lässt sich nicht erklären. Bitte als „x-rules“ mit einem Satz schreiben.",
    "patternProperties": "Felder brauchen feste Namen. Bitte unter „properties“ aufzählen.",
    "propertyNames": "Felder brauchen feste Namen. Bitte unter „properties“ aufzählen.",
    "prefixItems": "Listen mit festen Plätzen gibt es nicht. Bitte einzelne Felder anlegen.",
    "additionalItems": "Listen mit festen Plätzen gibt es nicht. Bitte einzelne Felder anlegen.",
    "contentEncoding": "Dateien stehen nie in den Antworten. Bitte „x-document“ verwenden.",
    "contentMediaType": "Dateien stehen nie in den Antworten. Bitte „x-document“ verwenden.",
    "definitions": "Gemeinsame Teile stehen unter „$defs“.",
    "dependencies": "Bitte „dependentRequired“ oder „dependentSchemas“ verwenden.",
    "$id": "Ein Formular steht für sich. Bitte ohne „$id“.",
    "$anchor": "Verweise gehen nur nach „#/$defs/…“. Bitte ohne „$anchor“.",
    "$dynamicRef": "Verweise gehen nur nach „#/$defs/…“.",
    "unevaluatedProperties": "Unbekannte Antworten werden immer abgewiesen. Bitte weglassen.",
}
WIDGETS: Mapping[str, str] = {
    "password": "Kennwörter fragt ein Antrag nie. Für Vertrauliches gibt es „x-sensitive“.",
    "range": "Ein Schieberegler ist ohne Maus schwer zu bedienen. Ohne „ui:widget“ entsteht ein"
    " Zahlenfeld.",
    "color": "Ein Farbwähler ist mit Bildschirmleser nicht zu bedienen. Bitte eine Auswahl"
    " anbieten.",
    "file": "Dateien sind Nachweise. Bitte „x-document“ ins Schema schreiben.",
    "files": "Dateien sind Nachweise. Bitte „x-document“ mit „max_count“ ins Schema schreiben.",
}
FORMATS: Mapping[str, str] = {
    "data-url": "Dateien sind Nachweise. Bitte „x-document“ ins Schema schreiben.",
    "password": WIDGETS["password"],
    "color": WIDGETS["color"],
    "regex": "Niemand soll Muster eingeben müssen.",
    "duration": "Bitte die Dauer als Zahl mit „x-unit“ fragen, zum Beispiel „Tage“.",
}
TYPES: Mapping[str, str] = {
    "object": "Eine Gruppe braucht „properties“ mit ihren Feldern und kein „ui:widget“.",
    "null": "Ein Feld ohne Antwort ist ein Hinweis: möglich sind hier „info“, „warning“ und"
    " „success“ als „ui:widget“.",
}
OTHER_UI = (
    "Das ist eine Darstellung für JSON Forms („type“, „elements“). Verstanden wird das uiSchema"
    " von rjsf: „ui:order“, „ui:widget“, „ui:help“, „ui:placeholder“, „ui:options“."
)
