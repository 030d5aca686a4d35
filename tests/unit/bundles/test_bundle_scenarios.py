from functools import lru_cache

import pytest

from app.bundles.bundle import compile_bundle
from app.bundles.scenario_file import read_scenario
from app.bundles.scenarios import run_scenario, scenarios_of
from app.errors import BundleInvalid
from tests.support.hearing import KEY as HEARING
from tests.support.hearing import hearing_files
from tests.support.hearing_texts import ANSWERED, ASKED
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


FIRST_ACT = ASKED[ASKED.index("complete") : ASKED.index("[steps.expect]")]


@lru_cache
def hearing():
    return compile_bundle(hearing_files(), ENGINE)


def retold(text, old="", new=""):
    assert old in text
    return run(text.replace(old, new, 1), hearing())


def test_instances_and_messages_can_be_told():
    asked, answered = retold(ASKED), retold(ANSWERED)

    assert asked.faults == answered.faults == ()
    assert asked.path.count("stellung_nehmen") == 2
    assert answered.path[-1] == "entschieden"


@pytest.mark.parametrize(
    ("text", "old", "new", "fault"),
    [
        (ASKED, "instance = 2", "instance = 3", "„Stellung nehmen, 3“ ist nicht offen"),
        (ASKED, "instance = 1", "instance = 2", "„Stellung nehmen, 2“ ist nicht offen"),
        (ASKED, ', auflage = "Bäume erhalten"', "", "/votum/auflage wird abgelehnt"),
        (ASKED, "instance = 2\n", "", "„Stellung nehmen, 1“ ist nicht offen"),
        (ASKED, 'correlation = { aktenzeichen = "MU-2026-000777" }', "", "Nachrichten: erwartet"),
        (ASKED, 'ergebnis = "einverstanden", stelle', "stelle", "Nachrichten: erwartet"),
        (ASKED, "messages = []", 'messages = [{ name = "Gruß" }]', "Nachrichten: erwartet"),
        (ASKED[: ASKED.index("[[steps.expect")], "", "", "Am Ende: Nachrichten: erwartet []"),
        (ANSWERED, 'name = "Stellungnahmen"', 'name = "Gruß"', "Nachricht „Gruß“ wartet hier"),
        (ANSWERED, "MU-2026-000001", "MU-2026-000002", "„Stellungnahmen“ wartet hier niemand"),
    ],
)
def test_what_instances_and_messages_do_differently_is_a_fault(text, old, new, fault):
    assert any(fault in found for found in retold(text, old, new).faults)


def test_a_signal_arrives_or_finds_nobody():
    signal = '<bpmn:signal id="s" name="Abbruch"/>'
    files = dict(hearing_files())
    process = f"bpmn/{HEARING}/process.bpmn"
    text = files[process].decode().replace("<bpmn:process", f"{signal}<bpmn:process", 1)
    begin = text.index("<bpmn:messageEventDefinition", text.index('id="empfangen"'))
    end = text.index("</bpmn:intermediateCatchEvent>")
    text = f'{text[:begin]}<bpmn:signalEventDefinition signalRef="s"/>{text[end:]}'
    bundle = compile_bundle({**files, process: text.encode()}, ENGINE)
    told = ANSWERED[: ANSWERED.index("[steps.message]")]
    rest = ANSWERED[ANSWERED.index("[steps.expect]", len(told)) :]

    assert run(f'{told}signal = {{ name = "Abbruch" }}\n{rest}', bundle).ok
    lost = run(f'{told}signal = {{ name = "Ruhe", payload = 1 }}\n{rest}', bundle)
    assert lost.faults == ("Auf das Signal „Ruhe“ wartet hier niemand.",)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("instance = 2", "instance = 0", "steps.0.instance"),
        ("instance = 2", 'instance = "2"', "steps.0.instance"),
        (FIRST_ACT, "instance = 2\n", "steps.0"),
        (FIRST_ACT, FIRST_ACT.partition("instance = 2")[2], "steps.0"),
        ("instance = 2", "instance = 2\nadvance_to = 2026-11-23T09:00:00Z", "steps.0"),
        ("instance = 2", 'instance = 2\nmessage = { name = "x" }', "steps.0"),
        ("instance = 2", 'instance = 2\nsignal = { name = "x" }', "steps.0"),
        ("messages = []", 'messages = [{ name = "" }]', "steps.0.expect.messages.0.name"),
        ("messages = []", "messages = [{ payload = 1 }]", "steps.0.expect.messages.0.name"),
        (
            "messages = []",
            'messages = [{ name = "x", payload = [{ tag = 2026-11-22 }] }]',
            "steps.0.expect.messages.0.payload",
        ),
        (
            "messages = []",
            'messages = [{ name = "x", correlation = { n = inf } }]',
            "steps.0.expect.messages.0.correlation.n.value",
        ),
    ],
)
def test_a_slip_about_messages_cannot_pass_for_a_proof(old, new, place):
    assert old in ASKED
    with pytest.raises(BundleInvalid) as caught:
        read_scenario("x", ASKED.replace(old, new, 1).encode())

    assert [fault.pointer for fault in caught.value.fields] == [f"x#{place}"]
