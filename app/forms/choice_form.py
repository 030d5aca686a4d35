"""Auswahlform: reads ``anyOf`` of constants as the choice that authors mean by it."""

from collections.abc import Mapping
from typing import Any

_OBJECTS = ("then", "else")


def with_choices(node: Any, depth: int = 2) -> Any:
    """Copy a root (``depth`` 2) or page (1); in its fields ``anyOf`` of constants is ``oneOf``.

    Constants exclude each other, so both say the same.
    """
    if not isinstance(node, Mapping):
        return node
    if depth == 0:
        return _field(node)
    copy = dict(node)
    if isinstance(node.get("properties"), Mapping):
        copy["properties"] = {
            name: with_choices(below, depth - 1) for name, below in node["properties"].items()
        }
    for key in _OBJECTS:
        if key in node:
            copy[key] = with_choices(node[key], depth)
    if isinstance(node.get("allOf"), list):
        copy["allOf"] = [with_choices(below, depth) for below in node["allOf"]]
    if isinstance(node.get("dependentSchemas"), Mapping):
        copy["dependentSchemas"] = {
            name: with_choices(below, depth) for name, below in node["dependentSchemas"].items()
        }
    return copy


def _field(node: Mapping[str, Any]) -> dict[str, Any]:
    copy = {key: value for key, value in node.items() if key != "anyOf"}
    if "anyOf" in node:
        copy["oneOf" if "oneOf" not in node and _is_choice(node["anyOf"]) else "anyOf"] = node[
            "anyOf"
        ]
    if isinstance(node.get("items"), Mapping):
        copy["items"] = _field(node["items"])
    if isinstance(node.get("properties"), Mapping):
        copy["properties"] = {
            name: _field(below) if isinstance(below, Mapping) else below
            for name, below in node["properties"].items()
        }
    return copy


def _is_choice(several: Any) -> bool:
    return isinstance(several, list) and all(
        isinstance(one, Mapping) and "const" in one for one in several
    )
