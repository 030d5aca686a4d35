"""Any JSON is answered with faults, never with an exception; verdicts equal JSON Schema's."""

import copy

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.forms.validator import make_validator
from tests.unit.forms.samples import GOOD, context, every_kind, form, pages

FORM = every_kind()
WITH_CONDITIONS = form(
    {
        **pages(
            a={
                "properties": {
                    "art": {"type": "string", "title": "Art", "enum": ["x", "y"]},
                    "zahl": {"type": "integer", "title": "Zahl", "maximum": 5},
                    "nur": {"type": "string", "title": "Nur", "x-visible-if": "antrag.a.zahl > 2"},
                },
                "required": ["art"],
                "if": {"required": ["art"], "properties": {"art": {"const": "x"}}},
                "then": {"required": ["zahl"]},
            },
            b={"properties": {"text": {"type": "string", "title": "Text"}}, "required": ["text"]},
        ),
        "required": ["a"],
        "if": {
            "required": ["a"],
            "properties": {"a": {"required": ["art"], "properties": {"art": {"const": "y"}}}},
        },
        "then": {"required": ["b"]},
        "x-rules": [
            {
                "id": "r",
                "assert": "antrag.a.zahl < 5",
                "field": "/a/zahl",
                "message": "Höchstens {antrag.a.zahl}",
            }
        ],
    }
)

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=True, allow_infinity=True)
    | st.text(st.characters(), max_size=8)
    | st.sampled_from(["x", "y", "neu", "2026-02-30", "2026-02-28", "", " ", "\ud800", "a\x00"])
)
JSON = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


PLAUSIBLE = st.fixed_dictionaries(
    {},
    optional={
        "a": st.fixed_dictionaries(
            {"art": st.sampled_from(["x", "y", "z"])},
            optional={"zahl": st.integers(0, 6), "nur": st.sampled_from(["n", ""])},
        ),
        "b": st.fixed_dictionaries({}, optional={"text": st.sampled_from(["t", " "])}),
    },
)


def answers_to(a_form):
    """Answers that meet the form's names often enough to reach its depths."""
    fields = {
        page: st.dictionaries(
            st.sampled_from(sorted(body["properties"])) | st.text(max_size=3), JSON, max_size=8
        )
        for page, body in a_form.schema["properties"].items()
    }
    known = st.fixed_dictionaries({}, optional=fields)
    return known | st.dictionaries(st.sampled_from([*fields, "q"]), JSON, max_size=3) | JSON


def is_told(faults):
    return all(fault.pointer.encode() is not None and fault.message for fault in faults)


@pytest.mark.abuse("A7")
@settings(max_examples=150, deadline=None)
@given(answers_to(FORM))
def test_every_kind_survives_any_json(answers):
    assert is_told(FORM.check(answers, context()))
    FORM.view_page("alles", answers, FORM.check_page("alles", answers, context()), context())
    FORM.summary(answers, context())
    FORM.effective(answers, context())


@settings(max_examples=150, deadline=None)
@given(answers_to(WITH_CONDITIONS))
def test_conditions_and_rules_survive_any_json(answers):
    faults = WITH_CONDITIONS.check(answers, context())

    assert is_told(faults)
    for page in WITH_CONDITIONS.visible_pages(answers, context()):
        WITH_CONDITIONS.view_page(page.id, answers, faults, context())


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(sorted(GOOD["alles"])),
    JSON | st.sampled_from([None, "neu", "r", ["d1"], 5, 0.5, True]),
)
def test_a_verdict_on_answers_that_count_is_that_of_json_schema(field, value):
    answers = copy.deepcopy(GOOD)
    answers["alles"][field] = value
    counting = FORM.effective(answers, context())
    schema = FORM.effective_schema(answers, context())

    assert (FORM.check(counting, context()) == []) == make_validator(schema).is_valid(counting)


@settings(max_examples=100, deadline=None)
@given(PLAUSIBLE)
def test_what_is_accepted_also_satisfies_the_authors_own_schema(answers):
    if not WITH_CONDITIONS.check(answers, context()):
        counting = WITH_CONDITIONS.effective(answers, context())

        assert jsonschema_rs.Draft202012Validator(dict(WITH_CONDITIONS.schema)).is_valid(counting)


@settings(max_examples=100, deadline=None)
@given(PLAUSIBLE | answers_to(WITH_CONDITIONS))
def test_what_counts_still_counts_when_asked_again(answers):
    once = WITH_CONDITIONS.effective(answers, context())

    assert WITH_CONDITIONS.effective(once, context()) == once


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(
            [f"alles.{name}" for name in GOOD["alles"]]
            + [f"alles.tag-{part}" for part in ("tag", "monat", "jahr")]
        ),
        st.lists(st.text(max_size=12), max_size=3),
    )
)
def test_any_html_input_can_be_read_checked_and_shown(fields):
    page = FORM.read_page("alles", fields, {}, context())
    faults = FORM.check({"alles": page}, context())

    assert is_told(faults)
    FORM.view_page("alles", {"alles": page}, faults, context())


def test_deep_and_wide_answers_are_faults():
    deep: dict = {}
    inner = deep
    for _ in range(5000):
        inner["a"] = {}
        inner = inner["a"]
    wide = {"alles": {"foto": ["x"] * 100_000, **{f"f{n}": n for n in range(5000)}}}

    assert FORM.check(deep, context())[-1].code == "unknown_field"
    assert FORM.check({"alles": {"name": deep}}, context())[0].code == "type"
    assert 1 < len(FORM.check(wide, context())) <= 220
