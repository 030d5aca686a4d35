import ast
from pathlib import Path

import pytest

import app.engine
from app.engine.importing.placeholders import FILLS
from app.engine.importing.verdict import BLOCKING

ENGINE = Path(app.engine.__file__).parent
#: these speak about decision tables, the data of cases, or about trying a model
ABOUT_MODELS = ("modelling/*.py", "runtime/*.py", "compiler.py")


def codes(path):
    """Second arguments of all faults that a module makes."""
    for call in ast.walk(ast.parse(path.read_text())):
        name = getattr(getattr(call, "func", None), "id", "")
        if isinstance(call, ast.Call) and name in {"FieldFault", "_fault", "_invalid", "_refused"}:
            texts = [one.value for one in call.args if isinstance(one, ast.Constant)]
            yield from (text for text in texts[:2] if isinstance(text, str) and _is_code(text))


def _is_code(text):
    return text.isidentifier() and text.islower()


def modules():
    return [path for pattern in ABOUT_MODELS for path in sorted(ENGINE.glob(pattern))]


def test_every_code_of_the_engine_is_either_a_question_or_a_reason_to_stop():
    found = {code for path in modules() for code in codes(path)}

    assert len(found) > 50
    assert found - FILLS.keys() - BLOCKING == set()


def test_every_question_that_is_asked_while_rewriting_has_a_placeholder():
    asked = set()
    for path in (ENGINE / "importing").glob("*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "ask":
                asked.add(call.args[2 if len(call.args) > 3 else 1].value)

    assert len(asked) > 8
    assert asked - FILLS.keys() - BLOCKING == set()


@pytest.mark.parametrize("code", sorted(FILLS))
def test_no_code_is_both(code):
    assert code not in BLOCKING
