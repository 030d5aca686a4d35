"""Schlüsselwörter: the part of JSON Schema that forms may use, by place."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.forms.findings import Findings
from app.forms.pointer import pointer
from app.forms.reasons import KEYWORDS

_NOTES = frozenset({"title", "description", "$comment"})
_OBJECT = frozenset({"type", "properties", "required", "additionalProperties"})
_BRANCHES = frozenset({"allOf", "if", "then", "else", "dependentSchemas", "dependentRequired"})
_GATES = frozenset({"x-visible-if", "x-required-if"})
_NUMBERS = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}
_TEXTS = {"minLength", "maxLength", "pattern", "format"}
_LISTS = {"minItems", "maxItems", "uniqueItems"}
LIMITS = frozenset(_NUMBERS | _TEXTS | _LISTS | {"enum", "const", "oneOf"})
_TEST = (
    LIMITS
    | {"type", "properties", "required", "not", "anyOf", "allOf", "contains", "items"}
    | {"$comment"}
)
_FIELD = (
    _NOTES
    | LIMITS
    | _GATES
    | {"type", "items", "readOnly"}
    | {
        "x-document",
        "x-calculated",
        "x-unit",
        "x-enum-titles",
        "x-messages",
        "x-prefill",
        "x-sensitive",
    }
    | {"x-purpose", "x-retention", "x-fim", "x-fim-version"}
)
_PAGE = _NOTES | _OBJECT | _BRANCHES | _GATES | {"x-fim", "x-fim-version", "x-purpose"}
_ROOT = _NOTES | _OBJECT | _BRANCHES | {"$schema", "x-rules", "x-fim", "x-fim-version"}
_GROUP = frozenset({"type", "title", "description", "$comment", *_OBJECT})
_MEMBER = _FIELD - _GATES - {"x-calculated", "readOnly", "x-prefill", "x-document"}
_ITEM = _NOTES | {"type", "enum", "oneOf", "x-enum-titles", "maxLength"}
_CHOICE = frozenset({"const", "title", "description"})

_TESTS_BELOW = {"not": False, "contains": False, "items": False, "anyOf": True, "allOf": True}


def check_keywords(schema: Mapping[str, Any], findings: Findings) -> None:
    """Report every keyword that has no meaning where it stands."""
    for path, node, allowed in _walk_object(schema, (), is_root=True):
        if not isinstance(node, Mapping):
            continue
        for key in node:
            if key not in allowed:
                usual = f"„{str(key)[:60]}“ ist hier nicht vorgesehen."
                findings.add(pointer(*path, key), "keyword", KEYWORDS.get(str(key), usual))


_Place = tuple[tuple[object, ...], Any, frozenset[str]]


def _walk_object(
    node: Mapping[str, Any], path: tuple[object, ...], *, is_root: bool
) -> Iterator[_Place]:
    """Visit a page or the root, with everything below."""
    yield path, node, _ROOT if is_root else _PAGE
    for name, below in _mapping(node, "properties"):
        place = (*path, "properties", name)
        if is_root and isinstance(below, Mapping):
            yield from _walk_object(below, place, is_root=False)
        elif isinstance(below, Mapping):
            yield from _walk_field(below, place)
    if isinstance(node.get("if"), Mapping):
        yield from _walk_test(node["if"], (*path, "if"))
    for place, below in branches_below(node):
        if isinstance(below, Mapping):
            yield from _walk_object(below, (*path, *place), is_root=is_root)


def branches_below(node: Mapping[str, Any]) -> Iterator[tuple[tuple[object, ...], Any]]:
    """Visit the schemas that say more about the same object, with their relative paths."""
    for key in ("then", "else"):
        if key in node:
            yield (key,), node[key]
    for index, below in enumerate(node.get("allOf", ())):
        yield ("allOf", index), below
    for name, below in _mapping(node, "dependentSchemas"):
        yield ("dependentSchemas", name), below


def _walk_field(node: Mapping[str, Any], path: tuple[object, ...]) -> Iterator[_Place]:
    below = node.get("items")
    if isinstance(node.get("properties"), Mapping):
        yield path, node, (_FIELD | _GROUP) - {"items"}
        yield from _walk_members(node, path)
        return
    yield path, node, _FIELD
    if isinstance(below, Mapping) and isinstance(below.get("properties"), Mapping):
        yield (*path, "items"), below, _GROUP
        yield from _walk_members(below, (*path, "items"))
    elif isinstance(below, Mapping):
        yield (*path, "items"), node["items"], _ITEM
        yield from _choices(node["items"], (*path, "items"))
    yield from _choices(node, path)


def _walk_members(node: Mapping[str, Any], path: tuple[object, ...]) -> Iterator[_Place]:
    for name, below in node["properties"].items():
        place = (*path, "properties", name)
        if isinstance(below, Mapping):
            yield place, below, _MEMBER
            if isinstance(below.get("items"), Mapping):
                yield (*place, "items"), below["items"], _ITEM
                yield from _choices(below["items"], (*place, "items"))
            yield from _choices(below, place)


def _choices(node: Mapping[str, Any], path: tuple[object, ...]) -> Iterator[_Place]:
    for index, choice in enumerate(node.get("oneOf", ())):
        yield (*path, "oneOf", index), choice, _CHOICE


def _walk_test(node: Any, path: tuple[object, ...]) -> Iterator[_Place]:
    if not isinstance(node, Mapping):
        return
    yield path, node, _TEST
    for name, below in _mapping(node, "properties"):
        yield from _walk_test(below, (*path, "properties", name))
    for key, several in (*_TESTS_BELOW.items(), ("oneOf", True)):
        for index, below in enumerate(node.get(key, ()) if several else ()):
            yield from _walk_test(below, (*path, key, index))
        if not several and key in node:
            yield from _walk_test(node[key], (*path, key))


def _mapping(node: Mapping[str, Any], key: str) -> Iterator[tuple[str, Any]]:
    value = node.get(key)
    if isinstance(value, Mapping):
        yield from value.items()
