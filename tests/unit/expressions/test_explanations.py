"""What people know from other languages is explained: where it stands and what to write."""

import re
from pathlib import Path

import pytest

import app
from app.expressions.expression import compile_expression
from app.expressions.fault import ExpressionFault
from app.expressions.source_text import read_source
from tests.support.watched import seconds
from tests.unit.expressions.messages import assert_kind

A_LONG_NUMBER = "9" * 160
MOST_SECONDS = 2.0


@pytest.mark.parametrize(
    ("source", "column", "cure"),
    [
        # comparing and joining
        ("a = 5", 1, "„==“"),
        ("a.b = 'x'", 1, "„==“"),
        ("a and b = 5", 9, "„==“"),
        ("a === b", 3, "„==“"),
        ("a !== b", 3, "„!=“"),
        ("a <> b", 3, "„!=“"),
        ("a =< b", 3, "„<=“"),
        ("a ≤ 5", 3, "„<=“"),
        ("a ≥ 5", 3, "„>=“"),
        ("a ≠ 5", 3, "„!=“"),
        ("a && b", 3, "„and“"),
        ("a || b", 3, "„or“"),
        ("!a", 1, "„not“"),
        ("a & b", 1, "„and“"),
        ("a | b", 1, "„or“"),
        ("~a", 1, "„not“"),
        ("a AND b", 3, "„and“"),
        ("a und b", 3, "„and“"),
        ("a ODER b", 3, "„or“"),
        ("nicht a", 1, "„not“"),
        ("a ist gleich 5", 3, "„==“"),
        ("a größer als 5", 3, "„>“"),
        ("a is 5", 1, "„==“"),
        ("a is not 5", 1, "„!=“"),
        ("(x := 5)", 2, "„==“"),
        ("x := 5", 3, "„==“"),
        # truth and emptiness
        ("a == true", 6, "„True“"),
        ("a == false", 6, "„False“"),
        ("a == TRUE", 6, "„True“"),
        ("a is null", 6, "„None“"),
        ("a == nil", 6, "„None“"),
        ("a?.b", 2, "wert(antrag, 'feld')"),
        ("a ?? 5", 3, "vorhanden(antrag, 'feld')"),
        ("a instance of number", 3, "vorhanden(antrag, 'feld')"),
        ("typeof a == 'x'", 1, "vorhanden(antrag, 'feld')"),
        ("isinstance(a, str)", 1, "vorhanden(antrag, 'feld')"),
        # ranges, choices, loops
        ("x between 1 and 5", 3, "„1 <= zahl <= 5“"),
        ("x in [1..5]", 8, "„1 <= zahl <= 5“"),
        ("x in ]1..5[", 8, "„1 <= zahl <= 5“"),
        ("if a > 1 then 'b' else 'c'", 10, "„'A' if bedingung else 'B'“"),
        ("if(a, b, c)", 1, "„'A' if bedingung else 'B'“"),
        ("a ? b : c", 3, "„'A' if bedingung else 'B'“"),
        ("wenn a dann b sonst c", 1, "„'A' if bedingung else 'B'“"),
        ("WENN(a, b, c)", 1, "„'A' if bedingung else 'B'“"),
        ("1 if a", 1, "„'A' if bedingung else 'B'“"),
        ("if a: b", 1, "„'A' if bedingung else 'B'“"),
        ("some x in liste satisfies x > 1", 1, "any("),
        ("every x in liste satisfies x > 1", 1, "all("),
        ("for x in liste return x + 1", 1, "[x.name for x in liste]"),
        ("for x in y: z", 1, "[x.name for x in liste]"),
        ("x => x.a", 3, "[x.name for x in liste]"),
        ("lambda x: x", 1, "[x.name for x in liste]"),
        ("[x for a in b for c in d for e in f]", 1, "Teilen Sie"),
        ("x[::2]", 1, "liste[0:3]"),
        # dates and numbers
        ('date("2026-01-01")', 1, "datum('2026-01-31')"),
        ('@"2026-01-01"', 1, "datum('2026-01-31')"),
        ("antrag.tag < 2026-10-31", 14, "datum('2026-01-31')"),
        ("antrag.tag < 31.12.2026", 14, "datum('2026-01-31')"),
        ("new Date()", 1, "datum('2026-01-31')"),
        ("today()", 1, "heute()"),
        ("heute() + 14 Tage", 12, "tage(14)"),
        ("heute() + 6 Monate", 11, "monate(heute(), 6)"),
        ('duration("P1D")', 1, "tage(14)"),
        ("1,5 > x", 1, "„1.5“"),
        ("x > 1,5", 1, "„1.5“"),
        ("x > 1,05", 5, "„1.5“"),
        ("(x > 1,5)", 1, "„1.5“"),
        ("x == 1.000,00", 1, "„1.5“"),
        ("x > 10.000", 5, "Tausenderpunkt"),
        ("x > 1.000.000", 5, "Tausenderpunkt"),
        ("5 €", 3, "ohne „€“"),
        ("preis * 19 %", 9, "„0.19“"),
        ("plz == 01067", 8, "„'01067'“"),
        ("nr == 12a", 7, "„'12a'“"),
        (A_LONG_NUMBER, 1, "„'4711'“"),
        ("1if a else 2", 1, "Leerzeichen"),
        # wrappers and marks
        ("${antrag.a}", 1, "ohne „${…}“"),
        ("#{antrag.a}", 1, "ohne „#{…}“"),
        ("a > #{b}", 5, "ohne „#{…}“"),
        ("{{antrag.a}}", 1, "ohne „{{…}}“"),
        ("=antrag.a > 5", 1, "ohne „=“"),
        ("$antrag.a > 5", 1, "ohne „$“"),
        ("`a` == 1", 1, "„'Text'“"),
        ("name == „Müller“", 9, "„'Text'“"),
        ("name == “Müller”", 9, "„'Text'“"),
        ("name == ‚Müller‘", 9, "„'Text'“"),
        ("a\u00a0> 5", 2, "Leerzeichen"),
        ("a\u200b > 5", 2, "Leerzeichen"),
        ("a × b", 3, "„*“"),
        ("a – b", 3, "„-“"),
        ("a ÷ b", 3, "„/“"),
        ("b'x'", 1, "„'Text'“"),
        (r"'C:\q'", 4, r"„\\“"),
        ("f'{a!r}'", 1, "„{betrag:.2f}“"),
        ("f'{a:>5}'", 1, "„:.2f“"),
        ("round(a; 2)", 8, "Komma"),
        ("? > 5", 1, "Entscheidungstabellen"),
        ("/* a */ b", 1, "„#“"),
        # functions
        ("string length(x)", 1, "len(text)"),
        ("upper case(x)", 1, "text.upper()"),
        ("list contains(a, b)", 1, "'A' in liste"),
        ("contains(a, 'b')", 1, "'Teil' in text"),
        ("a like 'b'", 3, "'Teil' in text"),
        ("upper(x)", 1, "wert.upper"),
        ("x.len()", 3, "len("),
        ("x.length()", 3, "len(text)"),
        ("x.toUpperCase()", 3, "text.upper()"),
        ("'{}'.format(a)", 6, "f'{wert:.2f}'"),
        ('execution.getVariable("x")', 11, "antrag.feld"),
        ("SUMME(a)", 1, "sum(liste)"),
        ("lenn(a)", 1, "Meinen Sie „len“"),
        ("Heute()", 1, "Meinen Sie „heute“"),
        ("werktag(a, 1)", 1, "Meinen Sie „werktage“"),
        ("x.startwith('a')", 3, "Meinen Sie „startswith“"),
        ("xyxyxy(a)", 1, "„heute()“"),
        ("sorted(a, key=b)", 1, "„round(betrag, 2)“"),
        ("f(x)(y)", 1, "„round(betrag, 2)“"),
        ("len(*a)", 5, "„a + b“"),
        ("[*a, *b]", 2, "„a + b“"),
        ("{**a}", 1, "„a.feld = wert“"),
        ("{1, 2}", 1, "„['A', 'B']“"),
        ("liste.append(5)", 7, "liste = liste + [wert]"),
        # statements
        ("import os", 1, "„heute()“"),
        ("def f(): pass", 1, "Rechnung"),
        ("while True: pass", 1, "range(10)"),
        ("with a: pass", 1, "„name = wert“"),
        ("class A: pass", 1, "{'name': 'wert'}"),
        ("try: a", 1, "vorhanden(antrag, 'feld')"),
        ("del a", 1, "„name = None“"),
        ("return a", 1, "„ergebnis = wert“"),
        ("a += 1", 1, "„zahl + 1“"),
        ("assert a", 1, "„if …:“"),
        ("pass", 1, "„True“"),
        ("# nur eine Anmerkung", 1, "antrag.feld == 'ja'"),
        ("a\nb", 1, "im Skript"),
        ("await x", 1, "Zeitereignis"),
        # slips
        ("(a + b", 1, "„)“"),
        ("a + b)", 6, "löschen"),
        ("[1, 2)", 6, "„]“"),
        ("a == 'x", 6, "„'Text'“"),
        ("a ==", 3, "Nach „==“ fehlt ein Wert"),
        ("a and", 3, "Nach „and“ fehlt ein Wert"),
        ("> 5", 1, "Vor „>“ fehlt ein Wert"),
        ("a + * b", 3, "fehlt ein Wert"),
        ("antrag flaeche > 5", 1, "Leerzeichen"),
        ("max(1 2)", 5, "„+“"),
        ("...", 1, "„...“"),
        ("1j", 1, "„1.5“"),
        ("a.__class__", 1, "benennen"),
        ("_x", 1, "anderen Namen"),
        ("[x for x.y in a]", 8, "for x in liste"),
        ("[" * 60 + "]" * 60, 51, "Schritte"),
        ("a \ud800", 3, "ungültiges Zeichen"),
        ("'\x00'", 2, "ungültiges Zeichen"),
    ],
)
def test_a_habit_is_explained_with_its_place_and_the_cure(source, column, cure):
    with pytest.raises(ExpressionFault) as fault:
        compile_expression(source)

    assert cure in fault.value.message
    assert (fault.value.column, fault.value.line) == (column, 1), fault.value.message
    assert_kind(fault.value.message)


