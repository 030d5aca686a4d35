"""JSON-Anfrage: reads a request body strictly, so that no body can be a bomb or mean two things."""

import json
import math
from typing import Any, NoReturn

MAX_DEPTH = 32
MAX_NODES = 10_000
MAX_INTEGER_DIGITS = 15
MAX_NUMBER_CHARS = 32


class UnreadableJson(Exception):
    """The body is no JSON that we take; the message names the rule, never the content."""


def read_json(raw: bytes) -> Any:
    """Parse UTF-8 JSON of limited depth and size; objects come as dict, arrays as list.

    Source: RFC 8259, RFC 7493 (I-JSON): no duplicate names, no numbers beyond a double's reach,
    no lone surrogates; beyond it no NUL, which the database cannot hold.

    :raises UnreadableJson: it breaks a rule or is no JSON at all.
    """
    try:
        value = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_number,
            parse_constant=_constant,
        )
    except (ValueError, RecursionError, MemoryError):
        raise UnreadableJson("no JSON") from None
    _measure(value)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise UnreadableJson("duplicate name")
    return found


def _integer(text: str) -> int:
    if len(text.lstrip("-")) > MAX_INTEGER_DIGITS:
        raise UnreadableJson("integer too long")
    return int(text)


def _number(text: str) -> float:
    value = float(text)
    if len(text) > MAX_NUMBER_CHARS or not math.isfinite(value):
        raise UnreadableJson("number out of range")
    return value


def _constant(_: str) -> NoReturn:
    raise UnreadableJson("not a number")


def _measure(root: Any) -> None:
    """Walk level by level, without recursion, and give up at the first broken limit."""
    level, depth, nodes = [root], 0, 0
    while level:
        nodes += len(level)
        if nodes > MAX_NODES:
            raise UnreadableJson("too many values")
        below: list[Any] = []
        nested = False
        for value in level:
            if isinstance(value, dict):
                nested = True
                for name in value:
                    _check_text(name)
                below.extend(value.values())
            elif isinstance(value, list):
                nested = True
                below.extend(value)
            elif isinstance(value, str):
                _check_text(value)
        depth += nested
        if depth > MAX_DEPTH:
            raise UnreadableJson("too deep")
        level = below


def _check_text(text: str) -> None:
    if "\0" in text:
        raise UnreadableJson("NUL")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise UnreadableJson("lone surrogate") from None
