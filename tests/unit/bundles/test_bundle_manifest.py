import tomllib

import pytest

from app.bundles.manifest_schema import read_manifest
from app.domain.assurance import AssuranceLevel
from app.domain.case_status import CaseStatus
from app.errors import BundleInvalid, Invalid
from tests.unit.bundles.samples import MANIFEST, changed, meter_files


def manifest(old="", new=""):
    return read_manifest(MANIFEST, changed(MANIFEST, old, new)[MANIFEST] if old else SOURCE)


SOURCE = meter_files()[MANIFEST]


def test_a_manifest_becomes_a_frozen_value():
    service = manifest()

    assert service.assurance is AssuranceLevel.BASIC
    assert service.milestones["entschieden"].status is CaseStatus.DECIDED
    assert service.lanes["Sachbearbeitung"].group == "abgaben"
    assert service.leika_key is None
    assert isinstance(service.needed, tuple)
    with pytest.raises(TypeError):
        service.settings["neu"] = None


def test_settings_take_a_municipalitys_values_over_the_defaults():
    values = manifest().values({"frist_anzeige_tage": 21})

    assert values["frist_anzeige_tage"] == 21
    assert values["satzung"] == "Entwässerungssatzung"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("frist_anzeige_tage", 0),
        ("frist_anzeige_tage", 366),
        ("frist_anzeige_tage", 14.5),
        ("frist_anzeige_tage", "14"),
        ("frist_anzeige_tage", True),
        ("frist_anzeige_tage", float("inf")),
        ("abnahme_erforderlich", 1),
        ("abnahme_erforderlich", None),
        ("satzung", ""),
        ("satzung", "x" * 101),
        ("satzung", ["x"]),
        ("gibt_es_nicht", 1),
    ],
)
def test_a_value_outside_its_limits_is_refused_by_name(key, value):
    with pytest.raises(Invalid) as caught:
        manifest().values({key: value})

    assert [fault.pointer for fault in caught.value.fields] == [f"/{key}"]


def test_all_wrong_settings_are_named_at_once():
    with pytest.raises(Invalid) as caught:
        manifest().values({"satzung": "", "gebuehr_cents": -1})

    assert {fault.pointer for fault in caught.value.fields} == {"/satzung", "/gebuehr_cents"}


def test_a_choice_takes_only_what_it_lists():
    knob = """
[settings.art]
type = "choice"
title = "Art"
default = "a"
choices = [{ value = "a", title = "A" }, { value = "b", title = "B" }]
"""
    service = read_manifest("x", SOURCE + knob.encode())

    assert service.values({"art": "b"})["art"] == "b"
    with pytest.raises(Invalid):
        service.values({"art": "c"})


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('key = "wasser', 'key = "Wasser', "key"),
        ('title = "Wasserzwischenzähler anmelden"', "", "title"),
        ("minutes = 8", 'minutes = "8"', "minutes"),
        ("minutes = 8", "minutes = 8\nfarbe = 1", "farbe"),
        ('assurance = "BASIC"', 'assurance = "SICHER"', "assurance"),
        ('assurance = "BASIC"', 'assurance = "BASIC"\nleika_key = "123"', "leika_key"),
        ('status = "DECIDED"', 'status = "FERTIG"', "milestones.entschieden.value.status"),
        ('role = "caseworker"', 'role = "chef"', "lanes.Sachbearbeitung.value.role"),
        ('group = "abgaben"', "", "lanes.Sachbearbeitung.value"),
        ("default = 14", "default = 0", "settings.frist_anzeige_tage"),
        ('url = "https:', 'url = "javascript:', "legal_basis.2.url"),
    ],
)
def test_a_slip_is_refused_with_its_place(old, new, place):
    with pytest.raises(BundleInvalid) as caught:
        manifest(old, new)

    assert [fault.pointer for fault in caught.value.fields] == [f"{MANIFEST}#{place}"]


@pytest.mark.parametrize("source", [b"\xff", b"= nichts", b"a = " + b"[" * 5000])
def test_what_is_no_toml_is_refused(source):
    with pytest.raises(BundleInvalid):
        read_manifest("x", source)


def test_messages_are_german():
    with pytest.raises(BundleInvalid) as caught:
        read_manifest("x", b"unbekannt = 1")

    text = " ".join(fault.message for fault in caught.value.fields)
    assert "Diese Angabe fehlt." in text
    assert "Diesen Schlüssel gibt es nicht." in text
    assert "field" not in text
    assert tomllib.loads(SOURCE.decode())["key"] == "wasserzwischenzaehler"
