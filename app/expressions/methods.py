"""Methoden: what may be called on a text, an object or a list."""

from collections.abc import Callable, Mapping
from typing import Any

from app.expressions.frame import Frame


def _text(method: Callable[..., Any]) -> Callable[..., Any]:
    def run(frame: Frame, text: str, *args: Any) -> Any:
        if not all(isinstance(arg, str) for arg in args):
            raise TypeError
        frame.allocate(2 * len(text))
        frame.tick(len(text) * sum(map(len, args)) >> 14)
        return method(text, *args)

    return run


def _split(frame: Frame, text: str, separator: str | None = None) -> list[str]:
    frame.allocate(len(text))
    return text.split(separator)


def _join(frame: Frame, separator: str, parts: Any) -> str:
    frame.tick(len(parts))
    frame.allocate(sum(len(part) for part in parts) + len(separator) * len(parts))
    return separator.join(parts)


def _replace(frame: Frame, text: str, old: str, new: str) -> str:
    frame.allocate(len(text) + text.count(old) * max(0, len(new) - len(old)))
    return text.replace(old, new)


def _get(_: Frame, fields: dict[str, Any], key: Any, default: Any = None) -> Any:
    if not isinstance(key, str):
        raise TypeError
    return fields.get(key, default)


def _rows(view: Callable[[dict[str, Any]], Any]) -> Callable[..., Any]:
    def run(frame: Frame, fields: dict[str, Any]) -> list[Any]:
        frame.allocate(2 * len(fields))
        return list(view(fields))

    return run


def _search(method: Callable[..., int]) -> Callable[..., int]:
    def run(frame: Frame, row: list[Any] | tuple[Any, ...], item: Any) -> int:
        frame.walk(row)
        return method(row, item)

    return run


METHODS: Mapping[type, Mapping[str, Callable[..., Any]]] = {
    str: {
        "lower": _text(str.lower),
        "upper": _text(str.upper),
        "strip": _text(str.strip),
        "startswith": _text(str.startswith),
        "endswith": _text(str.endswith),
        "isdigit": _text(str.isdigit),
        "index": _text(str.index),
        "count": _text(str.count),
        "split": _split,
        "join": _join,
        "replace": _replace,
    },
    dict: {
        "get": _get,
        "keys": _rows(dict.keys),
        "values": _rows(dict.values),
        "items": _rows(dict.items),
    },
    list: {"index": _search(list.index), "count": _search(list.count)},
    tuple: {"index": _search(tuple.index), "count": _search(tuple.count)},
}
