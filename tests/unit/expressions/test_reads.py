"""What a source reads and sets is known before it runs, completely and exactly."""

import symtable
from copy import deepcopy
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings

from app.expressions.expression import compile_expression
from app.expressions.fault import ExpressionFault
from app.expressions.functions import FUNCTIONS
from app.expressions.script import compile_script
from tests.unit.expressions.grammar import VALUES, expressions, scripts

NOW = datetime(2026, 11, 22, tzinfo=UTC)
THOROUGH = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.data_too_large]
)


@pytest.mark.parametrize(
    ("source", "paths"),
    [
        ("antrag", {"antrag"}),
        ("antrag.flaeche > 5", {"antrag.flaeche"}),
        ("antrag['flaeche'] + antrag.a.b", {"antrag.flaeche", "antrag.a.b"}),
        ("antrag.liste[0].name", {"antrag.liste"}),
        ("antrag.liste[1:n.m]", {"antrag.liste", "n.m"}),
        ("antrag[art.wahl].x", {"antrag", "art.wahl"}),
        ("antrag['a.b'].c", {"antrag"}),
        ("antrag.name.upper()", {"antrag.name"}),
        ("antrag.items()", {"antrag"}),
        ("antrag.get('x')", {"antrag.x"}),
        ("antrag.a.get('x', n.y).z", {"antrag.a.x.z", "n.y"}),
        ("antrag.get(k)", {"antrag", "k"}),
        ("wert(antrag, 'a', 'b')", {"antrag.a.b"}),
        ("wert(antrag.a, k, 'b')", {"antrag.a", "k"}),
        ("vorhanden(antrag.a.b)", {"antrag.a.b"}),
        ("wert(antrag.liste[0], 'b')", {"antrag.liste"}),
        ("wert([a.b][0], 'b')", {"a.b"}),
        ("{'k': a.b}.k", {"a.b"}),
        ("(a.b + c.d).e", {"a.b", "c.d"}),
        ("[p.alter + grenze.x for p in antrag.personen if len(p.n)]",
         {"antrag.personen", "grenze.x"}),
        ("[x for x in x.y]", {"x.y"}),
        ("[x.a for x in l] + [x.b]", {"l", "x.b"}),
        ("[j for i in a.b for j in i.c]", {"a.b"}),
        ("{k: v + w for k, v in a.items()}", {"a", "w"}),
        ("f'{antrag.name:.2f}'", {"antrag.name"}),
        ("sorted(a.l, reverse=b.r)", {"a.l", "b.r"}),
        ("heute() > len('x')", set()),
        ("len + heute", {"len", "heute"}),
        ("a and a.b", {"a", "a.b"}),
    ],
)  # fmt: skip
def test_paths_are_the_longest_constant_ways_into_data(source, paths):
    expression = compile_expression(source)

    assert expression.paths == paths
    assert expression.names == {path.split(".")[0] for path in paths}


@pytest.mark.parametrize(
    ("source", "asked"),
    [
        ("antrag.a", set()),
        ("antrag.get('a')", {"antrag.a"}),
        ("wert(antrag, 'a') == antrag.b", {"antrag.a"}),
        ("vorhanden(antrag, 'a') and antrag.a", set()),
        ("vorhanden(pruefung)", {"pruefung"}),
        ("antrag.get('a').b", set()),
        ("antrag.a.upper()", set()),
    ],
)
def test_paths_that_are_only_asked_for_may_be_missing(source, asked):
    assert compile_expression(source).asked == asked