@pytest.mark.parametrize(
    "source",
    [
        "antrag.true == 'und oder nicht'",
        "unbekannt > 5",
        "text == '${a} && #{b} „ja“ 2026-01-31 10.000 1,5'",
        "a == '10.000' # && ||",
        "(1, 2)",
        "[1,5]",
        "max(1,5)",
        "x > 1.125",
        "x == 10.5",
        r"r'\d' + '\n' + '\\'",
        "antrag.straße == 'Größe'",
        "f'{a:.2f} €'",
        "'a' if b else 'c'",
        "1 <= x <= 5",
        "a.between + a.some + a.ist",
    ],
)
def test_what_only_looks_like_a_habit_is_read(source):
    compile_expression(source)


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        ("a and\nb.append(1)", 2, 3),
        ("a and # Anmerkung\n  b == c.append(1)", 2, 10),
        ("\n\n  a && b", 3, 5),
        ("'ä' == x.append(1)", 1, 10),
        ("'größer' == 'ü' and\n'ö' == straße.append(1)", 2, 15),
        ("a\r\n and b.append(1)", 2, 8),
        ("(a and\n 'x\ny' == b.append(1))", 3, 9),
    ],
)
def test_a_place_is_counted_in_characters_of_the_source_as_written(source, line, column):
    with pytest.raises(ExpressionFault) as fault:
        compile_expression(source)

    assert (fault.value.line, fault.value.column) == (line, column)
    assert fault.value.where == (
        f"Zeile {line}, Stelle {column}" if line > 1 else f"Stelle {column}"
    )


