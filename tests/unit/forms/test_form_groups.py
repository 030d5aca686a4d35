"""Groups and lists of groups: asked, read, checked, shown and summed up, also without scripts."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from app.forms.validator import make_validator
from tests.unit.forms.samples import context, form, found, pages, refused
from tests.unit.forms.test_form_hostile import JSON
from tests.unit.forms.test_form_macros import MACROS

MEMBERS = {
    "name": {"type": "string", "title": "Vorname", "maxLength": 10},
    "geboren": {"type": "string", "format": "date", "title": "Geboren am"},
    "art": {"title": "Art", "anyOf": [{"const": "a", "title": "A"}, {"const": "b", "title": "B"}]},
}
PERSON = {"type": "object", "title": "Kind", "required": ["name"], "properties": MEMBERS}
LIST = {"type": "array", "title": "Kinder", "items": PERSON, "maxItems": 3}
ADDRESS = {
    "type": "object",
    "title": "Anschrift",
    "required": ["ort"],
    "properties": {
        "ort": {"type": "string", "title": "Ort"},
        "miete": {"type": "integer", "title": "Miete", "x-unit": "EUR-cent"},
    },
}


def family(*required, **changes):
    fields = {"kinder": {**LIST, **changes}, "anschrift": ADDRESS}
    fields["rest"] = {"type": "string", "title": "Rest"}
    ui = {"p": {"kinder": {"items": {"name": {"ui:help": "Rufname"}}}}}
    return form(pages(p={"properties": fields, "required": list(required)}), ui)


def check(answers, *required, **changes):
    return found(family(*required, **changes).check({"p": answers}, context()))


def read(**fields):
    raw = {f"p.{name}": value for name, value in fields.items() if name not in BUTTONS}
    raw |= {name: value for name, value in fields.items() if name in BUTTONS}
    return family().read_page("p", raw, {}, context())


BUTTONS = ("hinzufuegen", "weglassen", "aktualisieren")
TWO = {
    "kinder": ["0", "1"],
    "kinder.0.name": ["Ada"],
    "kinder.1.name": ["Konrad"],
    "kinder.1.geboren-tag": ["22"],
    "kinder.1.geboren-monat": ["11"],
    "kinder.1.geboren-jahr": ["2023"],
}


def soup(answers, *required, checked=False, **changes):
    a_form = family(*required, **changes)
    faults = a_form.check({"p": answers}, context()) if checked else []
    view = a_form.view_page("p", {"p": answers}, faults, context())
    html = f"{MACROS.error_summary(view.errors)}{MACROS.fields(view)}"
    return BeautifulSoup(html, "html.parser")


def test_entries_are_read_in_the_order_of_the_page():
    assert read(**TWO)["kinder"] == [
        {"name": "Ada"},
        {"name": "Konrad", "geboren": "2023-11-22"},
    ]


def test_a_button_adds_an_empty_entry_and_keeps_what_was_typed():
    assert read(**TWO, hinzufuegen=["/p/kinder"])["kinder"][1:] == [
        {"name": "Konrad", "geboren": "2023-11-22"},
        {},
    ]
    assert read(hinzufuegen=["/p/kinder"]) == {"kinder": [{}]}
    assert read(**TWO, hinzufuegen=["/p/anderes"]) == read(**TWO)


def test_a_button_removes_one_entry_and_keeps_the_others():
    assert read(**TWO, weglassen=["/p/kinder/0"])["kinder"] == [
        {"name": "Konrad", "geboren": "2023-11-22"}
    ]
    assert read(**TWO, weglassen=["/p/kinder/7"]) == read(**TWO)


def test_an_entry_without_any_answer_counts_only_until_the_page_is_sent():
    fields = {"kinder": ["0"], "kinder.0.name": [" "]}

    assert read(**fields) == {}
    assert read(**fields, aktualisieren=["1"]) == {"kinder": [{}]}


def test_a_group_without_any_answer_is_no_answer():
    assert read(**{"anschrift.ort": [""]}) == {}
    assert read(**{"anschrift.miete": ["1.234,50"]}) == {"anschrift": {"miete": 123450}}


@pytest.mark.parametrize(
    ("answers", "faults"),
    [
        ({"kinder": [{"name": "Ada"}]}, {}),
        ({"kinder": [{}]}, {"/p/kinder/0/name": "required"}),
        ({"kinder": [{"name": "Ada"}, {"name": " "}]}, {"/p/kinder/1/name": "required"}),
        ({"kinder": [{"name": "x" * 11}]}, {"/p/kinder/0/name": "too_long"}),
        ({"kinder": [{"name": 5}]}, {"/p/kinder/0/name": "type"}),
        ({"kinder": [{"name": "a\x00"}]}, {"/p/kinder/0/name": "characters"}),
        ({"kinder": [{"name": "A", "geboren": "31.2.2020"}]}, {"/p/kinder/0/geboren": "format"}),
        ({"kinder": [{"name": "A", "art": "c"}]}, {"/p/kinder/0/art": "choice"}),
        ({"kinder": [{"name": "A", "rolle": 1}]}, {"/p/kinder/0/rolle": "unknown_field"}),
        ({"kinder": [5]}, {"/p/kinder": "type"}),
        ({"kinder": {"0": {}}}, {"/p/kinder": "type"}),
        ({"kinder": [{"name": "A"}] * 4}, {"/p/kinder": "too_many"}),
        ({"anschrift": {"miete": 1}}, {"/p/anschrift/ort": "required"}),
        ({"anschrift": {"ort": "A", "x": 1}}, {"/p/anschrift/x": "unknown_field"}),
        ({"anschrift": "A"}, {"/p/anschrift": "type"}),
    ],
)
@pytest.mark.abuse("A7")
def test_a_wrong_answer_inside_is_named_where_it_stands(answers, faults):
    assert check(answers) == faults


def test_a_required_group_asks_for_what_is_in_it():
    assert check({}, "anschrift", "kinder") == {
        "/p/anschrift/ort": "required",
        "/p/kinder": "required",
    }
    assert check({"kinder": []}, "kinder") == {"/p/kinder": "required"}
    assert check({"kinder": [{"name": "A"}]}, "kinder", minItems=2) == {"/p/kinder": "too_few"}


def test_faults_inside_come_in_reading_order():
    answers = {"rest": 5, "anschrift": {}, "kinder": [{"art": "c", "name": ""}, {"geboren": "x"}]}

    assert list(check(answers)) == [
        "/p/kinder/0/name",
        "/p/kinder/0/art",
        "/p/kinder/1/name",
        "/p/kinder/1/geboren",
        "/p/anschrift/ort",
        "/p/rest",
    ]


def test_every_control_inside_is_labelled_and_every_fault_leads_to_it():
    page = soup({"kinder": [{}, {"name": "A", "geboren": "1.13.2020"}]}, "anschrift", checked=True)

    ids = [element["id"] for element in page.select("[id]")]
    assert len(ids) == len(set(ids))
    assert {link["href"][1:] for link in page.select("[role=alert] a")} == {
        "feld-p-kinder-0-name",
        "feld-p-kinder-1-geboren-monat",
        "feld-p-anschrift-ort",
    }
    for control in page.select("input:not([type=hidden])"):
        assert page.select_one(f"label[for='{control['id']}']"), control
    assert [one.text for one in page.select(".aw-entry > legend")] == ["Kind 1", "Kind 2"]


def test_the_buttons_say_what_they_do_and_stop_at_the_limit():
    page = soup({"kinder": [{"name": "A"}]})
    buttons = {button["name"]: button for button in page.select("button")}

    assert buttons["hinzufuegen"]["value"] == "/p/kinder"
    assert buttons["weglassen"]["value"] == "/p/kinder/0"
    assert buttons["weglassen"]["aria-label"] == "Entfernen: Kind 1"
    assert not soup({"kinder": [{"name": "A"}] * 3}).select("[name=hinzufuegen]")


def test_a_list_that_must_have_an_entry_begins_with_one():
    assert len(soup({}).select(".aw-entry")) == 0
    assert len(soup({}, "kinder").select(".aw-entry")) == 1


def test_what_is_shown_can_be_read_again():
    answers = {
        "kinder": [{"name": "Ada", "art": "b"}, {"name": "K", "geboren": "2023-11-22"}],
        "anschrift": {"ort": "X", "miete": 123450},
    }
    fields = {}
    for control in soup(answers).select("input"):
        if control.get("type") != "radio" or control.has_attr("checked"):
            fields.setdefault(control["name"], []).append(control["value"])

    assert family().read_page("p", fields, {}, context()) == answers


def test_groups_are_summed_up_line_by_line():
    answers = {"kinder": [{"name": "Ada", "art": "b"}, {"name": "K"}], "anschrift": {"miete": 5}}
    rows = {row.label: row.text for row in family().summary({"p": answers}, context())[0].rows}

    assert rows["Kinder"] == "Kind 1\nVorname: Ada\nArt: B\n\nKind 2\nVorname: K"
    assert rows["Anschrift"] == "Miete: 0,05 €"
    assert family().summary({}, context())[0].rows[0].text == "Keine Angabe"


@pytest.mark.parametrize(
    ("member", "place"),
    [
        ({"type": "array", "x-document": {}}, "/x-document"),
        ({"type": "string", "x-prefill": "identity.given_name"}, "/x-prefill"),
        ({"type": "string", "x-visible-if": "wahr"}, "/x-visible-if"),
        ({"type": "string", "readOnly": True, "x-calculated": "1"}, "/x-calculated"),
        ({"type": "object", "properties": {"a": {"type": "string"}}}, "/properties"),
        ({"type": "null"}, ""),
        ({"type": "string", "pattern": "(?=a)"}, "/pattern"),
        ({"type": "string", "maxLength": 10**9}, "/maxLength"),
    ],
)
def test_what_may_not_stand_in_a_group_is_refused_where_it_stands(member, place):
    group = {"type": "object", "title": "G", "properties": {"m": {"title": "M", **member}}}
    schema = pages(p={"properties": {"g": group}})

    pointers = [fault.pointer for fault in refused(schema)]
    assert f"/properties/p/properties/g/properties/m{place}" in pointers


@pytest.mark.parametrize("name", ["a-b", "a/b", "0", "a.b"])
def test_a_name_inside_that_html_cannot_carry_is_refused(name):
    group = {"type": "object", "title": "G", "properties": {name: {"type": "string", "title": "T"}}}

    assert [fault.code for fault in refused(pages(p={"properties": {"g": group}}))] == ["name"]


def test_a_uischema_names_only_members_that_exist():
    schema = pages(p={"properties": {"kinder": LIST}})

    assert refused(schema, {"p": {"kinder": {"items": {"alter": {}}}}})
    assert refused(schema, {"p": {"kinder": {"name": {}}}})
    assert refused(schema, {"p": {"kinder": {"items": {"name": {"ui:widget": "slider"}}}}})


@pytest.mark.abuse("A7")
@settings(max_examples=150, deadline=None)
@given(
    JSON
    | st.lists(st.dictionaries(st.sampled_from(["name", "geboren", "art", "x"]), JSON), max_size=4)
)
def test_any_json_inside_is_survived_and_judged_as_json_schema_would(value):
    a_form = family()
    answers = {"p": {"kinder": value, "anschrift": value}}
    faults = a_form.check(answers, context())
    a_form.view_page("p", answers, faults, context())
    a_form.summary(answers, context())
    counting = a_form.effective(answers, context())
    schema = a_form.effective_schema(answers, context())

    assert (a_form.check(counting, context()) == []) == make_validator(schema).is_valid(counting)
