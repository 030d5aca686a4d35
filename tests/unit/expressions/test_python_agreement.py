"""The language means what Python means, wherever it gives a result at all."""

import contextlib
import warnings
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from app.expressions.expression import compile_expression
from app.expressions.fault import ExpressionFault

NOW = datetime(2026, 11, 22, tzinfo=UTC)
VALUES = {"a": 7, "b": -3, "c": "text", "d": [1, 2, 3], "e": True, "f": None, "g": 2.5}

leaves = st.sampled_from([*VALUES, "0", "1", "12", "'x'", "''", "[]", "True", "None", "1.5"])


def joined(operators):
    def build(parts):
        return st.tuples(parts, st.sampled_from(operators), parts).map(
            lambda triple: f"({triple[0]} {triple[1]} {triple[2]})"
        )

    return build


def extend(parts):
    binary = ["+", "-", "*", "/", "//", "%", "**", "and", "or", "<", "<=", "==", "!=", ">=", "in"]
    call = st.sampled_from(["len", "abs", "bool", "int", "round", "sum", "any", "all", "sorted"])
    return st.one_of(
        joined(binary)(parts),
        parts.map(lambda part: f"(not {part})"),
        parts.map(lambda part: f"(-{part})"),
        st.tuples(parts, parts, parts).map(lambda p: f"({p[0]} if {p[1]} else {p[2]})"),
        st.tuples(call, parts).map(lambda p: f"{p[0]}({p[1]})"),
        st.lists(parts, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.tuples(parts, parts).map(lambda p: f"{p[0]}[{p[1]}]"),
        parts.map(lambda part: f"[x for x in {part}]"),
        st.tuples(parts, parts, parts).map(lambda p: f"({p[0]} < {p[1]} <= {p[2]})"),
    )


sources = st.recursive(leaves, extend, max_leaves=8)


def python(source):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about odd sources such as ``0[a]``
        return eval(source, {"__builtins__": __builtins__}, dict(VALUES))


@settings(max_examples=400, deadline=None)
@given(sources)
def test_a_result_equals_pythons(source):
    try:
        ours = compile_expression(source).evaluate(VALUES, NOW)
    except ExpressionFault:
        return
    theirs = python(source)
    assert (ours, type(ours)) == (theirs, type(theirs))


@settings(max_examples=400, deadline=None)
@given(sources)
def test_what_python_can_do_with_plain_numbers_we_can_too(source):
    try:
        theirs = python(source)
    except Exception:  # noqa: BLE001 - whatever Python cannot do is not the question
        return
    if isinstance(theirs, bool | float) or (isinstance(theirs, int) and abs(theirs) < 2**63):
        assert narrower(source) or compile_expression(source).evaluate(VALUES, NOW) == theirs


def narrower(source):
    """Powers are bounded and text has no ``%`` here, on purpose."""
    return "**" in source or "%" in source


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_compiled_or_refused(source):
    with contextlib.suppress(ExpressionFault):
        compile_expression(source).evaluate({}, NOW)
