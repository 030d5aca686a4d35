"""Beschreibung der Schnittstelle: for programs as OpenAPI, for people as a page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, jsonify, render_template
from flask.typing import ResponseReturnValue

from app.web.parts import parts

_METHODS = ("get", "post", "patch", "put", "delete")


@dataclass(frozen=True, slots=True)
class Call:
    """One call as a person reads it; ``fields`` are those of body and query: name, type, must."""

    method: str
    path: str
    title: str
    needs_token: bool
    takes: tuple[tuple[str, str, bool], ...]
    status: str
    gives: tuple[tuple[str, str, bool], ...]

    @property
    def anchor(self) -> str:
        """Id of its place on the page."""
        return re.sub(r"[^a-z_]+", "-", f"{self.method}{self.path}".lower()).strip("-")


def describe_api(described: dict[str, Any]) -> Blueprint:
    """Make the blueprint that shows ``described``, an OpenAPI document."""
    blueprint = Blueprint("api_description", __name__, url_prefix="/api/v1")
    groups = {
        tag["name"]: (
            tag["description"],
            [one for name, one in _calls(described) if name == tag["name"]],
        )
        for tag in described["tags"]
    }

    @blueprint.get("/openapi.json")
    def openapi() -> Response:
        """Send the description to programs."""
        return jsonify(described)

    @blueprint.get("/")
    def page() -> ResponseReturnValue:
        """Show the description to people."""
        return render_template(
            "api/description.html",
            info=described["info"],
            groups=groups.values(),
            address=f"{parts().config.public_url}/api/v1",
        )

    return blueprint


def _calls(described: dict[str, Any]) -> Iterator[tuple[str, Call]]:
    for path, operations in described["paths"].items():
        for method in _METHODS:
            if operation := operations.get(method):
                yield operation["tags"][0], _call(described, method, path, operation)


def _call(described: dict[str, Any], method: str, path: str, operation: dict[str, Any]) -> Call:
    status = min(code for code in operation["responses"] if code.startswith("2"))
    return Call(
        method=method.upper(),
        path=path,
        title=operation["summary"],
        needs_token=bool(operation["security"]),
        takes=(
            *(
                (one["name"], _type(one["schema"]), one.get("required", False))
                for one in operation.get("parameters", ())
            ),
            *_fields(described, operation.get("requestBody", {})),
        ),
        status=status,
        gives=tuple(_fields(described, operation["responses"][status])),
    )


def _fields(described: dict[str, Any], message: dict[str, Any]) -> Iterator[tuple[str, str, bool]]:
    for content in list(message.get("content", {}).values())[:1]:
        schema = content["schema"]
        if "$ref" in schema:
            schema = described["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        for name, field in schema.get("properties", {}).items():
            yield name, _type(field), name in schema.get("required", ())


def _type(field: dict[str, Any]) -> str:
    words = {
        "string": "Text",
        "integer": "ganze Zahl",
        "number": "Zahl",
        "boolean": "ja oder nein",
        "array": "Liste",
        "object": "Objekt",
        "null": "leer",
    }
    formats = {"uuid": "Kennung (UUID)", "date-time": "Zeitpunkt", "binary": "Datei"}
    if field.get("format") in formats:
        return formats[field["format"]]
    kinds = field.get("type", "object")
    return " oder ".join(words[kind] for kind in ([kinds] if isinstance(kinds, str) else kinds))
