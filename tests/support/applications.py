"""Anträge: what an applicant of the sample service usually fills in; the test states the point."""

from typing import Any

SERVICE = "wasserzwischenzaehler"
MUNICIPALITY = "musterstadt"
METER_PHOTO = "/nachweise/foto_zaehler"


def new_meter(**pages: Any) -> dict[str, Any]:
    """Answer everything for a meter built in on 2026-11-16; only the photo is missing."""
    usual = {
        "anlass": {"art": "ersteinbau"},
        "antragsteller": {
            "person": "natural",
            "vorname": "Erika",
            "nachname": "Beispiel",
            "strasse": "Gartenweg",
            "hausnummer": "7a",
            "plz": "99999",
            "ort": "Musterstadt",
            "email": "erika@example.org",
        },
        "grundstueck": {"eigene_anschrift": True},
        "eigentum": {"ist_eigentuemer": True},
        "zaehler": {
            "hersteller": "Muster",
            "nummer": "4711-08",
            "groesse": "q3_2_5",
            "eichjahr": 2026,
            "stellen": 5,
        },
        "einbau": {"datum": "2026-11-16", "stand": 0.25, "bauart": "fest"},
        "verwendung": {"zweck": ["garten"]},
        "technik": {
            "hinter_hauptzaehler": True,
            "frostsicher": True,
            "rueckfluss": True,
            "kein_abfluss": True,
            "einbau_durch": "selbst",
        },
    }
    return {**usual, **pages}


def granted(*, inspection: bool = False) -> dict[str, Any]:
    """Answer the case worker's form with a yes."""
    decision = {
        "ergebnis": "bewilligt",
        "abnahme": inspection,
        "zaehler_im_gebuehrensystem": True,
    }
    return {"entscheidung": decision}
