"""Every error has a text that says what happened and what to do, without engine words."""

import inspect
import re
from pathlib import Path

import pytest

from app import errors
from app.web.problem_texts import PROBLEM_TEXTS
from app.web.problems import _HTTP_CODES

PLATFORM_CODES = {
    kind.code
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, errors.PlatformError)
}
CODES = sorted({*PLATFORM_CODES, *_HTTP_CODES.values(), "csrf", "internal", "unavailable"})
#: only programs that call the API meet these: their texts may use the words of programmers
API_CODES = {
    "foreign_host",
    "idempotency_key_missing",
    "idempotency_key_reused",
    "idempotency_key_unusable",
    "media_type",
    "token_unusable",
    "unreadable_json",
}
APP = Path(__file__).parents[3] / "app"
ENGINE_WORDS = re.compile(
    r"\b(task|case|token|workflow|process|request|error|server|session|http|json|exception)\b",
    re.IGNORECASE,
)


def test_the_errors_are_found():
    assert {"missing", "assurance_too_low", "declaration_missing"} <= PLATFORM_CODES


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_text(code):
    assert code in PROBLEM_TEXTS


def test_no_text_is_left_over():
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in APP.rglob("*.py")
        if path.name != "problem_texts.py"
    )

    assert [code for code in PROBLEM_TEXTS if code not in CODES and f'"{code}"' not in source] == []


@pytest.mark.parametrize("code", sorted(PROBLEM_TEXTS))
def test_a_text_is_complete_sentences(code):
    problem = PROBLEM_TEXTS[code]

    assert not problem.title.endswith(".")
    assert problem.text.endswith(".")
    assert problem.action.endswith(".")


@pytest.mark.parametrize("code", sorted({*PROBLEM_TEXTS} - API_CODES))
def test_a_text_has_no_engine_words(code):
    problem = PROBLEM_TEXTS[code]

    assert not ENGINE_WORDS.search(f"{problem.title} {problem.text} {problem.action}")


def test_who_lacks_a_sign_in_is_offered_one():
    offered = {code for code, problem in PROBLEM_TEXTS.items() if problem.sign_in}

    assert offered == {"unauthenticated", "refused", "assurance_too_low"}
