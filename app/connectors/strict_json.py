"""JSON in Token: read so strictly that it can neither mean two things nor weigh too much."""

import json
from typing import Any, NoReturn


def read_object(raw: bytes, *, max_depth: int) -> dict[str, Any]:
    """Parse one JSON object in UTF-8.

    Refused are duplicate names, NaN and infinity, numbers beyond a double, NUL and lone
    surrogates in texts, and nesting deeper than ``max_depth``. Source: RFC 7493 (I-JSON).

    :raises ValueError: it breaks a rule.
    """
    try:
        found = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_number,
            parse_constant=_constant,
        )
    except RecursionError:
        raise ValueError("too deep") from None
    if not isinstance(found, dict):
        raise ValueError("not an object")  # noqa: TRY004 - one error for all rules
    _check(found, max_depth)
    return found


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("duplicate name")
    return found


def _integer(text: str) -> int:
    if len(text) > 16:
        raise ValueError("number too long")
    return int(text)


def _number(text: str) -> float:
    value = float(text)
    if abs(value) > 1e16:
        raise ValueError("number out of range")
    return value


def _constant(_: str) -> NoReturn:
    raise ValueError("not a number")


def _check(value: Any, levels: int) -> None:
    if isinstance(value, str):
        value.encode("utf-8")  # UnicodeEncodeError is a ValueError
        if "\0" in value:
            raise ValueError("NUL")
        return
    if not isinstance(value, dict | list):
        return
    if levels == 0:
        raise ValueError("too deep")
    for inner in value.values() if isinstance(value, dict) else value:
        _check(inner, levels - 1)
    for name in value if isinstance(value, dict) else ():
        _check(name, levels - 1)
