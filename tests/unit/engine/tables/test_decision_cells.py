"""Which inputs a cell of a decision table lets pass."""

import pytest

from app.errors import Incident
from tests.unit.engine.process_builder import NOON
from tests.unit.engine.tables.test_decisions import compiled, faults, table


def passes(cell, value, others=()):
    """Tell whether a cell holds for a value; ``others`` are further cells of its column."""
    rows = [(cell, "'ja'"), *((other, "'andere'") for other in others), ("-", "'nein'")]
    found = compiled(table(*rows, inputs=("wert_x",), policy="FIRST"))["tabelle"]
    values = {"wert_x": value, "grenze": 5, "stadt": "A", "tag": "2026-11-23", "keine": None}
    values["stand"] = {"true": 7}
    return found.decide(values, NOON).results["gebuehr"] == "ja"


@pytest.mark.parametrize(
    ("cell", "inside", "outside"),
    [
        ("5", [5, 5.0], [4, 5.1]),
        ("-5", [-5], [5]),
        ("'A'", ["A"], ["a", "", "AB"]),
        ('"A"', ["A"], ["B"]),
        ('"Grün, blau?"', ["Grün, blau?"], ["Grün"]),
        ("true", [True], [False]),
        ("False", [False], [True]),
        ("null", [None], [1, "x", [], False]),
        ("grenze", [5], [6]),
        ("grenze + 1", [6], [5]),
        ("< 5", [4, 4.9, -1], [5, 6]),
        ("<= 5", [5], [5.1]),
        ("> 5", [6], [5]),
        (">= grenze", [5, 6], [4.9]),
        ("stand.true", [7], [6]),
        ("? == ?.upper()", ["A"], ["a"]),
        ("= 5", [5], [4]),
        ("== 5", [5], [4]),
        ("!= 5", [4], [5]),
        ("? = 5", [5], [4]),
        ("5 < ?", [6], [5]),
        ("grenze >= ?", [5], [6]),
        ("> 'B'", ["C", "Ba"], ["B", "A"]),
        ("in ['A', 'B']", ["A", "B"], ["C", "AB"]),
        ("not in ['A', 'B']", ["C"], ["A"]),
        ("in ('A', 'B')", ["A"], ["C"]),
        ("in 'Haus'", ["aus"], ["Maus"]),
        ("in [stadt, 'B']", ["A", "B"], ["C"]),
        ("is None", [None], [0]),
        ("is not None", [0, ""], [None]),
        ("is True", [True], [False]),
        ("[1..5]", [1, 3, 5], [0.9, 5.1]),
        ("]1..5[", [1.1, 4.9], [1, 5]),
        ("(1..5)", [1.1, 4.9], [1, 5]),
        ("[1..5[", [1], [5]),
        ("]1..5]", [5], [1]),
        ("(1..5]", [5], [1]),
        ("[1..5)", [1], [5]),
        ("[ -1.5 .. grenze ]", [-1.5, 5], [-2, 6]),
        ("['A'..'C']", ["A", "Bb", "C"], ["D"]),
        ("in [1..5]", [5], [6]),
        ("not in [1..5[", [5, 0], [1, 4]),
        ("[1..[2, 3][0]]", [1, 2], [3]),
        ('"A","B"', ["A", "B"], ["C"]),
        ("1, 2, [5..7], > 100", [1, 2, 6, 101], [3, 8, 100]),
        ('"A", null', ["A", None], ["B"]),
        ("1, 'A'", [1, "A"], [2, "B"]),
        ("1, false", [1, False], [True, 0]),
        ('not("A")', ["B", None], ["A"]),
        ('not("A", "B")', ["C"], ["A", "B"]),
        ("not([1..5], > 10)", [0, 6, 10], [1, 5, 11]),
        ("not(]1..5[)", [1, 5], [2]),
        ("not(? > 5)", [5], [6]),
        ("not(? > 5) or (? == 7)", [5, 7], [6]),
        ("? > 5 and ? != 7", [6, 8], [5, 7]),
        ("10 <= ? < 75", [10, 74], [9, 75]),
        ("grenze <= ? <= 7", [5, 7], [4, 8]),
        ("5 > ? > 1", [2], [5, 1]),
        ("?.startswith('A?')", ["A?b"], ["Ab", "A"]),
        ("'?' in ?", ["was?"], ["was"]),
        ("'A' in ?", [["A", "B"]], [["B"], []]),
        ("len(?) > 1 or len(?) == 0", [[], [1, 2]], [[1]]),
        ("any(x > 3 for x in ?)", [[1, 4]], [[1]]),
        ("min(?, default=1) == 1", [[], [1, 2]], [[2]]),
        ("<= tag", ["2026-11-23", "2026-01-01"], ["2026-11-24"]),
        ("< heute()", ["2026-11-22"], ["2026-11-23"]),
        ("heute()", ["2026-11-23"], ["2026-11-22"]),
        ("['2026-01-01'..'2026-12-31']", ["2026-06-01"], ["2027-01-01"]),
    ],
)
def test_a_cell_lets_pass_what_it_says(cell, inside, outside):
    assert [value for value in inside if not passes(cell, value)] == []
    assert [value for value in outside if passes(cell, value)] == []


@pytest.mark.parametrize("cell", ["", "-", " - ", "\n"])
def test_an_empty_cell_lets_everything_pass(cell):
    assert all(passes(cell, value) for value in (1, "x", None, [], {}))


