"""What a form definition may say, and what is refused with a pointer."""

import socket
import time

import pytest

from tests.unit.forms.samples import (
    EVERY_KIND,
    EVERY_KIND_UI,
    context,
    every_kind,
    form,
    one_field,
    pages,
    refused,
)


def test_pages_follow_the_ui_order():
    schema = pages(a={"properties": {}}, b={"properties": {}}, c={"properties": {}})

    ordered = form(schema, {"ui:order": ["c", "*", "a"]})

    assert [page.id for page in ordered.pages] == ["c", "b", "a"]


def test_fields_follow_the_ui_order_of_their_page():
    fields = {name: {"type": "string", "title": name} for name in "abc"}
    ordered = form(pages(p={"properties": fields}), {"p": {"ui:order": ["b", "*"]}})

    view = ordered.view_page("p", {}, [], context())
    assert [field.label for field in view.fields] == ["b", "a", "c"]


def test_evidence_rules_are_known_by_pointer():
    rules = every_kind().evidence

    assert list(rules) == ["/alles/foto"]
    assert rules["/alles/foto"].max_count == 2
    assert rules["/alles/foto"].text == "JPG, PNG oder PDF, höchstens 10 MB, bis zu 2 Dateien"


@pytest.mark.abuse("A9")
@pytest.mark.parametrize("scheme", ["http", "file"])
def test_a_reference_out_of_the_file_is_refused_and_never_fetched(scheme, monkeypatch):
    def no_connection(*_args, **_kwargs):
        raise AssertionError("a reference was fetched")

    monkeypatch.setattr(socket.socket, "connect", no_connection)
    schema = one_field({"$ref": f"{scheme}://127.0.0.1:9/secret"})

    assert [fault.pointer for fault in refused(schema)] == ["/properties/p/properties/f/$ref"]


def test_a_local_reference_brings_its_field():
    schema = one_field({"$ref": "#/$defs/kurz"})
    schema["$defs"] = {"kurz": {"type": "string", "maxLength": 3}}

    faults = form(schema).check({"p": {"f": "abcd"}}, context())

    assert [fault.code for fault in faults] == ["too_long"]


def test_a_reference_may_not_loosen_what_it_brings():
    schema = one_field({"$ref": "#/$defs/kurz", "maxLength": 300})
    schema["$defs"] = {"kurz": {"type": "string", "maxLength": 3}}

    assert refused(schema)[0].pointer == "/properties/p/properties/f/maxLength"


def test_a_reference_in_a_circle_is_refused():
    schema = one_field({"$ref": "#/$defs/a"})
    schema["$defs"] = {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}

    assert refused(schema)[0].code == "reference"


@pytest.mark.abuse("A8")
def test_references_that_fan_out_are_refused_quickly():
    schema = one_field({"$ref": "#/$defs/d9"})
    schema["$defs"] = {"d0": {"type": "string"}} | {
        f"d{n}": {"allOf": [{"$ref": f"#/$defs/d{n - 1}"}] * 10} for n in range(1, 10)
    }
    started = time.process_time()

    assert any(fault.code == "limit" for fault in refused(schema))
    assert time.process_time() - started < 2


