"""Schnittstelle: puts the calls together below ``/api/v1`` and describes them (OpenAPI 3.1)."""

from typing import Any, cast

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from flask_smorest import Api  # type: ignore[import-untyped]  # it brings no types

from app.web.api.applications import applications
from app.web.api.blueprint import BEARER
from app.web.api.cases import cases
from app.web.api.description import describe_api
from app.web.api.documents import documents
from app.web.api.evidence import evidence
from app.web.api.mailbox import mailbox
from app.web.api.me import me
from app.web.api.municipalities import municipalities
from app.web.api.problem_schema import ProblemSchema
from app.web.api.submission import submission
from app.web.api.tasks import tasks

TITLE = "Antragswerk: Schnittstelle für Programme"
VERSION = "1.0"
_INTRODUCTION = (
    "Leistungen finden, Anträge ausfüllen und absenden, Aufgaben erledigen, Bescheide lesen. "
    "Bitte senden Sie Ihr Zugriffstoken im Kopf Authorization mit. "
    "Zeiten stehen in UTC, Listen kommen seitenweise, "
    "und Fehler sagen in deutscher Sprache, was zu tun ist."
)


class PlatformApi(Api):  # type: ignore[misc]  # its base has no types
    """flask-smorest with the platform's own errors."""

    ERROR_SCHEMA = ProblemSchema

    def _register_error_handlers(self) -> None:
        """Leave errors to ``app/web/problems.py``."""


def attach(app: Flask) -> None:
    """Register all calls, their description and the page that shows it."""
    cast("DefaultJSONProvider", app.json).sort_keys = False  # the order of fields has a meaning
    cast("DefaultJSONProvider", app.json).ensure_ascii = False
    api = PlatformApi(
        app,
        spec_kwargs={
            "title": TITLE,
            "version": VERSION,
            "openapi_version": "3.1.0",
            "info": {"description": _INTRODUCTION},
            "servers": [{"url": "/"}],
        },
    )
    api.spec.components.security_scheme(
        BEARER, {"type": "http", "scheme": "bearer", "bearerFormat": "JWT (RFC 9068)"}
    )
    for blueprint in (
        municipalities,
        applications,
        evidence,
        submission,
        cases,
        mailbox,
        documents,
        tasks,
        me,
    ):
        api.register_blueprint(blueprint)
    described: dict[str, Any] = _as_problems(api.spec.to_dict())
    app.register_blueprint(describe_api(described))


def _as_problems(described: dict[str, Any]) -> dict[str, Any]:
    """Say that errors are ``application/problem+json``; flask-smorest knows one media type only."""
    for response in described["components"].get("responses", {}).values():
        content = response.get("content", {})
        if "application/json" in content:
            content["application/problem+json"] = content.pop("application/json")
    return described