@pytest.mark.parametrize(
    ("given", "cell", "expected"),
    [
        ("datum('2026-05-01')", "> '2026-04-30'", True),
        ("datum('2026-05-01')", "'2026-05-01'", True),
        ("datum('2026-05-01')", "['2026-05-02'..'2026-06-01']", False),
        ("datum('2026-05-01') - datum('2026-04-01')", "< tage(31)", True),
        ("Decimal('0.1') + Decimal('0.2')", "< 0.4", True),
        ("jetzt()", ">= heute()", True),
    ],
)
def test_dates_and_spans_stay_what_they_are_in_a_column(given, cell, expected):
    decision = table((cell, "True"), ("-", "False"), inputs=(given,), policy="FIRST")

    assert compiled(decision)["tabelle"].decide({}, NOON).results["gebuehr"] is expected


@pytest.mark.parametrize(
    ("cell", "code", "cure"),
    [
        ("4,5", "unclear_cell", "4.5"),
        ("< 4,5", "unclear_cell", "4, 5"),
        ("not(4,5)", "unclear_cell", "4.5"),
        ("[1,5..2]", "unclear_cell", "1.5"),
        ("['A', 'B']", "unclear_cell", '"A", "B"'),
        ("not stadt", "unclear_cell", "?"),
        ("grenze > 3", "unclear_cell", "?"),
        ("'A' or 'B'", "unclear_cell", "?"),
        ("[1..? + 1]", "unclear_cell", "[1..5]"),
        ("[5..1]", "expression", "Vertauschen"),
        ("]1..1]", "expression", "Vertauschen"),
        ("[1..'A']", "expression", "dieselbe Art"),
        ("< true", "expression", "Zahlen"),
        (">= null", "expression", "Zahlen"),
        ("'A", "expression", "Anführungszeichen"),
        ("[1..5] and 3", "expression", "lesen"),
        ("1..5..7", "expression", ""),
        ("[1..5", "expression", "lesen"),
        ("5)", "expression", "lesen"),
        (") or (True", "expression", "lesen"),
        ('"A",', "expression", "fehlt"),
        ('"A",,"B"', "expression", "fehlt"),
        ("EINGABE_ > 1", "expression", "lesen"),
        ("? is 5", "expression", ""),
        ("?._x > 1", "expression", ""),
        ("? == b'x'", "expression", ""),
        ("1j", "expression", ""),
        ("9" * 400, "expression", ""),
        ("(" * 240 + "1" + ")" * 240, "expression", ""),
    ],
)
def test_a_cell_with_two_meanings_or_none_is_refused(cell, code, cure):
    found = faults(table((cell, "1"), inputs=("x",)))

    assert set(found) == {code}
    assert cure in found[code][1]


def incident(cells, value):
    rows = [(cell, "1") for cell in cells]
    found = compiled(table(*rows, inputs=("wert_x",), policy="FIRST"))["tabelle"]
    with pytest.raises(Incident) as failed:
        found.decide({"wert_x": value, "keine": None, "grenze": 5}, NOON)
    assert str(value) not in failed.value.cause or value is None
    return failed.value


@pytest.mark.parametrize(
    ("cell", "value", "words"),
    [
        ("5", "Erika", "ein Text, verglichen wird mit einer Zahl"),
        ("'A'", 4711, "eine Zahl, verglichen wird mit einem Text"),
        ("1", True, "wahr oder falsch, verglichen wird mit einer Zahl"),
        ("true", 4711, "eine Zahl, verglichen wird mit wahr oder falsch"),
        ("'A'", ["Erika"], "eine Liste, verglichen wird mit einem Text"),
        ("not('A')", 4711, "eine Zahl"),
        ("!= 'A'", 4711, "eine Zahl"),
        ("not in ['A']", 4711, "eine Zahl"),
        ("< 10", "Erika", "ein Text"),
        ("[1..5]", "Erika", "ein Text"),
        ("grenze", "Erika", "ein Text"),
        ("< grenze", "Erika", "ein Text"),
        ("< keine", 4711, "Vergleichswert fehlt"),
        ("? < 10", "Erika", "ein Text"),
        ("? < 10 and ?", "Erika", "vergleichen"),
        ("? + 1", 4711, "weder wahr noch falsch"),
        ("< heute()", "Erika", "vergleichen"),
    ],
)
def test_comparing_what_cannot_be_compared_stops_and_tells_no_value(cell, value, words):
    failed = incident([cell], value)

    assert failed.element == "r0"
    assert failed.cause.startswith("Zeile 1, Spalte „wert_x“: ")
    assert words in failed.cause


@pytest.mark.parametrize("cell", ["< 10", "[1..5]", "not([1..5])", "< grenze", "10 <= ? < 75"])
def test_no_value_is_neither_more_nor_less_unless_the_column_knows_it(cell):
    assert "null" in incident([cell], None).cause
    assert not passes(cell, None, others=["null"])


def test_no_value_in_a_condition_is_told():
    assert "keinen Wert" in incident(["? < 10 and ? > 2"], None).cause


def test_no_value_equals_nothing_but_null():
    assert not passes("'A'", None)
    assert not passes("grenze", None)
    assert passes("!= 'A'", None)
    assert passes("keine", None)
    assert not passes("keine", 5)


def test_a_column_may_mix_kinds_of_values():
    assert not passes("< 10", "unbekannt", others=["'unbekannt'"])
    assert not passes("'unbekannt'", 5, others=["< 10"])
    assert not passes("grenze", "unbekannt", others=["'unbekannt'"])
