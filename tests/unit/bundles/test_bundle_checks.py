from datetime import UTC, datetime

import pytest

from app.bundles.bundle import compile_bundle
from app.bundles.checks import CHECKS, Severity, check_bundle
from app.bundles.letter_writing import write_letter
from tests.support.hearing import Variant, hearing_files
from tests.unit.bundles.samples import ENGINE, KEY, MANIFEST, PROCESS, changed, meter, without
from tests.unit.engine.process_builder import bpmn, chain, end, flow, gateway, node, start

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


def test_a_bundle_with_rounds_and_messages_has_no_findings():
    assert findings(hearing_files()) == []


@pytest.mark.parametrize(
    ("variant", "finding"),
    [
        (Variant(sent_to=""), ("message-correlation", "senden")),
        (Variant(result="antwort"), ("round-result", "stellung_nehmen")),
        (Variant(sent_to="stele"), ("name", "senden")),
    ],
)
def test_a_slip_with_rounds_or_messages_is_found(variant, finding):
    assert findings(hearing_files(variant)) == [finding]


def test_ways_within_rounds_may_ask_for_the_item():
    marker = (
        "<bpmn:multiInstanceLoopCharacteristics>"
        "<bpmn:loopDataInputRef>antrag.angaben.stellen</bpmn:loopDataInputRef>"
        '<bpmn:inputDataItem id="stelle" name="stelle"/>'
        "</bpmn:multiInstanceLoopCharacteristics>"
    )
    inside = (
        marker
        + start("s")
        + gateway("exclusive", "g", default="sonst")
        + end("e1")
        + end("e2")
        + flow("s", "g")
        + flow("g", "e1", "stelle == 'Bauamt' and durchlauf.nummer == 1")
        + flow("g", "e2", id="sonst")
    )
    first = start(formJsonSchemaFilename="antrag.json")
    body = chain(node("subProcess", "teil", inside)).replace(start(), first)
    files = {**hearing_files(), "bpmn/anhoerung/process.bpmn": bpmn(body)}

    assert [where for found, where in findings(files) if found == "name"] == []


def test_a_message_may_be_known_by_what_it_carries():
    prop = (
        '<bpmn:correlationProperty id="anzahl" name="anzahl">'
        '<bpmn:correlationPropertyRetrievalExpression messageRef="m_stellungnahmen">'
        "<bpmn:messagePath>len(payload)</bpmn:messagePath>"
        "</bpmn:correlationPropertyRetrievalExpression></bpmn:correlationProperty>"
    )
    key = (
        '<bpmn:collaboration id="z"><bpmn:participant id="t" processRef="anhoerung"/>'
        '<bpmn:correlationKey id="k" name="k"><bpmn:correlationPropertyRef>anzahl'
        "</bpmn:correlationPropertyRef></bpmn:correlationKey></bpmn:collaboration>"
    )
    files = dict(hearing_files(Variant(sent_to="")))
    path = "bpmn/anhoerung/process.bpmn"
    text = files[path].decode().replace("<bpmn:process", f"{key}{prop}<bpmn:process", 1)

    assert findings({**files, path: text.encode()}) == []


def test_a_letter_may_show_what_rounds_collected():
    result = "<bpmn:outputDataItem"
    files = dict(hearing_files())
    letter = b"""
kind = "decision"
title = "Ergebnis"
subject = "Ergebnis"

[[block]]
type = "paragraph"
text = "{stellungnahmen[0].votum.ergebnis}"
"""
    assert result in files["bpmn/anhoerung/process.bpmn"].decode()
    bundle = compile_bundle({**files, "bpmn/anhoerung/letters/ergebnis.toml": letter}, ENGINE)
    found = [(one.id, one.where) for one in check_bundle(bundle)]
    assert found == [("letter-unused", "bpmn/anhoerung/letters/ergebnis.toml")]
    data = {
        "antrag": {"angaben": {}},
        "vorgang": {"eingegangen_am": "2026-11-22"},
        "stellungnahmen": [{"votum": {"ergebnis": "dagegen"}}],
    }
    written = write_letter(bundle, "ergebnis", data, datetime(2026, 11, 23, tzinfo=UTC), {})
    assert "dagegen" in written.plain
