"""Which pages and questions count, depending on the answers and on settings."""

import pytest

from tests.unit.forms.samples import context, form, found, one_field, pages, refused

KIND = {"type": "string", "title": "Art", "enum": ["neu", "tausch", "weg"]}
TEXT = {"type": "string", "title": "Text"}


def when(page: str, field: str, value: str) -> dict:
    return {
        "required": [page],
        "properties": {page: {"required": [field], "properties": {field: {"const": value}}}},
    }


def exchange():
    """The page about the old meter is there only for an exchange."""
    schema = pages(
        anlass={"properties": {"art": KIND}, "required": ["art"]},
        alt={"properties": {"nummer": TEXT}, "required": ["nummer"]},
    )
    return form(
        {
            **schema,
            "required": ["anlass"],
            "if": when("anlass", "art", "tausch"),
            "then": {"required": ["alt"]},
        }
    )


def ids(a_form, answers, **settings):
    return [page.id for page in a_form.visible_pages(answers, context(**settings))]


def test_a_page_appears_when_the_condition_asks_for_it():
    assert ids(exchange(), {"anlass": {"art": "neu"}}) == ["anlass"]
    assert ids(exchange(), {"anlass": {"art": "tausch"}}) == ["anlass", "alt"]
    assert found(exchange().check({"anlass": {"art": "tausch"}}, context())) == {
        "/alt/nummer": "required"
    }


@pytest.mark.abuse("A7")
def test_hidden_answers_are_ignored_and_dropped():
    answers = {"anlass": {"art": "neu"}, "alt": {"nummer": "x" * 999}}

    assert exchange().check(answers, context()) == []
    assert exchange().check_page("alt", answers, context()) == []
    assert exchange().effective(answers, context()) == {"anlass": {"art": "neu"}}


def test_an_unknown_answer_is_a_fault_even_on_a_hidden_page():
    answers = {"anlass": {"art": "neu"}, "alt": {"fremd": 1}}

    assert found(exchange().check(answers, context())) == {"/alt/fremd": "unknown_field"}


def test_a_hidden_answer_opens_nothing():
    chain = pages(
        a={"properties": {"art": KIND}},
        b={"properties": {"art": KIND}},
        c={"properties": {"text": TEXT}, "required": ["text"]},
    )
    chain["required"] = ["a"]
    chain["allOf"] = [
        {"if": when("b", "art", "tausch"), "then": {"required": ["c"]}},
        {"if": when("a", "art", "tausch"), "then": {"required": ["b"]}},
    ]
    answers = {"a": {"art": "neu"}, "b": {"art": "tausch"}}

    assert ids(form(chain), answers) == ["a"]
    assert ids(form(chain), {**answers, "a": {"art": "tausch"}}) == ["a", "b", "c"]


def test_a_question_inside_a_branch_is_asked_only_there():
    inside = form(
        pages(
            p={
                "properties": {"art": KIND},
                "required": ["art"],
                "if": {"required": ["art"], "properties": {"art": {"const": "neu"}}},
                "then": {"properties": {"wann": TEXT}, "required": ["wann"]},
                "else": {"properties": {"warum": TEXT}},
            }
        )
    )

    assert found(inside.check({"p": {"art": "neu"}}, context())) == {"/p/wann": "required"}
    assert inside.check({"p": {"art": "weg", "warum": "alt", "wann": 5}}, context()) == []
    assert inside.effective({"p": {"art": "weg", "wann": "nie"}}, context()) == {
        "p": {"art": "weg"}
    }


def test_a_branch_may_narrow_a_question_that_is_always_asked():
    narrowed = form(
        pages(
            p={
                "properties": {"art": KIND, "menge": {"type": "integer", "title": "Menge"}},
                "if": {"required": ["art"], "properties": {"art": {"const": "neu"}}},
                "then": {"properties": {"menge": {"maximum": 10}}},
            }
        )
    )

    assert narrowed.check({"p": {"art": "weg", "menge": 11}}, context()) == []
    assert found(narrowed.check({"p": {"art": "neu", "menge": 11}}, context())) == {
        "/p/menge": "too_large"
    }