def test_an_unknown_place_is_not_told():
    assert ExpressionFault("Etwas fehlt.").where == ""


def test_a_comment_ends_with_its_line(evaluate):
    assert evaluate("1 + # eins\n 2") == 3


def test_a_fault_inside_a_function_has_a_place(evaluate):
    with pytest.raises(ExpressionFault) as fault:
        evaluate("1 + jahr('morgen')")

    assert fault.value.where == "Stelle 5"


def test_a_fault_inside_arithmetic_has_a_place(evaluate):
    with pytest.raises(ExpressionFault) as fault:
        evaluate("[1, 2 ** 100]")

    assert fault.value.where == "Stelle 5"


@pytest.mark.parametrize(
    "source",
    [
        "'a'",
        '"a"',
        "'''a'''",
        '"a\'b"',
        "'a\"b'",
        r"'a\'b'",
        "''",
        "'' + \"\"",
        "'''a''b'''",
        "'a\nb'",
    ],
)
def test_a_quote_that_is_closed_is_never_called_open(source):
    read = read_source(source, is_script=False)

    assert read.open_quote == -1
    assert len(read.code) == len(source)


@pytest.mark.parametrize(
    ("source", "index"),
    [("'a", 0), ("\"a'", 0), ("'''a''", 0), (r"'a\'", 0), ("'a' + \"", 6), ("'a' + 'b", 6)],
)
def test_a_quote_that_is_open_is_found(source, index):
    assert read_source(source, is_script=False).open_quote == index


@pytest.mark.parametrize("opening", ["'", '"', "'''"])
@pytest.mark.parametrize("piece", [r"\'", "'", "''", "x", "''\\", '"', "\\\n", "'\""])
def test_reading_quotes_takes_time_in_proportion(opening, piece):
    source = opening + piece * 100_000

    # a quadratic one takes minutes
    assert seconds(lambda: read_source(source, is_script=False), MOST_SECONDS) <= MOST_SECONDS


def test_no_pattern_of_ours_is_possessive():
    """Debian's Python 3.11.2 misreads what follows a repeated group with ``*+``."""
    possessive = re.compile(r"""[)\]][*+?]\+|\}\+[)?\\"'|(]|\(\?>""")
    found = [
        (path.name, piece)
        for path in sorted(Path(app.__file__).parent.rglob("*.py"))
        for piece in possessive.findall(path.read_text(encoding="utf-8"))
    ]

    assert found == []
