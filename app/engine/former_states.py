"""Frühere Zustände: states that a former release has saved, read as today's."""

from collections import Counter
from typing import Any

from app.engine.runtime.joins import EventChoice

_PREDICTED = 1 | 2 | 4  # what might follow or was to follow; only format 1 kept it
_WAITING = 8
_BOUNDARY_JOIN = ".BoundaryEventJoin"


def brought_up_to_date(saved: dict[str, Any], specs: Any) -> dict[str, Any]:
    """Turn a decoded state of any known format into the newest one.

    ``specs`` are those of its deployment.

    :raises LookupError, TypeError: it is damaged.
    :raises ValueError: nobody has ever written this format.
    """
    if saved["v"] == 1:
        saved = _from_1(saved, specs)
    if saved["v"] != 2:
        raise ValueError("unknown format")
    return saved


def _from_1(saved: dict[str, Any], specs: Any) -> dict[str, Any]:
    """Drop what format 1 foresaw: tokens not yet reached and joins of boundary events.

    It also told flows from the same node not apart, and had the waits of an event gateway in the
    order of the drawing.
    """
    return {
        **saved,
        "v": 2,
        "t": _settled(_reached(saved["t"]), specs.process),
        "s": [
            [token_id, spec, _settled(_reached(rows), specs.subprocesses[spec])]
            for token_id, spec, rows in saved["s"]
        ],
    }


def _settled(rows: list[list[Any]], process: Any) -> list[list[Any]]:
    seen: Counter[tuple[str, str]] = Counter()
    for row in rows:
        name, memory = row[2], row[4] or {}
        spec = process.task_specs[name]
        source = memory.get("from")
        if source is not None and row[3] == _WAITING:
            seen[name, source] += 1
            way = f"{source}.{name}.Way{seen[name, source]}"
            if way in spec._inputs:
                memory["from"] = way
        if isinstance(spec, EventChoice) and "waits" in memory:
            waits = memory["waits"]
            memory["waits"] = [waits[spec.drawn.index(place)] for place in range(len(waits))]
    return rows


def _reached(rows: list[list[Any]]) -> list[list[Any]]:
    kept: list[list[Any]] = []
    places: dict[int, int] = {}
    for place, (key, parent, spec, state, memory) in enumerate(rows):
        if state & _PREDICTED or spec.endswith(_BOUNDARY_JOIN):
            continue
        places[place] = len(kept)
        kept.append([key, places[parent] if parent >= 0 else -1, spec, state, memory])
    return kept