@pytest.mark.abuse("A8")
def test_a_pattern_that_would_hang_other_engines_is_harmless():
    slow = form(one_field({"type": "string", "pattern": "^(a+)+$", "maxLength": 5000}))
    started = time.process_time()

    faults = slow.check({"p": {"f": "a" * 4999 + "!"}}, context())

    assert [fault.code for fault in faults] == ["pattern"]
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    ("field", "place"),
    [
        ({"type": "string", "pattern": "a" * 201}, "/pattern"),
        ({"type": "string", "pattern": "(?=a)b"}, "/pattern"),
        ({"type": "string", "pattern": "(" * 50}, "/pattern"),
        ({"type": "string", "format": "ipv4"}, "/format"),
        ({"type": "string", "maxLength": 10**9}, "/maxLength"),
        ({"type": "string", "minLength": "viel"}, "/minLength"),
        ({"type": "string", "contentEncoding": "base64"}, "/contentEncoding"),
        ({"type": "string", "x-visible-If": "true"}, "/x-visible-If"),
        ({"type": "string", "x-prefill": "identity.roles"}, "/x-prefill"),
        ({"type": "string", "x-messages": {"requierd": "Text"}}, "/x-messages/requierd"),
        ({"type": "string", "x-visible-if": "1 +"}, "/x-visible-if"),
        ({"type": "string", "x-visible-if": "antrag.p.tippfehler"}, "/x-visible-if"),
        ({"type": "string", "readOnly": True}, ""),
        ({"type": "string", "oneOf": [{"const": 1, "title": "Eins"}]}, ""),
        ({"type": "string", "enum": ["a", "a"]}, ""),
        ({"type": "integer", "enum": ["a"]}, ""),
        ({"type": "object", "properties": {}}, "/properties"),
        ({"type": "array", "items": {"type": "object"}}, "/items"),
        ({"type": ["string", "null"]}, ""),
        ({}, ""),
        ({"type": "array", "x-document": {"max_count": 0}}, "/x-document/max_count"),
        ({"type": "array", "x-document": {"accept": ["text/html"]}}, "/x-document/accept"),
    ],
)
def test_a_field_that_could_go_wrong_is_refused_where_it_stands(field, place):
    pointers = [fault.pointer for fault in refused(one_field(field))]

    assert f"/properties/p/properties/f{place}" in pointers


@pytest.mark.parametrize("name", ["1a", "a-b", "a.b", "__init__", "", "ä", "a\n", "a" * 65])
def test_a_name_that_html_or_expressions_cannot_carry_is_refused(name):
    schema = pages(p={"properties": {name: {"type": "string", "title": "T"}}})

    assert [fault.code for fault in refused(schema)] == ["name"]


@pytest.mark.parametrize(
    "schema",
    [
        None,
        [],
        "",
        {},
        {"type": "object"},
        {"type": "object", "properties": {"p": 5}},
        {"type": "object", "properties": {"p": {"type": "array", "title": "P"}}},
        {"type": "object", "properties": {"p": {"type": "object", "properties": {}}}},
        {**pages(p={"properties": {}}), "$schema": "http://json-schema.org/draft-07/schema#"},
        {**pages(p={"properties": {}}), "required": ["q"]},
        {**pages(p={"properties": {}}), "$id": "http://example.org/x"},
    ],
)
def test_something_that_is_no_form_is_refused(schema):
    assert refused(schema)


def test_more_than_500_fields_are_refused():
    fields = {f"f{n}": {"type": "string", "title": "T"} for n in range(501)}

    assert [fault.code for fault in refused(pages(p={"properties": fields}))] == ["limit"]


def test_a_huge_schema_is_refused():
    huge = pages(p={"properties": {}, "required": ["f"] * 30_000})

    assert [fault.code for fault in refused(huge)] == ["limit"]


def test_a_deep_schema_is_refused():
    condition: dict = {"const": 1}
    for _ in range(500):
        condition = {"not": condition}

    assert refused({**pages(p={"properties": {}}), "if": condition})[0].code == "limit"


def test_a_condition_that_holds_without_an_answer_is_refused():
    schema = pages(
        p={
            "properties": {"f": {"type": "string", "title": "F"}},
            "if": {"properties": {"f": {"const": "x"}}},
            "then": {"required": ["f"]},
        }
    )

    assert [fault.pointer for fault in refused(schema)] == ["/properties/p/if/properties/f"]


@pytest.mark.parametrize(
    "ui",
    [
        [],
        {"q": {}},
        {"ui:order": ["q"]},
        {"ui:order": "p"},
        {"p": {"g": {}}},
        {"p": {"f": {"ui:widget": "slider"}}},
        {"p": {"f": {"ui:widget": ["radio"]}}},
        {"p": {"f": {"ui:Help": "Text"}}},
        {"p": {"f": {"ui:options": {"width": "breit"}}}},
        {"p": {"f": {"ui:options": {"details": "Text"}}}},
    ],
)
def test_a_uischema_without_meaning_is_refused(ui):
    assert refused(one_field({"type": "string"}), ui)


def test_all_faults_come_at_once():
    schema = pages(p={"properties": {"a": {"type": "null"}, "b": {"type": "null"}}})

    assert len(refused(schema)) == 2


def test_the_given_schema_is_not_changed():
    before = repr((EVERY_KIND, EVERY_KIND_UI))

    every_kind().check({}, context())

    assert repr((EVERY_KIND, EVERY_KIND_UI)) == before
