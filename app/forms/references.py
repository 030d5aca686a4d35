"""Verweise: replaces local ``$ref`` by what they mean, within limits."""

from collections.abc import Mapping
from typing import Any

from app.forms.findings import Findings
from app.forms.pointer import pointer

_PREFIX = "#/$defs/"
_MAX_REFERENCES = 200
_MAX_NODES = 20_000
_MAX_DEPTH = 32
_BESIDE = frozenset({"title", "description", "$comment", "readOnly"})


class ReferenceReader:
    """Expands one schema; counts nodes and references so that none can fan out."""

    def __init__(self, schema: Mapping[str, Any], findings: Findings) -> None:
        definitions = schema.get("$defs", {})
        self._schema = schema
        self._definitions = definitions if isinstance(definitions, Mapping) else {}
        self._findings = findings
        self._nodes = 0
        self._references = 0
        self._open: list[str] = []
        self._full = False

    def expand(self) -> dict[str, Any]:
        """Copy the schema without ``$defs`` and ``$ref``; faults go to the findings."""
        body = {key: value for key, value in self._schema.items() if key != "$defs"}
        expanded = self._copy(body, (), 0)
        return expanded if isinstance(expanded, dict) else {}

    def _copy(self, node: Any, path: tuple[object, ...], depth: int) -> Any:
        self._nodes += 1
        if self._full or self._nodes > _MAX_NODES or depth > _MAX_DEPTH:
            self._stop(path)
            return None
        if isinstance(node, Mapping):
            if "$ref" in node and (not path or path[-1] != "properties"):
                return self._replace(node, path, depth)
            return {key: self._copy(value, (*path, key), depth + 1) for key, value in node.items()}
        if isinstance(node, list):
            return [self._copy(item, (*path, i), depth + 1) for i, item in enumerate(node)]
        return node

    def _replace(self, node: Mapping[str, Any], path: tuple[object, ...], depth: int) -> Any:
        name = self._name(node["$ref"], path)
        if name is None:
            return {}
        self._references += 1
        if self._references > _MAX_REFERENCES:
            self._stop(path)
            return {}
        self._open.append(name)
        meaning = self._copy(self._definitions[name], path, depth + 1)
        self._open.pop()
        beside = {key: value for key, value in node.items() if key != "$ref"}
        beside = self._copy(beside, path, depth + 1) or {}
        if not isinstance(meaning, dict):
            return meaning
        for key in beside:
            if key in meaning and key not in _BESIDE and not str(key).startswith("x-"):
                self._findings.add(
                    pointer(*path, key),
                    "reference",
                    f"„{key}“ steht schon in „{node['$ref']}“ und darf dort nicht geändert werden.",
                )
        return {**meaning, **beside}

    def _name(self, reference: object, path: tuple[object, ...]) -> str | None:
        place = pointer(*path, "$ref")
        if not isinstance(reference, str) or not reference.startswith(_PREFIX):
            self._findings.add(
                place, "reference", "Verweise sind nur innerhalb der Datei möglich: „#/$defs/…“."
            )
            return None
        name = reference.removeprefix(_PREFIX)
        if name not in self._definitions:
            self._findings.add(place, "reference", "Diesen Verweis gibt es unter „$defs“ nicht.")
            return None
        if name in self._open:
            self._findings.add(place, "reference", "Dieser Verweis führt im Kreis.")
            return None
        return name

    def _stop(self, path: tuple[object, ...]) -> None:
        if not self._full:
            self._full = True
            self._findings.add(pointer(*path), "limit", "Das Schema ist zu groß oder zu tief.")
