"""Every word of JSON Schema and rjsf that asks something becomes a question or a reasoned no."""

from pathlib import Path

import pytest

from tests.unit.forms.samples import context, form, found, one_field, pages, refused

STRING = {"type": "string"}
CHOICE = {"type": "string", "enum": ["a", "b"]}
TRUTH = {"type": "boolean"}
SEVERAL = {"type": "array", "items": {"type": "string", "enum": ["a", "b"]}}

#: field, widget -> the kind it is asked as
UNDERSTOOD = [
    (STRING, None, "text"),
    (STRING, "text", "text"),
    (STRING, "textarea", "textarea"),
    ({**STRING, "format": "email"}, None, "email"),
    ({**STRING, "format": "email"}, "email", "email"),
    ({**STRING, "format": "phone"}, None, "tel"),
    ({**STRING, "format": "phone"}, "tel", "tel"),
    ({**STRING, "format": "uri"}, None, "url"),
    ({**STRING, "format": "uri"}, "uri", "url"),
    ({**STRING, "format": "postcode"}, None, "text"),
    ({**STRING, "format": "iban"}, None, "iban"),
    ({**STRING, "format": "date"}, None, "date"),
    ({**STRING, "format": "date"}, "date", "date"),
    ({**STRING, "format": "date"}, "alt-date", "date"),
    ({**STRING, "format": "time"}, None, "time"),
    ({**STRING, "format": "time"}, "time", "time"),
    ({**STRING, "format": "month"}, None, "month"),
    ({**STRING, "format": "date-time"}, None, "moment"),
    ({**STRING, "format": "date-time"}, "datetime", "moment"),
    ({**STRING, "format": "date-time"}, "date-time", "moment"),
    ({**STRING, "format": "date-time"}, "alt-datetime", "moment"),
    ({"type": "integer"}, None, "number"),
    ({"type": "integer"}, "updown", "number"),
    ({"type": "number"}, None, "number"),
    ({"type": "number"}, "text", "number"),
    ({"type": "integer", "x-unit": "EUR-cent"}, None, "money"),
    (CHOICE, None, "radio"),
    (CHOICE, "radio", "radio"),
    (CHOICE, "select", "select"),
    ({"type": "integer", "enum": [1, 2]}, None, "radio"),
    ({"oneOf": [{"const": "a", "title": "A"}]}, None, "radio"),
    ({"anyOf": [{"const": "a", "title": "A"}]}, None, "radio"),
    ({**STRING, "enum": list("abcdefg")}, None, "select"),
    (SEVERAL, None, "checkboxes"),
    (SEVERAL, "checkboxes", "checkboxes"),
    ({**SEVERAL, "items": {"anyOf": [{"const": "a", "title": "A"}]}}, None, "checkboxes"),
    (TRUTH, None, "boolean"),
    (TRUTH, "radio", "boolean"),
    (TRUTH, "select", "boolean"),
    (TRUTH, "checkbox", "boolean"),
    (TRUTH, "confirm", "confirm"),
    ({**TRUTH, "const": True}, None, "confirm"),
    ({"type": "array", "x-document": {}}, None, "evidence"),
    ({"type": "null", "description": "Text"}, None, "note"),
    ({"type": "null", "description": "Text"}, "info", "note"),
    ({"type": "null", "description": "Text"}, "warning", "note"),
    ({"type": "null", "description": "Text"}, "success", "note"),
    ({**STRING, "readOnly": True, "x-calculated": "'x'"}, None, "calculated"),
]
PERSON = {"properties": {"name": {"type": "string", "title": "Name"}}}
UNDERSTOOD += [
    ({"type": "object", **PERSON}, None, "group"),
    ({"type": "array", "items": {"type": "object", **PERSON}}, None, "list"),
]
UNSEEN = [
    (STRING, "hidden"),
    ({**STRING, "const": "fest"}, None),
    ({"type": "integer", "const": 3}, None),
]
#: field, widget, where the finding stands, a word of its reason
REFUSED = [
    (STRING, "password", "", "Kennwörter"),
    (STRING, "color", "", "Farbwähler"),
    (STRING, "file", "", "x-document"),
    ({"type": "array", "items": STRING}, "files", "", "x-document"),
    ({"type": "integer", "minimum": 0, "maximum": 9}, "range", "", "Schieberegler"),
    (STRING, "radio", "", "nicht eindeutig"),
    (STRING, "date", "", "nicht eindeutig"),
    ({**STRING, "format": "date"}, "email", "", "nicht eindeutig"),
    ({**STRING, "format": "data-url"}, None, "/format", "x-document"),
    ({**STRING, "format": "password"}, None, "/format", "Kennwörter"),
    ({**STRING, "format": "duration"}, None, "/format", "x-unit"),
    ({**STRING, "format": "uuid"}, None, "/format", "Möglich sind hier nur"),
    ({**STRING, "default": "a"}, None, "/default", "vorausgewählt"),
    ({**STRING, "examples": ["a"]}, None, "/examples", "ui:help"),
    ({**CHOICE, "enumNames": ["A", "B"]}, None, "/enumNames", "x-enum-titles"),
    ({**STRING, "writeOnly": True}, None, "/writeOnly", "x-sensitive"),
    ({**STRING, "not": {"const": "a"}}, None, "/not", "x-rules"),
    ({"anyOf": [STRING, {"type": "integer"}]}, None, "/anyOf", "Auswahl"),
    ({**STRING, "contentMediaType": "image/png"}, None, "/contentMediaType", "x-document"),
    ({"type": "object"}, None, "", "braucht „properties“"),
    ({"type": "object", "patternProperties": {}}, None, "/patternProperties", "feste Namen"),
    ({"type": "array", "prefixItems": [STRING]}, None, "/prefixItems", "feste"),
    ({"type": "null"}, "danger", "", "Hinweis"),
    ({**STRING, "x-unit": "m"}, None, "/x-unit", "nur Zahlen"),
    ({"type": "number", "x-unit": "EUR-cent"}, None, "/x-unit", "integer"),
    ({"type": "number", "x-unit": 5}, None, "/x-unit", "Text"),
]


