"""Whatever the vocabulary puts together: the verdict is JSON Schema's, hidden answers stay out."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.forms.validator import make_validator
from tests.unit.forms.samples import context, form, pages

TEXT = {"type": "string"}
OPTIONS = {"type": "string", "enum": ["a", "b", "c"]}
FIELDS = st.one_of(
    st.builds(
        lambda low, more: {**TEXT, "minLength": low, "maxLength": low + more},
        st.integers(0, 3),
        st.integers(0, 4),
    ),
    st.sampled_from(
        ["date", "time", "date-time", "month", "email", "phone", "postcode", "iban", "uri"]
    ).map(lambda name: {**TEXT, "format": name}),
    st.builds(
        lambda kind, low, more, step: {
            "type": kind,
            "minimum": low,
            "maximum": low + more,
            **({"multipleOf": step} if step else {}),
        },
        st.sampled_from(["integer", "number"]),
        st.integers(-5, 5),
        st.integers(0, 10),
        st.sampled_from([0, 2, 5]),
    ),
    st.sampled_from(
        [
            {**TEXT, "pattern": "^[a-c]+$"},
            {"type": "integer", "x-unit": "EUR-cent", "exclusiveMinimum": 0},
            {"type": "number", "x-unit": "m³", "exclusiveMaximum": 9},
            OPTIONS,
            {"type": "integer", "enum": [1, 2, 3]},
            {"oneOf": [{"const": "a", "title": "A"}, {"const": "b", "title": "B"}]},
            {"anyOf": [{"const": "a", "title": "A"}, {"const": "b", "title": "B"}]},
            {"type": "array", "items": OPTIONS, "minItems": 2},
            {"type": "array", "items": OPTIONS, "maxItems": 1},
            {"type": "array", "x-document": {"max_count": 2}},
            {"type": "boolean"},
            {"type": "boolean", "const": True},
            {**TEXT, "const": "fest"},
            {"type": "null", "description": "Hinweis"},
            {**TEXT, "readOnly": True, "x-calculated": "antrag.p.art + '!'"},
            {"$ref": "#/$defs/kurz"},
        ]
    ),
)
TEXTS = [
    *("2026-03-15", "2026-02-30", "14:30", "25:00", "2026-03", "2026-03-15T14:30"),
    *("ada@example.org", "06151 123456", "64283", "1234", "DE89370400440532013000"),
    *("https://a.de", "javascript:x", "fest", ""),
]
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-12, 12),
    st.sampled_from([0.5, 4.0, 10**16]),
    st.text("abc 0", max_size=8),
    st.sampled_from(TEXTS),
    st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=4),
)
NAMES = ("f0", "f1", "f2", "f3")


@st.composite
def schemas(draw):
    """A page with a choice, some fields, and some that only one answer opens."""
    fields = {name: {"title": name, **draw(FIELDS)} for name in NAMES}
    shown = draw(st.sets(st.sampled_from(NAMES)))
    needed = draw(st.sets(st.sampled_from(NAMES)))
    always = {name: fields[name] for name in NAMES if name in shown}
    under = {name: fields[name] for name in NAMES if name not in shown}
    page = {
        "properties": {"art": {**OPTIONS, "title": "Art"}, **always},
        "required": ["art", *sorted(needed & shown)],
    }
    way = draw(st.sampled_from(["if", "else", "dependentSchemas", "x-visible-if"]))
    opened = {"properties": under, "required": sorted(needed - shown)}
    test = {"required": ["art"], "properties": {"art": {"const": "a"}}}
    match way:
        case "if":
            page |= {"if": test, "then": opened}
        case "else":
            page |= {"if": test, "else": opened}
        case "dependentSchemas":
            page["dependentSchemas"] = {"art": opened}
        case _:
            gate = {"x-visible-if": "antrag.p.art == 'b'"}
            page["properties"] |= {name: {**field, **gate} for name, field in under.items()}
    schema = pages(p=page)
    schema["$defs"] = {"kurz": {"type": "string", "maxLength": 2}}
    return schema


ANSWERS = st.fixed_dictionaries(
    {"art": st.sampled_from(["a", "b", "c", "d"])}, optional=dict.fromkeys(NAMES, VALUES)
)


def counting(a_form, answers):
    """What was sent for the questions that are asked, and what the server adds itself."""
    visible = a_form.effective_schema(answers, context())["properties"]["p"]["properties"]
    sent = {name: value for name, value in answers["p"].items() if value is not None}
    own = a_form.effective({"p": {"art": answers["p"]["art"]}}, context())["p"]
    return {"p": {name: value for name, value in {**sent, **own}.items() if name in visible}}


@settings(max_examples=200, deadline=None)
@given(schemas(), ANSWERS)
def test_the_verdict_is_that_of_json_schema(schema, page):
    a_form, answers = form(schema), {"p": page}
    effective_schema = a_form.effective_schema(answers, context())

    expected = make_validator(effective_schema).is_valid(counting(a_form, answers))

    assert (a_form.check(answers, context()) == []) == expected


@pytest.mark.abuse("A7")
@settings(max_examples=200, deadline=None)
@given(schemas(), ANSWERS)
def test_hidden_answers_never_come_through(schema, page):
    a_form, answers = form(schema), {"p": page}
    without = copy.deepcopy(answers)
    view = a_form.view_page("p", answers, a_form.check(answers, context()), context())
    visible = a_form.effective_schema(answers, context())["properties"]["p"]["properties"]
    for name in set(page) - set(visible):
        del without["p"][name]

    assert {field.name.removeprefix("p.") for field in view.fields} <= set(visible)
    assert set(a_form.effective(answers, context())["p"]) <= set(visible)
    for asked in (a_form.effective, a_form.check, a_form.summary):
        assert asked(answers, context()) == asked(without, context())


@settings(max_examples=100, deadline=None)
@given(schemas(), st.data())
def test_what_is_accepted_can_be_shown_and_read_again(schema, data):
    a_form = form(schema)
    answers = {"p": data.draw(ANSWERS)}
    if a_form.check(answers, context()):
        return
    answers = a_form.effective(answers, context())
    fields = {}
    for view in a_form.view_page("p", answers, [], context()).fields:
        for part in view.parts:
            fields[part.name] = [part.value]
        if view.options:
            fields[view.name] = [option.value for option in view.options if option.checked]
        elif not view.parts:
            fields[view.name] = [view.value]

    read = a_form.read_page("p", fields, answers, context())

    assert a_form.effective({"p": read}, context()) == _tidied(answers)


def _tidied(answers):
    """Blank texts and empty lists are no answers once they went through a page."""
    page = {
        name: value.strip() if isinstance(value, str) else value
        for name, value in answers["p"].items()
    }
    return {"p": {name: value for name, value in page.items() if value not in ("", [])}}
