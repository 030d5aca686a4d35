"""The language means what Python means, wherever it gives a result at all."""

import contextlib
import warnings
from copy import deepcopy
from datetime import UTC, datetime
from decimal import Decimal
from itertools import starmap

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.expressions.expression import compile_expression
from app.expressions.fault import ExpressionFault
from app.expressions.script import compile_script
from tests.unit.expressions.grammar import VALUES, copied, expressions, scripts, with_fields

NOW = datetime(2026, 11, 22, tzinfo=UTC)
THOROUGH = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.data_too_large]
)
BUILTINS = {
    "range": lambda *bounds: list(range(*bounds)),
    "enumerate": lambda row: list(enumerate(row)),
    "zip": lambda *rows: list(zip(*rows, strict=False)),
    "Decimal": lambda value: Decimal(str(value)),
    "copied": copied,
}


def plain(value):
    """What a Python value is in JSON."""
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def same(ours, theirs):
    if type(ours) is not type(theirs):
        return False
    if isinstance(ours, list):
        return len(ours) == len(theirs) and all(starmap(same, zip(ours, theirs, strict=True)))
    if isinstance(ours, dict):
        return list(ours) == list(theirs) and all(same(ours[key], theirs[key]) for key in ours)
    return ours == theirs


def python(source):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about odd sources such as ``0[a]``
        return plain(eval(source, {**BUILTINS, **with_fields(VALUES)}))


def python_script(source):
    values = {**BUILTINS, **with_fields(VALUES)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(source, values)
    return {name: plain(value) for name, value in values.items() if name != "__builtins__"}


@THOROUGH
@given(expressions)
@example("[i for i in o]")
@example("{str(i): i for i in d}")
def test_a_result_equals_pythons(source):
    try:
        ours = compile_expression(source).evaluate(VALUES, NOW)
    except ExpressionFault:
        return
    assert same(ours, python(source))


@THOROUGH
@given(scripts)
def test_a_script_gives_what_python_gives_with_values_copied(script):
    ours, theirs = script
    before = deepcopy(VALUES)
    try:
        changes = compile_script(ours).run(VALUES, NOW)
    except ExpressionFault:
        return
    finally:
        assert before == VALUES
    after = python_script(theirs)
    assert {name: after[name] for name in changes} == changes
    assert all(same(value, after[name]) for name, value in changes.items())


@THOROUGH
@given(expressions)
def test_what_python_can_do_with_plain_numbers_we_can_too(source):
    try:
        theirs = python(source)
    except Exception:  # noqa: BLE001 - whatever Python cannot do is not the question
        return
    if isinstance(theirs, bool | float) or (isinstance(theirs, int) and abs(theirs) < 2**63):
        assert narrower(source) or same(compile_expression(source).evaluate(VALUES, NOW), theirs)


NARROWER = ["**", "%", ":", " in o", " in p[", "str(", "f'", "Decimal", "float(", "with(", "round("]
NARROWER += ["for i, j in"]  # only lists are taken apart, not texts and the keys of objects


def narrower(source):
    """Powers are bounded, text has no ``%`` and lists are not written as text, on purpose."""
    return any(part in source for part in NARROWER) or (" in " in source and "{" in source)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_compiled_or_refused(source):
    with contextlib.suppress(ExpressionFault):
        compile_expression(source).evaluate({}, NOW)
    with contextlib.suppress(ExpressionFault):
        compile_script(source).run({}, NOW)


PIECES = st.one_of(
    st.sampled_from(list("()[]{}'\"\\#:;,.=!?&|<>+-*/%@$`~^ \n\t\r\0")),
    st.sampled_from(["if", "else", "for", "in", "and", "lambda ", "f'{", "'''", "\\N{", "..", "0"]),
    st.characters(),
)


@settings(max_examples=500, deadline=None)
@given(
    st.one_of(expressions, scripts.map(lambda pair: pair[0])),
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 3), PIECES), min_size=1, max_size=4),
)
def test_a_source_with_slips_is_compiled_or_refused(source, slips):
    for place, length, piece in slips:
        at = place % (len(source) + 1)
        source = source[:at] + piece + source[at + length :]

    with contextlib.suppress(ExpressionFault):
        compile_expression(source).evaluate(VALUES, NOW)
    with contextlib.suppress(ExpressionFault):
        compile_script(source).run(VALUES, NOW)
