"""Korrelation: the values by which a message finds the case that waits for it."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any


def correlation_key(values: Mapping[str, Any]) -> str:
    """Digest correlation values (JSON types) as 64 hex digits; equal values, equal key.

    The order of names does not count, and a whole number is the same however it was written, as
    in RFC 8785. ``True`` is not 1 and ``"1"`` is not 1.
    """
    text = json.dumps(_canonical(values), sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def _canonical(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _canonical(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_canonical(part) for part in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
