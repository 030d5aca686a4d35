"""Anwesenheit: finds conditions that would hold although nothing was answered.

In JSON Schema ``{"properties": {"a": {"const": "x"}}}`` is true for an object without ``a``. In a
form that is always a mistake, so the author is asked to say ``"required": ["a"]``.
"""

from collections.abc import Iterator, Mapping
from typing import Any


def unguarded(node: Any, path: tuple[object, ...]) -> Iterator[tuple[tuple[object, ...], str]]:
    """List the properties that are tested but not required, with the place of the test."""
    if not isinstance(node, Mapping):
        return
    required = node.get("required", ())
    for name, below in node.get("properties", {}).items():
        if name not in required:
            yield (*path, "properties", name), name
        yield from unguarded(below, (*path, "properties", name))
    for key in ("allOf", "anyOf", "oneOf"):
        for index, below in enumerate(node.get(key, ())):
            yield from unguarded(below, (*path, key, index))
