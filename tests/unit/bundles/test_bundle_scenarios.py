import pytest

from app.bundles.bundle import compile_bundle
from app.bundles.scenario_file import read_scenario
from app.bundles.scenarios import run_scenario, scenarios_of
from app.errors import BundleInvalid
from tests.unit.bundles.samples import ENGINE, KEY, PROCESS, changed, meter

FOLDER = f"bpmn/{KEY}/scenarios"
STORY = f"{FOLDER}/ersteinbau_bewilligt.toml"


def run(source, bundle=None):
    return run_scenario(bundle or meter(), read_scenario("x", source.encode()), ENGINE)


def story(old="", new=""):
    text = meter().files[STORY].decode()
    assert old in text
    return text.replace(old, new, 1)


def test_a_story_that_comes_out_as_told_is_fine():
    result = run(story())

    assert result.ok
    assert result.milestones == ("eingegangen", "in_pruefung", "entschieden", "abgeschlossen")
    assert [letter.name for letter in result.letters] == [
        "eingang",
        "bewilligung",
        "eichung_erinnerung",
    ]
    assert result.path[0] == "antrag_gestellt"
    assert result.path[-1] == "erinnert"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('tasks = ["Anmeldung prüfen"]', 'tasks = ["Kaffee kochen"]', "offene Aufgaben"),
        ('tasks = ["Anmeldung prüfen"]', "tasks = []", "offene Aufgaben"),
        ('milestones = ["entschieden"]', "milestones = []", "Meilensteine"),
        ('name = "bewilligung"', 'name = "ablehnung"', "erwartet ablehnung"),
        ('"Dieser Bescheid ist kostenlos."', '"Das kostet viel."', "fehlt: Das kostet viel."),
        ('"Endstand", ', '"Zählernummer", ', "darf nicht stehen: Zählernummer"),
        ("completed = true", "completed = false", "abgeschlossen"),
        ('complete = "Anmeldung prüfen"', 'complete = "Schlafen"', "nicht offen"),
        ("2032-09-29T12:00:00Z", "2032-10-01T12:00:00Z", "gekommen eichung_erinnerung"),
        ("2032-10-01T12:00:00Z", "2032-09-29T13:00:00Z", "gekommen keines"),
        ("eichjahr = 2026", "eichjahr = 2019", "/zaehler/eichjahr wird abgelehnt"),
        ("zaehler_im_gebuehrensystem = true", "", "/entscheidung/zaehler_im_gebuehrensystem"),
    ],
)
def test_whatever_comes_out_differently_is_a_fault(old, new, fault):
    result = run(story(old, new))

    assert not result.ok
    assert any(fault in found for found in result.faults)


def test_a_letter_nobody_mentions_is_a_fault():
    text = story()
    start = text.rindex("letters = [")
    silent = text[:start] + text[text.index("milestones", start) :]

    assert any("erwartet keines" in fault for fault in run(silent).faults)


def test_a_refusal_that_does_not_come_is_a_fault():
    text = story("now = ", 'refused = ["/zaehler/eichjahr"]\nnow = ')
    result = run(text[: text.index("[[steps]]")])

    assert result.faults == ("Antrag: /zaehler/eichjahr müsste abgelehnt werden.",)


def test_an_expression_that_fails_is_a_fault_and_no_crash():
    bundle = compile_bundle(
        changed(PROCESS, "pruefung.entscheidung.ergebnis ==", "pruefung.nichts.ergebnis =="), ENGINE
    )
    result = run(story(), bundle)

    assert any("bleibt bei" in fault for fault in result.faults)


def test_a_setting_out_of_bounds_is_a_fault():
    assert not run(story("[answers.anlass]", "[settings]\nfrist = 1\n\n[answers.anlass]")).ok


def test_every_scenario_file_of_a_bundle_is_read():
    assert len(scenarios_of(meter())) == sum(path.startswith(FOLDER) for path in meter().files)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("now = 2026-11-22T09:00:00Z", "now = 2026-11-22T09:00:00", "now"),
        ("now = 2026-11-22T09:00:00Z", "", "now"),
        ("[person]", "[person]\nalter = 7", "person.alter"),
        ("[steps.expect]", "[steps.expects]", "steps.0.expects"),
        ("tasks = [", "tsks = [", "steps.0.expect.tsks"),
        ("now = ", "refused = ['/a/b']\nnow = ", ""),
        ('complete = "Anmeldung prüfen"', "", "steps.1"),
    ],
)
def test_a_slip_in_a_scenario_cannot_pass_for_a_proof(old, new, place):
    with pytest.raises(BundleInvalid) as caught:
        read_scenario("x", story(old, new).encode())

    expected = f"x#{place}" if place else "x"
    assert [fault.pointer for fault in caught.value.fields] == [expected]
