"""Fremde Ausdrücke: JUEL and FEEL that say plainly what our language says are translated."""

import re
from collections.abc import Mapping

from app.engine.timers import is_literal
from app.expressions.expression import compile_expression
from app.expressions.fault import ExpressionFault

_TOKEN = re.compile(
    r"""(?P<space>\s+)"""
    r"""|(?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
    r"""|(?P<number>\d+(?:\.\d+)?)"""
    r"""|(?P<name>[^\W\d]\w*(?:\.[^\W\d]\w*)*)"""
    r"""|(?P<mark>&&|\|\||[!=<>]=|[!=<>()\[\],+\-*/%])"""
)
_WORDS: Mapping[str, str] = {"true": "True", "false": "False", "null": "None"}
_JUEL_WORDS: Mapping[str, str] = {
    **_WORDS,
    "eq": "==",
    "ne": "!=",
    "gt": ">",
    "ge": ">=",
    "lt": "<",
    "le": "<=",
    "div": "/",
    "mod": "%",
    "empty": "not",
}
_JUEL_MARKS: Mapping[str, str] = {"&&": "and", "||": "or", "!": "not"}
_FEEL_MARKS: Mapping[str, str] = {"=": "=="}


def translate(text: str) -> str | None:
    """Give an expression in our language, or None where that takes a person.

    ``${...}`` and ``#{...}`` are read as JUEL, ``=...`` as FEEL; a bare ``true`` is both.
    """
    plain = text.strip()
    if plain.startswith(("${", "#{")) and plain.endswith("}"):
        found = _rewritten(plain[2:-1], _JUEL_WORDS, _JUEL_MARKS)
    elif plain.startswith("=") and not plain.startswith("=="):
        found = _rewritten(plain[1:], _WORDS, _FEEL_MARKS)
    else:
        return _WORDS.get(plain)
    return found if found and _is_ours(found) else None


def translate_time(text: str) -> str | None:
    """Give a time, duration or expression for one, or None where that takes a person."""
    inner = text.strip()
    if inner.startswith("="):
        inner = inner[1:].strip()
    inner = inner.strip("\"'")
    if inner != text.strip() and is_literal(inner):
        return inner
    return translate(text)


def _rewritten(source: str, words: Mapping[str, str], marks: Mapping[str, str]) -> str | None:
    parts: list[str] = []
    position = 0
    while position < len(source):
        match = _TOKEN.match(source, position)
        if match is None:
            return None
        position = match.end()
        token = match.group()
        if match.lastgroup == "name":
            parts.append(words.get(token, token))
        elif match.lastgroup == "mark":
            parts.append(marks.get(token, token))
        elif match.lastgroup != "space":
            parts.append(token)
    return _joined(parts)


def _joined(parts: list[str]) -> str:
    text = " ".join(parts)
    for before, after in (("( ", "("), (" )", ")"), ("[ ", "["), (" ]", "]"), (" ,", ",")):
        text = text.replace(before, after)
    return text


def _is_ours(source: str) -> bool:
    try:
        compile_expression(source)
    except ExpressionFault:
        return False
    return True
