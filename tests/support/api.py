"""Aufrufer: a program that uses the interface with somebody's token and takes nothing on trust."""

import io
from typing import Any

from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from tests.support.openapi import Description

BASE = "/api/v1"


class ApiCaller:
    """Calls ``/api/v1`` as one persona; every JSON answer is held against the description."""

    def __init__(self, client: FlaskClient, token: str, description: Description) -> None:
        self.client = client
        self.token = token
        self.description = description

    def call(self, method: str, path: str, **options: Any) -> TestResponse:
        """Make one request; ``path`` may be given from the root or below ``/api/v1``."""
        path = path if path.startswith(BASE) else BASE + path
        headers = dict(options.pop("headers", {}))
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        response = self.client.open(path, method=method, headers=headers, **options)
        if response.is_json:
            self.description.check(
                method,
                path.partition("?")[0],
                response.status_code,
                response.mimetype,
                response.json,
            )
        return response

    def get(self, path: str, **options: Any) -> TestResponse:
        """Read."""
        return self.call("GET", path, **options)

    def post(self, path: str, json: Any = None, *, key: str = "", **options: Any) -> TestResponse:
        """Send JSON, with an Idempotency-Key if ``key`` is given."""
        headers = {"Idempotency-Key": key} if key else {}
        if json is not None:
            options["json"] = json
        return self.call("POST", path, headers=headers, **options)

    def patch(self, path: str, json: Any) -> TestResponse:
        """Send a JSON Merge Patch."""
        return self.call("PATCH", path, json=json, content_type="application/merge-patch+json")

    def delete(self, path: str) -> TestResponse:
        """Remove."""
        return self.call("DELETE", path)

    def upload(self, path: str, field: str, name: str, content: bytes, **more: Any) -> TestResponse:
        """Send one file as multipart."""
        boundary, data = encode_multipart(
            {"field": field, "file": FileStorage(io.BytesIO(content), name), **more}
        )
        kind = f"multipart/form-data; boundary={boundary}"
        return self.call("POST", path, data=data, content_type=kind)
