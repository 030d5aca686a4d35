from copy import deepcopy
from datetime import UTC, datetime

import pytest

from app.expressions.fault import ExpressionFault
from app.expressions.script import compile_script

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
VALUES = {"a": {"x": 1, "tief": {"y": 1}}, "liste": [{"n": 1}, {"n": 2}], "zahl": 5}


def run(source, values=VALUES):
    before = deepcopy(values)
    result = compile_script(source).run(values, NOW)
    assert values == before, "a script must never change what it is given"
    return result


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("b = zahl + 1", {"b": 6}),
        ("zahl += 1", {"zahl": 6}),
        ("a.x = 2", {"a": {"x": 2, "tief": {"y": 1}}}),
        ("a['tief']['z'] = [1]", {"a": {"x": 1, "tief": {"y": 1, "z": [1]}}}),
        ("a.tief.y += 4", {"a": {"x": 1, "tief": {"y": 5}}}),
        ("liste[1].n = 9", {"liste": [{"n": 1}, {"n": 9}]}),
        ("s = 0\nfor e in liste:\n    s += e.n", {"s": 3}),
        ("if zahl > 3:\n    g = 'ja'\nelse:\n    g = 'nein'", {"g": "ja"}),
        ("  # Kommentar\n  b = 1  # noch einer\n  c = 2", {"b": 1, "c": 2}),
        ("d = heute()", {"d": "2026-11-22"}),
        ("pass", {}),
        ("for k, v in a.tief.items():\n    m = v", {"m": 1}),
    ],
)
def test_a_script_gives_the_new_values_of_names(source, expected):
    assert run(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        # two names of one object stay two values
        ("b = a\nb.x = 2", {"b": {"x": 2, "tief": {"y": 1}}}),
        ("a.x = 2\nb = a\na.x = 3", {"a": {"x": 3, "tief": {"y": 1}},
                                     "b": {"x": 2, "tief": {"y": 1}}}),
        ("c = {}\nc.t = a.tief\nc.t.y = 7", {"c": {"t": {"y": 7}}}),
        ("c = {}\nt = {'y': 1}\nc.t = t\nc.t.y = 7", {"c": {"t": {"y": 7}}, "t": {"y": 1}}),
        # the variable of a loop is a copy each time
        ("for e in liste:\n    e.n = 7\nr = liste", {"r": [{"n": 1}, {"n": 2}]}),
    ],
)  # fmt: skip
def test_values_never_change_behind_a_name(source, expected):
    assert {name: value for name, value in run(source).items() if name != "e"} == expected


def test_results_share_nothing_with_each_other():
    result = run("b = a\nc = a")

    result["b"]["x"] = 99

    assert result["c"]["x"] == 1


def test_names_and_assigned_names_are_known():
    script = compile_script("b = antrag.x\nc = b + d\nfor e in f:\n    g = e\nh.i = 1")

    assert script.names == {"antrag", "d", "f", "h"}
    assert script.assigns == {"b", "c", "g", "h"}


@pytest.mark.parametrize(
    "source",
    [
        "",
        "import os",
        "def f(): pass",
        "while True: pass",
        "del a",
        "a, b = 1, 2",
        "a = b = 1",
        "print(1)",
        "1 + 1",
        "len = 1",
        "_x = 1",
        "a.__dict__ = 1",
        "a.get('x').y = 1",
        "try:\n    pass\nexcept E:\n    pass",
        "with a: pass",
        "global a",
        "for x in y:\n    pass\nelse:\n    pass",
        "class A: pass",
        "x: int = 1",
        "assert x",
        "return 1",
    ],
)
def test_other_statements_are_refused(source):
    with pytest.raises(ExpressionFault):
        compile_script(source)


@pytest.mark.parametrize("source", ["neu.x = 1", "a.fehlt.y = 1", "liste[9] = 1", "zahl.x = 1"])
def test_only_what_is_there_can_be_set(source):
    with pytest.raises(ExpressionFault):
        run(source)
