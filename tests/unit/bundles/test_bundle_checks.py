import pytest

from app.bundles.bundle import compile_bundle
from app.bundles.checks import CHECKS, Severity, check_bundle
from tests.unit.bundles.samples import ENGINE, KEY, MANIFEST, PROCESS, changed, meter, without

LETTERS = f"bpmn/{KEY}/letters"
FORM_OF_CHECK = '<spiffworkflow:property name="formJsonSchemaFilename" value="pruefung.json" />'
NEW_LETTER = f"{LETTERS}/gruss.toml"


def findings(files):
    return [(found.id, found.where) for found in check_bundle(compile_bundle(files, ENGINE))]


def test_the_water_meter_bundle_has_no_findings():
    assert check_bundle(meter()) == []


@pytest.mark.parametrize(
    ("path", "old", "new", "finding"),
    [
        (PROCESS, FORM_OF_CHECK, "", ("task-form", "anmeldung_pruefen")),
        (PROCESS, '"pruefung.ui.json"', '"weg.ui.json"', ("form-file", "anmeldung_pruefen")),
        (PROCESS, '"antrag.json"', '"pruefung.json"', ("start-form", "antrag_gestellt")),
        (PROCESS, 'name="System"', 'name="Automat"', ("lane-role", "Automat")),
        (
            MANIFEST,
            '"caseworker"\ngroup = "abgaben"',
            '"system"',
            ("task-lane", "anmeldung_pruefen"),
        ),
        (PROCESS, "'eingang'", "'gruss'", ("letter", "eingang_bestaetigen")),
        (PROCESS, "'eingang'", "antrag.anlass.art", ("letter", "eingang_bestaetigen")),
        (PROCESS, "letters/issue", "letters/burn", ("service", "eingang_bestaetigen")),
        (PROCESS, 'value="in_pruefung"', 'value="dran"', ("milestone", "anmeldung_pruefen")),
        (
            PROCESS,
            "pruefung.entscheidung.ergebnis ==",
            "prufung.entscheidung.ergebnis ==",
            ("name", "pruefung_abgelehnt"),
        ),
        (
            f"{LETTERS}/ablehnung.toml",
            "{antrag.grundstueck.lage}",
            "{antrg.grundstueck.lage}",
            ("name", f"{LETTERS}/ablehnung.toml"),
        ),
        (MANIFEST, '"antrag.grundstueck.lage"', '"pruefung.x"', ("name", MANIFEST)),
        (MANIFEST, '"antrag.grundstueck.lage"', '"1 +"', ("expression", MANIFEST)),
        (MANIFEST, "settings.satzung]", "settings.regelwerk]", ("setting-unused", "regelwerk")),
        (
            MANIFEST,
            "settings.satzung]",
            "settings.regelwerk]",
            ("setting", f"{LETTERS}/ablehnung.toml"),
        ),
        (
            MANIFEST,
            "[milestones.in_pruefung]",
            '[milestones.x]\ntext = "x"\nstatus = "CLOSED"\n\n[milestones.in_pruefung]',
            ("milestone-unused", "x"),
        ),
    ],
)
def test_a_slip_is_found_where_it_is(path, old, new, finding):
    assert finding in findings(changed(path, old, new))


def test_a_missing_form_file_is_found():
    files = without(f"forms/{KEY}/abnahme.json", f"forms/{KEY}/abnahme.ui.json")

    assert ("form-file", "zaehler_abnehmen") in findings(files)


def test_a_letter_nobody_sends_is_a_warning():
    files = {**meter().files, NEW_LETTER: meter().files[f"{LETTERS}/eingang.toml"]}
    bundle = compile_bundle(files, ENGINE)

    assert [(found.id, found.severity) for found in check_bundle(bundle)] == [
        ("letter-unused", Severity.WARNING)
    ]


def test_a_bundle_without_scenarios_is_a_warning():
    paths = [path for path in meter().files if "/scenarios/" in path]

    assert findings(without(*paths)) == [("scenario", f"bpmn/{KEY}/scenarios")]


def test_every_finding_says_what_to_do_in_german():
    broken = compile_bundle(changed(PROCESS, "'eingang'", "'gruss'"), ENGINE)

    assert all(found.message.endswith(".") for found in check_bundle(broken))
    assert len(CHECKS) == len(set(CHECKS))
