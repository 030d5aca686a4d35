"""What a page shows."""

import pytest

from app.errors import FieldFault, Missing
from app.forms.form import EvidenceItem
from tests.unit.forms.samples import context, every_kind, form, good, one_field, pages

PHOTO = EvidenceItem("d1", "zaehler.jpg", "image/jpeg", 2_400_000)


def view(answers=None, faults=None, evidence=None):
    shown = every_kind().view_page("alles", answers or {}, faults or [], context(), evidence or {})
    return shown, shown.by_name


def test_ids_and_names_come_from_page_and_field():
    _, fields = view()

    assert fields["name"].id == "feld-alles-name"
    assert fields["name"].name == "alles.name"
    assert fields["name"].hint == "Wie im Ausweis"
    assert fields["name"].autocomplete == "name"
    assert fields["name"].maxlength == 20


def test_each_field_has_its_kind_and_hidden_ones_are_not_shown():
    page, _ = view()

    assert {field.name.removeprefix("alles."): field.kind for field in page.fields} == {
        "name": "text",
        "grund": "textarea",
        "post": "email",
        "telefon": "tel",
        "plz": "text",
        "menge": "number",
        "jahr": "number",
        "tag": "date",
        "art": "radio",
        "farbe": "select",
        "zweck": "checkboxes",
        "dabei": "boolean",
        "fest": "confirm",
        "foto": "evidence",
        "bis": "calculated",
    }


def test_answers_are_shown_as_germans_write_them():
    _, fields = view(good(jahr=2020, zweck=["tiere"], dabei=False))

    assert fields["menge"].value == "12,5"
    assert fields["menge"].suffix == "m³"
    assert [part.value for part in fields["tag"].parts] == ["15", "3", "2026"]
    assert [option.checked for option in fields["zweck"].options] == [False, True]
    assert [(o.label, o.checked) for o in fields["dabei"].options] == [
        ("Ja", False),
        ("Nein", True),
    ]
    assert fields["bis"].value == "31.12.2026"


def test_a_text_that_looks_like_a_date_is_left_alone():
    _, fields = view(good(name="2026-03-15"))

    assert fields["name"].value == "2026-03-15"


@pytest.mark.parametrize(
    ("written", "part"),
    [
        ("32.1.2026", "tag"),
        ("5.13.2026", "monat"),
        ("5.12.26", "jahr"),
        ("..2026", "tag"),
        ("31.2.2026", "tag"),
    ],
)
def test_an_unreadable_date_is_shown_again_and_its_first_wrong_part_is_marked(written, part):
    answers = good(tag=written)
    faults = every_kind().check(answers, context())

    page, fields = view(answers, faults)

    assert ".".join(one.value for one in fields["tag"].parts) == written
    assert [one.id for one in fields["tag"].parts if one.wrong] == [f"feld-alles-tag-{part}"]
    assert [error.target for error in page.errors] == [f"feld-alles-tag-{part}"]


def test_errors_lead_to_the_field_and_stand_beside_it():
    page, fields = view({}, every_kind().check({}, context()))

    assert page.errors[0].target == "feld-alles-name"
    assert page.errors[0].message == fields["name"].error
    assert fields["name"].described_by == "feld-alles-name-hinweis feld-alles-name-fehler"
    assert [error.target for error in page.errors] == [
        field.target for field in page.fields if field.error
    ]


def test_a_fault_of_another_page_is_not_shown_and_one_of_the_page_leads_to_it():
    faults = [FieldFault("/anders/x", "c", "Fremd"), FieldFault("/alles", "type", "Kaputt")]

    page, _ = view({}, faults)

    assert [(error.target, error.message) for error in page.errors] == [("seite-alles", "Kaputt")]


def test_evidence_shows_its_files_and_its_rule():
    _, fields = view(good(), evidence={"/alles/foto": [PHOTO]})

    assert fields["foto"].evidence == (PHOTO,)
    assert fields["foto"].evidence_rule == "JPG, PNG oder PDF, höchstens 10 MB, bis zu 2 Dateien"
    assert fields["foto"].accept == "image/jpeg,image/png,application/pdf"
    assert fields["foto"].multiple
    assert fields["foto"].can_upload
    assert PHOTO.size_text == "2,4 MB"


def test_no_upload_is_offered_when_all_files_are_there():
    _, fields = view(good(), evidence={"/alles/foto": [PHOTO, PHOTO]})

    assert not fields["foto"].can_upload


def test_a_sensitive_answer_is_kept_from_the_browsers_memory():
    secret = form(
        one_field({"type": "string", "x-sensitive": True}),
        {"p": {"f": {"ui:autocomplete": "name"}}},
    )

    field = secret.view_page("p", {}, [], context()).by_name["f"]

    assert (field.autocomplete, field.spellcheck) == ("off", False)


def test_a_birth_date_helps_the_browser_to_fill_each_part():
    birth = form(
        one_field({"type": "string", "format": "date"}), {"p": {"f": {"ui:autocomplete": "bday"}}}
    )

    field = birth.view_page("p", {}, [], context()).by_name["f"]

    assert [part.autocomplete for part in field.parts] == ["bday-day", "bday-month", "bday-year"]


def test_many_choices_become_a_list_to_select_from():
    many = {"type": "string", "enum": [str(n) for n in range(9)]}

    assert form(one_field(many)).view_page("p", {}, [], context()).by_name["f"].kind == "select"


@pytest.mark.parametrize("answers", [None, 5, {"alles": []}, {"alles": {"menge": {"a": [1]}}}])
def test_broken_answers_can_still_be_shown(answers):
    _, fields = view(answers)

    assert fields["menge"].value == ""


@pytest.mark.parametrize("page", ["fremd", "b"])
def test_a_page_that_is_not_there_cannot_be_shown(page):
    hidden = form(pages(a={"properties": {}}, b={"properties": {}, "x-visible-if": "False"}))

    with pytest.raises(Missing):
        hidden.view_page(page, {}, [], context())
