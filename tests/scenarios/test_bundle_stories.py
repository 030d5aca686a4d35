"""Every bundle's stories come out as told, and would fail if the bundle were wrong."""

from functools import lru_cache
from pathlib import Path

import pytest

from app.bundles.archive import read_folders
from app.bundles.bundle import compile_bundle
from app.bundles.checks import check_bundle
from app.bundles.scenarios import run_scenario, scenarios_of
from app.engine.engine import Engine

ROOT = Path(__file__).parents[2]
KEYS = sorted(path.name for path in (ROOT / "bpmn").iterdir() if path.is_dir())
METER = "wasserzwischenzaehler"
PROCESS = f"bpmn/{METER}/process.bpmn"
FORM = f"forms/{METER}/antrag.json"
CHECK = f"forms/{METER}/pruefung.json"
GRANTED = f"bpmn/{METER}/letters/bewilligung.toml"
REFUSED = f"bpmn/{METER}/letters/ablehnung.toml"
ENGINE = Engine()


@lru_cache
def bundle(key):
    return compile_bundle(read_folders(ROOT, key), ENGINE)


def stories():
    return [
        pytest.param(key, name, id=f"{key}/{name}")
        for key in KEYS
        for name in scenarios_of(bundle(key))
    ]


@pytest.mark.parametrize(("key", "name"), stories())
def test_a_story_comes_out_as_told(key, name):
    result = run_scenario(bundle(key), scenarios_of(bundle(key))[name], ENGINE)

    assert result.faults == ()


@pytest.mark.parametrize("key", KEYS)
def test_every_element_of_the_process_is_walked_through_by_some_story(key):
    walked = {
        element
        for scenario in scenarios_of(bundle(key)).values()
        for element in run_scenario(bundle(key), scenario, ENGINE).path
    }

    assert set(bundle(key).deployment.nodes) - walked == set()


@pytest.mark.parametrize("key", KEYS)
def test_a_bundle_has_no_findings_and_lives_in_both_folders(key):
    assert check_bundle(bundle(key)) == []
    assert (ROOT / "forms" / key).is_dir()


#: what is changed -> file, old text, new text; each change must make at least one story fail
MUTANTS = {
    "decision turned": (PROCESS, "ergebnis == 'abgelehnt'", "ergebnis == 'bewilligt'"),
    "inspection turned": (PROCESS, "bestanden == False", "bestanden == True"),
    "inspection setting ignored": (PROCESS, "vorgang.einstellungen.abnahme_erforderlich", "False"),
    "inspection wish ignored": (PROCESS, "wert(pruefung, 'entscheidung', 'abnahme')", "None"),
    "removal inspected": (PROCESS, "'austausch'] and (", "'austausch', 'ausbau'] and ("),
    "no reminder after exchange": (PROCESS, "'austausch']</bpmn", "'ausgetauscht']</bpmn"),
    "reminder after removal": (PROCESS, "'austausch']</bpmn", "'austausch', 'ausbau']</bpmn"),
    "late reminder": (PROCESS, ", -3)", ", -2)"),
    "early reminder": (PROCESS, ", -3)", ", -4)"),
    "wrong letter": (PROCESS, "'ablehnung'", "'bewilligung'"),
    "wrong milestone": (PROCESS, 'value="eingegangen"', 'value="abnahme"'),
    "expired meters (R1)": (
        FORM,
        "eichung_gueltig_bis) >=",
        "eichung_gueltig_bis) + tage(9999) >=",
    ),
    "calibration lasts longer": (FORM, "eichjahr + 6", "eichjahr + 7"),
    "any calibration year": (FORM, "eichjahr <= jahr(heute())", "eichjahr > 0"),
    "never late (R2)": (FORM, "tage(vorgang.einstellungen.frist_anzeige_tage)", "tage(99)"),
    "always late (R2)": (FORM, "tage(vorgang.einstellungen.frist_anzeige_tage)", "tage(0)"),
    "tap meters (R3)": (FORM, "bauart == 'fest'", "bauart != ''"),
    "same number (R4)": (FORM, "alter_zaehler.nummer != antrag.zaehler.nummer", "anlass.art != ''"),
    "pool for all (R5)": (FORM, "or vorgang.einstellungen.schwimmbad_zugelassen", "or True"),
    "pool for none (R5)": (FORM, "or vorgang.einstellungen.schwimmbad_zugelassen", "or False"),
    "no firm (R6)": (FORM, "or not vorgang.einstellungen.fachbetrieb_erforderlich", "or True"),
    "no consent": (FORM, '"vorgang.einstellungen.eigentuemer_zustimmung"', '"False"'),
    "no invoice": (FORM, '"vorgang.einstellungen.fachbetrieb_erforderlich"', '"False"'),
    "no photo": (FORM, f'[\n{" " * 14}"foto_zaehler"\n{" " * 12}]', "[]"),
    "no grounds": (CHECK, f'[\n{" " * 14}"begruendung"\n{" " * 12}]', "[]"),
    "wrong words": (GRANTED, "Die Eichfrist endet am", "Die Eichfrist beginnt am"),
    "no remedy": (GRANTED, 'type = "remedy"', 'type = "remedy"\nwhen = "False"'),
    "wrong fee": (GRANTED, "gebuehr_cents:euro}", "mindestmenge_m3:euro}"),
    "grounds left out": (REFUSED, "{wert(pruefung, 'entscheidung', 'begruendung')}", "Darum."),
}


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_wrong_bundle_fails_some_story(mutant):
    path, old, new = MUTANTS[mutant]
    files = dict(bundle(METER).files)
    text = files[path].decode()
    assert old in text
    files[path] = text.replace(old, new).encode()

    wrong = compile_bundle(files, ENGINE)

    assert not all(
        run_scenario(wrong, scenario, ENGINE).ok for scenario in scenarios_of(wrong).values()
    )
