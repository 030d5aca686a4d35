"""Rules across fields."""

import pytest

from tests.unit.forms.samples import context, form, found, pages, refused

RULE = {
    "id": "frist",
    "assert": "antrag.e.tag + tage(vorgang.einstellungen.frist_tage) >= heute()",
    "field": "/e/tag",
    "message": "Bitte melden Sie sich: Mehr als {vorgang.einstellungen.frist_tage} Tage seit"
    " {antrag.e.tag} ({vorgang.einstellungen.faktor}, {vorgang.fehlt}).",
}


def schema(**rule):
    base = pages(
        e={
            "properties": {
                "tag": {"type": "string", "format": "date", "title": "Tag"},
                "art": {"type": "string", "title": "Art", "enum": ["a", "b"]},
            }
        }
    )
    return {**base, "x-rules": [{**RULE, **rule}]}


def test_a_broken_rule_is_told_at_its_field_with_figures_in_german():
    faults = form(schema()).check({"e": {"tag": "2026-11-01"}}, context())

    assert found(faults) == {"/e/tag": "frist"}
    assert faults[0].message == "Bitte melden Sie sich: Mehr als 14 Tage seit 01.11.2026 (1,5, …)."


def test_a_rule_that_holds_says_nothing():
    assert form(schema()).check({"e": {"tag": "2026-11-20"}}, context()) == []


@pytest.mark.parametrize("answers", [{}, {"e": {}}, {"e": {"tag": None}}])
def test_a_rule_waits_until_its_answers_are_there(answers):
    assert form(schema()).check(answers, context()) == []


def test_a_rule_says_nothing_about_an_answer_that_is_wrong_anyway():
    assert found(form(schema()).check({"e": {"tag": "31.2.2026"}}, context())) == {
        "/e/tag": "format"
    }


def test_a_rule_applies_only_when_its_condition_holds():
    only_b = form(schema(when="antrag.e.art == 'b'"))

    assert only_b.check({"e": {"tag": "2026-01-01", "art": "a"}}, context()) == []
    assert only_b.check({"e": {"tag": "2026-01-01"}}, context()) == []
    assert found(only_b.check({"e": {"tag": "2026-01-01", "art": "b"}}, context())) == {
        "/e/tag": "frist"
    }


def test_a_rule_may_ask_whether_an_answer_is_there():
    needs_kind = form(schema(**{"assert": "vorhanden(antrag, 'e', 'art')", "field": "/e/art"}))

    assert found(needs_kind.check({}, context())) == {"/e/art": "frist"}
    assert needs_kind.check({"e": {"art": "a"}}, context()) == []
    assert found(needs_kind.check({"e": {"art": "z"}}, context())) == {"/e/art": "choice"}


def test_a_rule_that_cannot_be_computed_does_not_hold():
    broken = form(schema(**{"assert": "antrag.e.tag == vorgang.gibt_es_nicht"}))

    assert found(broken.check({"e": {"tag": "2026-11-20"}}, context())) == {"/e/tag": "frist"}


@pytest.mark.parametrize(
    ("rule", "pointer"),
    [
        ({"assert": "1 +"}, "/x-rules/0/assert"),
        ({"assert": "antrag.e.tga == 1"}, "/x-rules/0/assert"),
        ({"when": "wert(antrag, 'e', 'tga')"}, "/x-rules/0/when"),
        ({"field": "/e/tga"}, "/x-rules/0/field"),
        ({"field": "e"}, "/x-rules/0/field"),
        ({"message": "{1 +}"}, "/x-rules/0/message"),
        ({"assertion": "1"}, "/x-rules/0/assertion"),
        ({"id": 5}, "/x-rules/0"),
    ],
)
def test_a_rule_with_a_mistake_is_refused(rule, pointer):
    assert [fault.pointer for fault in refused(schema(**rule))] == [pointer]


def test_two_rules_may_not_share_an_id():
    twice = schema()
    twice["x-rules"] *= 2

    assert [fault.code for fault in refused(twice)] == ["rule"]
