"""Scripts explain what they do not know, line by line."""

import pytest

from app.expressions import foreign_names, notations, refusals
from app.expressions.expression import compile_expression
from app.expressions.fault import ExpressionFault
from app.expressions.script import compile_script
from tests.unit.expressions.messages import assert_kind


@pytest.mark.parametrize(
    ("source", "line", "column", "cure"),
    [
        ("import os", 1, 1, "„heute()“"),
        ("from os import path", 1, 1, "„heute()“"),
        ("a, b = 1, 2", 1, 8, "„1.5“"),
        ("a, b = c", 1, 1, "„name = wert“"),
        ("a = b = 1", 1, 1, "„name = wert“"),
        ("x = 1,5", 1, 5, "„1.5“"),
        ("x = true", 1, 5, "„True“"),
        ("a = 1\nx++", 2, 2, "„zahl += 1“"),
        ("a = 1\nliste.append(5)", 2, 7, "„liste = liste + [wert]“"),
        ("liste.extend(b)", 1, 7, "„liste = liste + andere“"),
        ("liste.remove(5)", 1, 7, "[x for x in liste if x != wert]"),
        ("antrag.update(b)", 1, 8, "„objekt.feld = wert“"),
        ('execution.setVariable("a", 5)', 1, 11, "„name = wert“"),
        ("print(x)", 1, 1, "„ergebnis = wert“"),
        ("1 + 1", 1, 1, "„ergebnis = wert“"),
        ("a == 5", 1, 1, "„ergebnis = wert“"),
        ("a.get('x').y = 1", 1, 1, "„ergebnis = wert“"),
        ("5 = a", 1, 1, "„ergebnis = wert“"),
        ("len(a) = 3", 1, 1, "„ergebnis = wert“"),
        ("len = 1", 1, 1, "anderen Namen"),
        ("_x = 1", 1, 1, "anderen Namen"),
        ("if a\n    b = 1", 1, 1, "„if …:“"),
        ("if a:\nb = 1", 2, 1, "eingerückt"),
        ("a = 1\n  b = 2", 2, 2, "eingerückt"),
        ("for x in y\n    z = 1", 1, 1, "„for …:“"),
        ("if a:\n    b = 1\nelse if c:\n    b = 2", 3, 1, "„elif …:“"),
        ("if a:\n    b = 1\nelse\n    b = 2", 3, 1, "„else …:“"),
        ("while a:\n    b = 1", 1, 1, "„for i in range(10):“"),
        ("def f(x):\n    return x", 1, 1, "Rechnung"),
        ("class A:\n    x = 1", 1, 1, "„{'name': 'wert'}“"),
        ("with a as b:\n    pass", 1, 1, "„name = wert“"),
        ("try:\n    a = 1\nexcept:\n    b = 1", 1, 1, "vorhanden(antrag, 'feld')"),
        ("match a:\n    case 1:\n        b = 1", 1, 1, "„elif …:“"),
        ("a = 1\ndel a", 2, 1, "„name = None“"),
        ("return a", 1, 1, "„ergebnis = wert“"),
        ("x: int = 1", 1, 1, "„name = wert“"),
        ("let x = 5", 1, 1, "„name = wert“"),
        ("for x in y:\n    break", 2, 5, "„if …:“"),
        ("for x in y:\n    a = x\nelse:\n    a = 1", 1, 1, "hinter die Schleife"),
        ("for _ in range(3):\n    a = 1", 1, 5, "anderen Namen"),
        ("a = 1\nb = c && d", 2, 7, "„and“"),
        ("  a = 1\n  b = c && d", 2, 9, "„and“"),
        ("\n\n   a = ä.append(1)", 3, 10, "„liste = liste + [wert]“"),
        ("a = 'ä'\nb = 'ö' + x.append(1)", 2, 13, "„liste = liste + [wert]“"),
        ("a = [1,2\nb = 3", 1, 5, "„]“"),
        ("a = 'x\nb = 3", 1, 5, "„'Text'“"),
        ("x =", 1, 3, "Nach „=“ fehlt ein Wert"),
        ("a = 1 if b", 1, 1, "„'A' if bedingung else 'B'“"),
        ("a = b ? c : d", 1, 7, "„'A' if bedingung else 'B'“"),
        ("// Anmerkung\na = 1", 1, 1, "„#“"),
        ("#{a}", 1, 1, "ohne „#{…}“"),
        ("a = (x := 5)", 1, 6, "„name = wert“"),
        ("assert a", 1, 1, "„if …:“"),
        ("raise x", 1, 1, "im Prozess"),
        ("global a", 1, 1, "„name = wert“"),
        ("a = await b", 1, 5, "Zeitereignis"),
    ],
)
def test_a_habit_is_explained_with_its_place_and_the_cure(source, line, column, cure):
    with pytest.raises(ExpressionFault) as fault:
        compile_script(source)

    assert cure in fault.value.message
    assert (fault.value.line, fault.value.column) == (line, column), fault.value.message
    assert_kind(fault.value.message)


def test_a_fault_at_run_time_names_its_line(now):
    with pytest.raises(ExpressionFault) as fault:
        compile_script("a = 1\nif a:\n    b = c.d").run({}, now)

    assert fault.value.where == "Zeile 3, Stelle 9"


CURES = sorted(
    {
        *foreign_names._FUNCTIONS_ELSEWHERE.values(),
        *foreign_names._METHODS_ELSEWHERE.values(),
        *foreign_names._WORDS_ELSEWHERE.values(),
    }
)


@pytest.mark.parametrize("cure", CURES)
def test_what_we_recommend_can_be_written(cure):
    try:
        compile_expression(cure)
    except ExpressionFault:
        compile_script(cure)


MESSAGES = [
    *refusals._REFUSALS.values(),
    *refusals._CONSTANTS.values(),
    *(message for _, message in (*notations.MISLEADING, *notations.UNREADABLE)),
]


@pytest.mark.parametrize("message", MESSAGES)
def test_every_explanation_is_german_and_kind(message):
    assert_kind(message.replace(notations.FOUND, "und"))