@pytest.mark.parametrize(
    ("source", "names", "assigns", "paths"),
    [
        ("b = antrag.x\nc = b + d", {"antrag", "d"}, {"b", "c"}, {"antrag.x", "d"}),
        ("b += 1", {"b"}, {"b"}, {"b"}),
        ("b = 1\nb += b", set(), {"b"}, set()),
        ("h.i = 1", {"h"}, {"h"}, {"h"}),
        ("h.i.j += 1", {"h"}, {"h"}, {"h.i.j", "h.i"}),
        ("h[k.x].j = 1", {"h", "k"}, {"h"}, {"h", "k.x"}),
        ("h = {}\nh.i = h.j", set(), {"h"}, set()),
        ("if a:\n    b = 1\nc = b", {"a", "b"}, {"b", "c"}, {"a", "b"}),
        ("if a:\n    b = 1\nelse:\n    b = 2\nc = b", {"a"}, {"b", "c"}, {"a"}),
        ("if a:\n    b = 1\nelif d:\n    b = 2\nc = b", {"a", "d", "b"}, {"b", "c"},
         {"a", "d", "b"}),
        ("for e in f.g:\n    b = e.x\nc = b", {"f", "b"}, {"b", "c"}, {"f.g", "b"}),
        ("for e in f:\n    c = e\nd = e", {"f", "e"}, {"c", "d"}, {"f", "e"}),
        ("for e in f:\n    s += e", {"f", "s"}, {"s"}, {"f", "s"}),
        ("for a, b in f:\n    c = a + b + z", {"f", "z"}, {"c"}, {"f", "z"}),
        ("x = [e.y for e in l]\ny = e", {"l", "e"}, {"x", "y"}, {"l", "e"}),
        ("x = [x for x in y]", {"y"}, {"x"}, {"y"}),
        ("pass", set(), set(), set()),
    ],
)  # fmt: skip
def test_a_script_knows_what_it_reads_and_sets(source, names, assigns, paths):
    script = compile_script(source)

    assert (script.names, script.assigns, script.paths) == (names, assigns, paths)


def names_by_python(source):
    """Free names as Python's own compiler sees them; nothing is executed."""
    found = set()

    def look(table, is_top):
        for symbol in table.get_symbols():
            if symbol.is_referenced() and (is_top or symbol.is_global()):
                found.add(symbol.get_name())
        for child in table.get_children():
            look(child, False)

    look(symtable.symtable(source, "<test>", "eval"), True)
    return found - FUNCTIONS.keys()


@THOROUGH
@given(expressions)
def test_names_are_those_python_finds(source):
    try:
        expression = compile_expression(source)
    except ExpressionFault:
        return
    assert expression.names == names_by_python(source)


def outcome(run):
    try:
        return run()
    except ExpressionFault as fault:
        return fault.message


def cut(values, paths):
    """Leave of ``values`` only what the paths lead to."""
    kept = {}
    for path in paths:
        fields, source, into = path.split("."), values, kept
        for field in fields[:-1]:
            source = source.get(field, {}) if isinstance(source, dict) else source
            if not isinstance(source, dict):
                break
            into = into.setdefault(field, {})
        else:
            if isinstance(source, dict) and fields[-1] in source:
                into[fields[-1]] = deepcopy(source[fields[-1]])
                continue
        if fields[0] in values:
            kept[fields[0]] = deepcopy(values[fields[0]])
    return kept


@THOROUGH
@given(expressions)
def test_nothing_but_the_paths_is_read(source):
    try:
        expression = compile_expression(source)
    except ExpressionFault:
        return
    rest = cut(VALUES, sorted(expression.paths, reverse=True))
    assert outcome(lambda: expression.evaluate(rest, NOW)) == outcome(
        lambda: expression.evaluate(VALUES, NOW)
    )


@THOROUGH
@given(scripts)
def test_a_script_reads_its_names_and_sets_what_it_says(pair):
    try:
        script = compile_script(pair[0])
    except ExpressionFault:
        return
    whole = outcome(lambda: script.run(VALUES, NOW))
    rest = {name: VALUES[name] for name in script.names if name in VALUES}

    assert outcome(lambda: script.run(rest, NOW)) == whole
    assert isinstance(whole, str) or set(whole) <= script.assigns
