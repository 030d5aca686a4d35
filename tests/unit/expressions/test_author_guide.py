"""The guide for authors is right: every example gives what it says, and nothing is left out."""

import ast
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.expressions import limits
from app.expressions.expression import compile_expression
from app.expressions.fault import ExpressionFault
from app.expressions.functions import FUNCTIONS
from app.expressions.methods import METHODS
from app.expressions.script import compile_script

GUIDE = Path(__file__).parents[3].joinpath("docs", "ausdruecke.md").read_text()
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
VALUES = json.loads(re.search(r"```json\n(.*?)```", GUIDE, re.DOTALL)[1])
SCRIPT = re.search(r"```python\n(.*?)```", GUIDE, re.DOTALL)[1]
EXAMPLES, _, HABITS = GUIDE.partition("## Was anderswo anders heißt")
_ROW = re.compile(r"^\| `([^`]+)` \| `([^`]+)` \|$", re.MULTILINE)


@pytest.mark.parametrize(("source", "result"), _ROW.findall(EXAMPLES))
def test_an_example_gives_what_the_guide_says(source, result):
    assert compile_expression(source).evaluate(VALUES, NOW) == ast.literal_eval(result)


@pytest.mark.parametrize(("habit", "here"), _ROW.findall(HABITS))
def test_a_habit_is_refused_and_its_translation_is_not(habit, here):
    with pytest.raises(ExpressionFault):
        compile_expression(habit)
    compile_expression(here)


def test_the_script_runs():
    changes = compile_script(SCRIPT).run(VALUES, NOW)

    assert changes == {
        "summe": 15,
        "ergebnis": {"summe": 15, "stufe": "voll"},
        "liste": [1, 15],
    }


METHOD_NAMES = {name for methods in METHODS.values() for name in methods}


@pytest.mark.parametrize("name", sorted(FUNCTIONS.keys() | METHOD_NAMES))
def test_the_guide_names_every_function(name):
    assert re.search(rf"(?<!\w){name}\(", EXAMPLES)


@pytest.mark.parametrize(
    "number",
    [
        limits.MAX_SOURCE_CHARS,
        limits.MAX_NODES,
        limits.MAX_DEPTH,
        limits.MAX_STEPS,
        limits.MAX_LENGTH,
        limits.MAX_EXPONENT,
    ],
)
def test_the_guide_tells_the_limits(number):
    assert re.search(rf"\b{number}\b", HABITS)
