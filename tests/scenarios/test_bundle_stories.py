"""Every bundle's stories come out as told, and would fail if the bundle were wrong."""

from functools import lru_cache
from pathlib import Path

import pytest

from app.bundles.archive import read_folders
from app.bundles.bundle import compile_bundle
from app.bundles.checks import check_bundle
from app.bundles.scenarios import run_scenario, scenarios_of
from app.engine.engine import Engine
from app.errors import BundleInvalid

ROOT = Path(__file__).parents[2]
KEYS = sorted(path.name for path in (ROOT / "bpmn").iterdir() if path.is_dir())
METER = "wasserzwischenzaehler"
PROCESS = f"bpmn/{METER}/process.bpmn"
FORM = f"forms/{METER}/antrag.json"
CHECK = f"forms/{METER}/pruefung.json"
LETTERS = f"bpmn/{METER}/letters"
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


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        pytest.param(PROCESS, "ergebnis == 'abgelehnt'", "ergebnis == 'bewilligt'", id="turned"),
        pytest.param(PROCESS, "bestanden == False", "bestanden == True", id="inspection turned"),
        pytest.param(PROCESS, "einstellungen.abnahme_erforderlich or", "einstellungen.schwimmbad_zugelassen or", id="setting ignored"),
        pytest.param(PROCESS, "wert(pruefung, 'entscheidung', 'abnahme') == True", "False", id="choice ignored"),
        pytest.param(PROCESS, "['ersteinbau', 'austausch'] and (", "['ersteinbau', 'austausch', 'ausbau'] and (", id="inspects removal"),
        pytest.param(PROCESS, "['ersteinbau', 'austausch']</bpmn", "['ersteinbau']</bpmn", id="no reminder"),
        pytest.param(PROCESS, ", -3)", ", -2)", id="late reminder"),
        pytest.param(PROCESS, "'ablehnung'", "'bewilligung'", id="wrong letter"),
        pytest.param(PROCESS, 'name="milestone" value="eingegangen"', 'name="milestone" value="abnahme"', id="wrong milestone"),
        pytest.param(PROCESS, 'id="zu_abgelehnt" sourceRef="ablehnung_senden" targetRef="abgelehnt"', 'id="zu_abgelehnt" sourceRef="ablehnung_senden" targetRef="anmeldung_pruefen"', id="never ends"),
        pytest.param(FORM, "eichjahr + 6", "eichjahr + 7", id="calibration"),
        pytest.param(FORM, "eichung_gueltig_bis) >= heute()", "eichung_gueltig_bis) > heute() - tage(9999)", id="R1"),
        pytest.param(FORM, "tage(vorgang.einstellungen.frist_anzeige_tage)", "tage(99)", id="R2"),
        pytest.param(FORM, "bauart == 'fest'", "bauart != ''", id="R3"),
        pytest.param(FORM, "alter_zaehler.nummer != antrag.zaehler.nummer", "alter_zaehler.nummer != ''", id="R4"),
        pytest.param(FORM, "or vorgang.einstellungen.schwimmbad_zugelassen", "or True", id="R5"),
        pytest.param(FORM, "or not vorgang.einstellungen.fachbetrieb_erforderlich", "or True", id="R6"),
        pytest.param(FORM, '"x-required-if": "vorgang.einstellungen.eigentuemer_zustimmung"', '"x-required-if": "False"', id="consent"),
        pytest.param(FORM, '"foto_zaehler"\n', '"foto_zaehler_nicht"\n', id="photo"),
        pytest.param(CHECK, '"begruendung"\n', '"ergebnis"\n', id="grounds"),
        pytest.param(f"{LETTERS}/bewilligung.toml", "Die Eichfrist endet am", "Die Eichfrist beginnt am", id="letter"),
        pytest.param(f"{LETTERS}/bewilligung.toml", 'type = "remedy"', 'type = "paragraph"\nwhen = "False"', id="no remedy"),
        pytest.param(f"{LETTERS}/bewilligung.toml", "gebuehr_cents:euro}", "mindestmenge_m3:euro}", id="wrong fee"),
    ],
)  # fmt: skip
def test_a_wrong_bundle_fails_some_story(path, old, new):
    files = dict(bundle(METER).files)
    text = files[path].decode()
    assert old in text
    files[path] = text.replace(old, new).encode()

    try:
        mutant = compile_bundle(files, ENGINE)
    except BundleInvalid:
        return
    assert not all(
        run_scenario(mutant, scenario, ENGINE).ok for scenario in scenarios_of(mutant).values()
    )