def test_a_branch_may_take_a_question_away():
    without = form(
        pages(
            p={
                "properties": {"art": KIND, "text": TEXT},
                "required": ["text"],
                "if": {"required": ["art"], "properties": {"art": {"const": "weg"}}},
                "then": {"properties": {"text": False}},
            }
        )
    )

    assert without.check({"p": {"art": "weg"}}, context()) == []
    assert found(without.check({"p": {"art": "neu"}}, context())) == {"/p/text": "required"}


def test_an_answer_may_make_others_necessary():
    dependent = form(
        pages(
            p={
                "properties": {"a": TEXT, "b": TEXT},
                "dependentRequired": {"a": ["b"]},
                "dependentSchemas": {"b": {"properties": {"c": TEXT}, "required": ["c"]}},
            }
        )
    )

    assert dependent.check({"p": {}}, context()) == []
    assert found(dependent.check({"p": {"a": "x"}}, context())) == {"/p/b": "required"}
    assert found(dependent.check({"p": {"a": "x", "b": "y"}}, context())) == {"/p/c": "required"}


def test_conditions_may_be_nested_and_one_page_may_depend_on_another():
    nested = pages(a={"properties": {"art": KIND}}, b={"properties": {"art": KIND}})
    nested["if"] = when("a", "art", "neu")
    nested["then"] = {
        "if": when("b", "art", "weg"),
        "then": {"properties": {"b": {"properties": {"text": TEXT}, "required": ["text"]}}},
    }

    assert form(nested).check({"a": {"art": "weg"}, "b": {"art": "weg"}}, context()) == []
    assert found(form(nested).check({"a": {"art": "neu"}, "b": {"art": "weg"}}, context())) == {
        "/b/text": "required"
    }


def test_a_setting_shows_a_page_and_demands_an_answer():
    schema = pages(
        betrieb={"x-visible-if": "vorgang.einstellungen.fachbetrieb", "properties": {"name": TEXT}},
        p={"properties": {"f": {**TEXT, "x-required-if": "vorgang.einstellungen.fachbetrieb"}}},
    )

    assert ids(form(schema), {}, fachbetrieb=False) == ["p"]
    assert ids(form(schema), {}, fachbetrieb=True) == ["betrieb", "p"]
    assert form(schema).check({}, context(fachbetrieb=False)) == []
    assert found(form(schema).check({}, context(fachbetrieb=True))) == {"/p/f": "required"}


def test_a_condition_that_cannot_be_computed_hides():
    schema = one_field({**TEXT, "x-visible-if": "antrag.q.menge > 5"}, required=["f"])
    schema["properties"]["q"] = {
        "type": "object",
        "title": "Q",
        "properties": {"menge": {"type": "integer", "title": "Menge"}},
    }

    assert form(schema).check({}, context()) == []
    assert form(schema).check({"q": {"menge": "?"}}, context())[0].pointer == "/q/menge"
    assert found(form(schema).check({"q": {"menge": 6}}, context())) == {"/p/f": "required"}


def test_a_page_without_a_demand_is_there_if_nothing_says_otherwise():
    schema = pages(a={"properties": {"f": TEXT}}, b={"properties": {"f": TEXT}})

    assert ids(form({**schema, "required": ["a"]}), {}) == ["a", "b"]


def test_conditions_that_contradict_each_other_still_come_to_an_end():
    schema = pages(
        p={
            "properties": {
                "a": {**TEXT, "x-visible-if": "not vorhanden(antrag, 'p', 'b')"},
                "b": {**TEXT, "x-visible-if": "vorhanden(antrag, 'p', 'a')"},
            }
        }
    )
    answers = {"p": {"a": "x", "b": "y"}}

    first = form(schema).effective(answers, context())

    assert form(schema).effective(answers, context()) == first


def test_a_field_of_two_kinds_is_refused():
    schema = pages(
        p={
            "properties": {"art": KIND},
            "if": {"required": ["art"]},
            "then": {"properties": {"x": TEXT}},
            "else": {"properties": {"x": {"type": "integer", "title": "Zahl"}}},
        }
    )

    assert refused(schema)[0].code == "type"
