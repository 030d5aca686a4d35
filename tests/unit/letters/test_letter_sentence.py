from datetime import UTC, datetime

import pytest

from app.expressions.fault import ExpressionFault
from app.letters.sentence import compile_sentence

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def write(source, **values):
    return compile_sentence(source).write(values, NOON)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Der Zähler {antrag.nummer} gilt.", "Der Zähler 4711 gilt."),
        ("bis {antrag.ende:datum}", "bis 31.12.2032"),
        ("{antrag.stand:zahl} m³", "1.412,5 m³"),
        ("{antrag.gebuehr:euro}", "25,00 Euro"),
        ("{antrag.eigen:ja_nein}", "Ja"),
        ("{{kein Ausdruck}}", "{kein Ausdruck}"),
        ("{'a}b' + \"{c\"}", "a}b{c"),
        ("{ {'x': 'y'}['x'] }", "y"),
        ("{antrag.nummer[0:2]}", "47"),
    ],
)
def test_values_are_written_where_the_author_wants_them(source, text):
    antrag = {
        "nummer": "4711",
        "ende": "2032-12-31",
        "stand": 1412.5,
        "gebuehr": 2500,
        "eigen": True,
    }

    assert write(source, antrag=antrag) == text


def test_an_authors_line_breaks_become_spaces_and_an_applicants_stay():
    text = write("Wir meinen:\n{antrag.grund}\nDanke.", antrag={"grund": "Erstens.\nZweitens."})

    assert text == "Wir meinen: Erstens.\nZweitens. Danke."


def test_what_a_value_contains_is_never_read_as_a_place():
    assert write("{antrag.name}", antrag={"name": "{7*7} {{x}}"}) == "{7*7} {{x}}"


def test_names_are_those_of_all_places():
    assert compile_sentence("{antrag.a} {vorgang.b:datum} {heute():datum}").names == {
        "antrag",
        "vorgang",
    }


@pytest.mark.parametrize("source", ["offen {antrag", "zu }", "{}", "{a:romanisch}", "{1 +}"])
def test_a_slip_is_named_when_the_letter_is_compiled(source):
    with pytest.raises(ExpressionFault):
        compile_sentence(source)


@pytest.mark.parametrize("source", ["{antrag:datum}", "{antrag}", "{'x':euro}", "{1:ja_nein}"])
def test_a_value_that_does_not_suit_its_format_is_a_fault(source):
    with pytest.raises(ExpressionFault):
        write(source, antrag={"a": 1})
