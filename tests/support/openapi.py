"""Beschreibung beim Wort genommen: checks answers against the OpenAPI document."""

import re
from typing import Any

import jsonschema_rs


class Description:
    """An OpenAPI document that can be asked whether an answer is as it says."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._components = document["components"]
        self._paths = [
            (re.compile(re.sub(r"\{[^}]+\}", "[^/]+", path) + r"\Z"), operations)
            for path, operations in document["paths"].items()
        ]

    def schema(self, method: str, path: str, status: int, media_type: str) -> dict[str, Any]:
        """Return the schema of one answer; a KeyError means: there is no such answer.

        What is not described at all can only be a problem.
        """
        found = [operations for pattern, operations in self._paths if pattern.match(path)]
        if not found or method.lower() not in found[0]:
            return {"$ref": "#/components/schemas/Problem", "components": self._components}
        responses = found[0][method.lower()]["responses"]
        response = responses.get(str(status)) or responses["default"]
        if "$ref" in response:
            response = self._components["responses"][response["$ref"].rpartition("/")[2]]
        schema = response["content"][media_type]["schema"]
        return {**schema, "components": self._components}

    def check(self, method: str, path: str, status: int, media_type: str, content: Any) -> None:
        """Raise if the answer is not as described."""
        jsonschema_rs.validate(self.schema(method, path, status, media_type), content)
