"""Frühere Zustände: states that a former release has saved, read as today's."""

from typing import Any

_PREDICTED = 1 | 2 | 4  # what might follow or was to follow; only format 1 kept it
_BOUNDARY_JOIN = ".BoundaryEventJoin"


def brought_up_to_date(saved: dict[str, Any]) -> dict[str, Any]:
    """Turn a decoded state of any known format into the newest one.

    :raises LookupError, TypeError: it is damaged.
    :raises ValueError: nobody has ever written this format.
    """
    if saved["v"] == 1:
        saved = _from_1(saved)
    if saved["v"] != 2:
        raise ValueError("unknown format")
    return saved


def _from_1(saved: dict[str, Any]) -> dict[str, Any]:
    """Drop what format 1 foresaw: tokens not yet reached and joins of boundary events."""
    return {
        **saved,
        "v": 2,
        "t": _reached(saved["t"]),
        "s": [[token_id, spec, _reached(rows)] for token_id, spec, rows in saved["s"]],
    }


def _reached(rows: list[list[Any]]) -> list[list[Any]]:
    kept: list[list[Any]] = []
    places: dict[int, int] = {}
    for place, (key, parent, spec, state, memory) in enumerate(rows):
        if state & _PREDICTED or spec.endswith(_BOUNDARY_JOIN):
            continue
        places[place] = len(kept)
        kept.append([key, places[parent] if parent >= 0 else -1, spec, state, memory])
    return kept
