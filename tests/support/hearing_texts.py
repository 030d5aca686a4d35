"""Anhörung: what stands in the files of the small service, besides its process."""

TABLE = """
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">
  <decision id="stufe" name="Stufe">
    <decisionTable id="t" hitPolicy="UNIQUE">
      <input id="i"><inputExpression id="x"><text>vorgang.kommune</text></inputExpression></input>
      <output id="o" name="stufe"/>
      <rule id="unbekannt">
        <inputEntry id="e1"><text>'Atlantis'</text></inputEntry>
        <outputEntry id="a1"><text>'eilig'</text></outputEntry>
      </rule>
      <rule id="bekannt">
        <inputEntry id="e2"><text>'Stadt Musterstadt'</text></inputEntry>
        <outputEntry id="a2"><text>'normal'</text></outputEntry>
      </rule>
    </decisionTable>
  </decision>
</definitions>
"""

OFFICES = [
    {"const": name, "title": name} for name in ("Bauamt", "Umweltamt", "Verkehrsamt", "Feuerwehr")
]
ASKED_FOR = {
    "bezug": {"type": "string", "title": "Zu welchem Vorgang?", "maxLength": 40},
    "stellen": {
        "type": "array",
        "title": "Wen fragen wir?",
        "uniqueItems": True,
        "items": {"type": "string", "oneOf": OFFICES},
    },
}
OPINION = {
    "stelle": {
        "type": "string",
        "title": "Stelle",
        "readOnly": True,
        "maxLength": 100,
        "x-calculated": "stelle",
    },
    "ergebnis": {
        "type": "string",
        "title": "Was meinen Sie?",
        "oneOf": [
            {"const": "einverstanden", "title": "Einverstanden"},
            {"const": "dagegen", "title": "Nicht einverstanden"},
        ],
    },
    "auflage": {
        "type": "string",
        "title": "Welche Auflage ist nötig?",
        "maxLength": 200,
        "x-visible-if": "stelle == 'Umweltamt'",
        "x-required-if": "stelle == 'Umweltamt'",
    },
}
DECISION = {"fertig": {"type": "boolean", "title": "Ist alles geprüft?"}}

MANIFEST = """
key = "anhoerung"
title = "Anhörung"
summary = "Andere Stellen sagen, was sie meinen."
description = ["Andere Stellen sagen, was sie meinen."]
needed = ["Nichts"]
steps_after = ["Wir fragen.", "Wir sammeln.", "Wir entscheiden."]
minutes = 1
fee_cents = 0
fee_text = "Kostenlos."
processing_time = "ein Tag"
assurance = "BASIC"
person_types = ["natural"]
declarations = ["Das stimmt."]
privacy = ["Nur wir sehen das."]
retention_days = 30
keywords = ["Anhörung"]

[[legal_basis]]
title = "Baugesetzbuch"

[lanes.Antragsteller]
role = "applicant"

[lanes.Sachbearbeitung]
role = "caseworker"
group = "abgaben"

[lanes.System]
role = "system"

[milestones]
"""

SETTLED = """
[milestones.erledigt]
text = "Wir haben Ihre Rücknahme bearbeitet."
status = "DECIDED"
"""

ASKED = """
name = "Zwei Stellen antworten, die zweite zuerst"
now = 2026-11-22T09:00:00Z
person = {}

[answers.angaben]
bezug = "MU-2026-000777"
stellen = ["Bauamt", "Umweltamt"]

[[steps]]
complete = "Stellung nehmen"
instance = 2
answers.votum = { ergebnis = "dagegen", auflage = "Bäume erhalten" }

[steps.expect]
tasks = ["Stellung nehmen"]
messages = []

[[steps]]
complete = "Stellung nehmen"
instance = 1
answers.votum = { ergebnis = "einverstanden" }

[steps.expect]
completed = true

[[steps.expect.messages]]
name = "Stellungnahmen"
correlation = { aktenzeichen = "MU-2026-000777" }
payload = [
  { votum = { ergebnis = "einverstanden", stelle = "Bauamt" } },
  { votum = { ergebnis = "dagegen", stelle = "Umweltamt", auflage = "Bäume erhalten" } },
]
"""

ANSWERED = """
name = "Die Antworten gehen ein"
now = 2026-11-22T09:00:00Z
person = {}
answers.angaben = {}

[[steps]]

[steps.expect]
tasks = []
completed = false

[[steps]]

[steps.message]
name = "Stellungnahmen"
payload = ["einverstanden"]
correlation = { aktenzeichen = "MU-2026-000001" }

[steps.expect]
tasks = ["Entscheiden"]

[[steps]]
complete = "Entscheiden"
answers.schluss.fertig = true

[steps.expect]
completed = true
"""