def ui_of(widget):
    return {"p": {"f": {} if widget is None else {"ui:widget": widget}}}


def shown(field, answer=None, widget=None):
    page = form(one_field(field), ui_of(widget)).view_page("p", {"p": {"f": answer}}, [], context())
    return page.fields


@pytest.mark.parametrize(("field", "widget", "kind"), UNDERSTOOD)
def test_a_word_that_is_understood_asks_a_question(field, widget, kind):
    assert [view.kind for view in shown(field, widget=widget)] == [kind]


@pytest.mark.parametrize(("field", "widget"), UNSEEN)
def test_what_nobody_has_to_answer_is_not_asked(field, widget):
    assert shown(field, widget=widget) == ()


@pytest.mark.parametrize(("field", "widget", "place", "word"), REFUSED)
def test_a_word_that_is_not_understood_is_refused_with_a_reason(field, widget, place, word):
    faults = {fault.pointer: fault.message for fault in refused(one_field(field), ui_of(widget))}

    assert word in faults[f"/properties/p/properties/f{place}"]


def test_every_refusal_is_a_sentence():
    for field, widget, _, _ in REFUSED:
        for fault in refused(one_field(field), ui_of(widget)):
            assert fault.message[-1] in ".“", fault


def test_a_layout_of_json_forms_is_told_apart():
    layout = {"type": "VerticalLayout", "elements": [{"type": "Control", "scope": "#/properties"}]}

    assert [fault.message[:28] for fault in refused(one_field(STRING), layout)] == [
        "Das ist eine Darstellung für"
    ]


def test_the_guide_names_every_format_widget_and_reason():
    guide = (Path(__file__).parents[3] / "docs" / "formulare.md").read_text("utf-8")
    words = {field["format"] for field, *_ in UNDERSTOOD if "format" in field}
    words |= {widget for _, widget, *_ in UNDERSTOOD + REFUSED + UNSEEN if widget}
    words |= {place.removeprefix("/") for _, _, place, _ in REFUSED if place}

    assert {word for word in words if f"`{word}`" not in guide} == set()


def test_a_choice_by_any_of_is_checked_like_any_other():
    asked = form(one_field({"anyOf": [{"const": "a", "title": "A"}, {"const": "b"}]}))

    assert found(asked.check({"p": {"f": "c"}}, context())) == {"/p/f": "choice"}
    assert asked.check({"p": {"f": "b"}}, context()) == []


@pytest.mark.abuse("A7")
@pytest.mark.parametrize("sent", [None, "anders", "fest", 5])
def test_a_constant_is_set_by_the_server_and_never_by_the_client(sent):
    constant = form(one_field({**STRING, "const": "fest"}, required=["f"]))

    assert constant.check({"p": {"f": sent}}, context()) == []
    assert constant.effective({"p": {"f": sent}}, context()) == {"p": {"f": "fest"}}
    assert constant.summary({}, context())[0].rows == ()


def test_a_note_is_shown_and_asks_for_nothing():
    note = {"type": "null", "title": "Bitte beachten", "description": "Es dauert."}
    asked = form(one_field(note, required=["f"]), ui_of("warning"))
    (view,) = asked.view_page("p", {}, [], context()).fields

    assert (view.level, view.label, view.hint) == ("warning", "Bitte beachten", "Es dauert.")
    assert asked.check({}, context()) == []
    assert found(asked.check({"p": {"f": "x"}}, context())) == {"/p/f": "type"}
    assert asked.read_page("p", {"p.f": ["x"]}, {}, context()) == {}
    assert asked.summary({}, context())[0].rows == ()


def test_a_note_appears_only_under_its_condition():
    art = {"type": "string", "title": "Art", "enum": ["x", "y"]}
    note = {"type": "null", "title": "Achtung"}
    asked = form(
        pages(
            p={
                "properties": {"art": art},
                "if": {"required": ["art"], "properties": {"art": {"const": "x"}}},
                "then": {"properties": {"hinweis": note}},
            }
        )
    )

    def labels(answer):
        view = asked.view_page("p", {"p": {"art": answer}}, [], context())
        return [field.label for field in view.fields]

    assert labels("x") == ["Art", "Achtung"]
    assert labels("y") == ["Art"]


@pytest.mark.parametrize(("unit", "suffix"), [("m²", "m²"), ("EUR", "EUR"), ("EUR-cent", "€")])
def test_a_unit_stands_behind_the_field_and_in_the_summary(unit, suffix):
    field = {"type": "integer", "x-unit": unit}
    asked = form(one_field(field))
    text = {"EUR-cent": "123,45"}.get(unit, "12345")

    assert [(view.value, view.suffix) for view in shown(field, 12345)] == [(text, suffix)]
    assert asked.summary({"p": {"f": 12345}}, context())[0].rows[0].text == f"{text} {suffix}"
    assert asked.summary({}, context())[0].rows[0].text == "Keine Angabe"
