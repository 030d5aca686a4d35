"""Zustand: a case as bytes, compact and in our own format.

Format 2 is a JSON object: ``v`` format, ``p`` digest of the deployment, ``n`` tokens made so far,
``done`` element ids ever completed, ``data`` process data, ``end`` whether the end was reached,
``t`` tokens of the process, ``s`` subprocesses as ``[token id, spec, tokens]``, outer ones first.
A token is ``[id, row of its parent or -1, spec, state, memory or null]``, parents first. Nothing
depends on the order of keys. States of former formats are read, see :mod:`.former_states`.
"""

from datetime import datetime
from math import isfinite
from typing import Any

import orjson

from app.engine.deployment import Deployment
from app.engine.former_states import brought_up_to_date
from app.engine.runtime.token import Token
from app.engine.runtime.workflow import CaseWorkflow
from app.errors import FieldFault, Incident, Invalid

VERSION = 2
MAX_BYTES = 8_000_000
MAX_DEPTH = 100

_JSON_ONLY = (
    orjson.OPT_PASSTHROUGH_DATETIME
    | orjson.OPT_PASSTHROUGH_DATACLASS
    | orjson.OPT_PASSTHROUGH_SUBCLASS
)


def encode(case: CaseWorkflow) -> bytes:
    """Write a case.

    :raises Incident: its data has grown too large.
    """
    state = orjson.dumps(
        {
            "v": VERSION,
            "p": case.deployment.digest,
            "n": case.token_count,
            "done": list(case.journal.done),
            "data": case.case_data,
            "end": case.completed,
            "t": _rows(case),
            "s": [
                [token_id, scope.spec.name, _rows(scope)]
                for token_id, scope in case.subprocesses.items()
            ],
        },
        option=_JSON_ONLY,
    )
    if len(state) > MAX_BYTES:
        raise Incident(case.deployment.process_id, "Die Daten des Vorgangs sind zu groß geworden.")
    return state


def decode(state: bytes, deployment: Deployment, now: datetime) -> CaseWorkflow:
    """Read a case back.

    :raises Incident: another format, another process, or damaged.
    """
    try:
        saved = brought_up_to_date(orjson.loads(state), deployment.specs)
    except (orjson.JSONDecodeError, LookupError, TypeError, AttributeError):
        raise _unreadable(deployment, "Der gespeicherte Zustand ist beschädigt.") from None
    except ValueError:
        raise _unreadable(
            deployment, "Der gespeicherte Zustand hat ein unbekanntes Format."
        ) from None
    if saved["p"] != deployment.digest:
        raise _unreadable(deployment, "Der gespeicherte Zustand gehört zu einem anderen Prozess.")
    try:
        return _restore(saved, deployment, now)
    except (LookupError, TypeError, ValueError, AttributeError):
        raise _unreadable(deployment, "Der gespeicherte Zustand ist beschädigt.") from None


def json_copy(values: Any, subject: str = "") -> Any:
    """Copy JSON data, so that nobody outside can change a case.

    :raises Invalid: something in it is not JSON, e.g. a date or a number beyond 64 bits.
    """
    try:
        _check_storable(values)
        return orjson.loads(orjson.dumps(values, option=_JSON_ONLY))
    except (TypeError, ValueError, RecursionError):
        message = "Diese Angaben lassen sich nicht speichern."
        raise Invalid([FieldFault("", "not_storable", message)], subject) from None


def _check_storable(values: Any) -> None:
    """Find what JSON has no word for and what is nested too deep to be saved again."""
    waiting = [(values, 0)]
    while waiting:
        value, depth = waiting.pop()
        if isinstance(value, float) and not isfinite(value):
            raise ValueError("no number")
        if depth > MAX_DEPTH:
            raise ValueError("too deep")
        if isinstance(value, dict):
            waiting += [(part, depth + 1) for part in value.values()]
        elif isinstance(value, list | tuple):
            waiting += [(part, depth + 1) for part in value]


def _rows(scope: Any) -> list[list[Any]]:
    places: dict[str, int] = {}
    rows = []
    for place, token in enumerate(scope.tasks.values()):
        places[token.id] = place
        rows.append(
            [
                token.id,
                -1 if token._parent is None else places[token._parent],
                token.task_spec.name,
                token._state,
                token.internal_data or None,
            ]
        )
    return rows


def _restore(saved: dict[str, Any], deployment: Deployment, now: datetime) -> CaseWorkflow:
    case = CaseWorkflow(deployment, now, saved["data"], done=saved["done"], tokens=saved["n"])
    case.completed = saved["end"]
    _fill(case, saved["t"])
    for token_id, spec_name, rows in saved["s"]:
        holder = {token.id: token for token in case.living()}[token_id]
        _fill(case.restore_subprocess(holder, spec_name), rows)
    return case


def _fill(scope: Any, rows: list[Any]) -> None:
    tokens: list[Token] = []
    for key, place, spec_name, state, memory in rows:
        spec = scope.spec.task_specs[spec_name]
        token = Token.restore(scope, key, spec, state, {} if memory is None else memory)
        if place >= 0:
            parent = tokens[place]
            token._parent = parent.id
            parent._children.append(key)
        tokens.append(token)
    scope.task_tree = tokens[0]


def _unreadable(deployment: Deployment, message: str) -> Incident:
    return Incident(deployment.process_id, message)
