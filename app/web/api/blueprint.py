"""Bausatz: one blueprint per resource; every call needs a token unless the blueprint is public."""

from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn, TypeVar, cast

from flask import g
from flask_smorest import Blueprint  # type: ignore[import-untyped]  # it brings no types
from marshmallow import Schema, ValidationError

from app.domain.identity import Identity
from app.web.api.body import JSON, read_body
from app.web.api.faults import invalid
from app.web.api.fields import ApiSchema
from app.web.identity import bearer_identity

View = TypeVar("View", bound=Callable[..., Any])

BEARER = "Zugriffstoken"
_KEY_TEXT = (
    "Eine Kennung Ihrer Wahl: Kommt dieselbe Anfrage mit ihr noch einmal an, "
    "wirkt sie nur einmal und bekommt dieselbe Antwort."
)


def refuse_query(error: ValidationError, *_args: Any, **_kwargs: Any) -> NoReturn:
    """Answer a wrong query as the platform answers.

    :raises Invalid: always.
    """
    raise invalid(ValidationError(error.messages_dict["query"])) from None


_query_parser = type(Blueprint.ARGUMENTS_PARSER)()
_query_parser.error_handler(refuse_query)


class ApiBlueprint(Blueprint):  # type: ignore[misc]  # its base has no types
    """The calls on one kind of thing below ``/api/v1``."""

    ARGUMENTS_PARSER = _query_parser

    def __init__(self, name: str, title: str, *, public: bool = False) -> None:
        super().__init__(name, __name__, url_prefix="/api/v1", description=title)
        self.public = public
        if not public:
            self.before_request(_require_token)

    def call(
        self,
        method: str,
        rule: str,
        title: str,
        *,
        gives: type[Schema] | None = None,
        status: int = 200,
        query: type[ApiSchema] | None = None,
        takes: type[ApiSchema] | None = None,
        media_types: tuple[str, ...] = (JSON,),
        key: bool | None = None,
        **documentation: Any,
    ) -> Callable[[View], View]:
        """Register a view and describe it in German.

        A view with ``takes`` gets ``body``, one with ``query`` gets its values as first argument.
        ``key`` says whether ``Idempotency-Key`` is required, or None where it has no use.
        """

        def decorate(view: View) -> View:
            @wraps(view)
            def run(*args: Any, **path: Any) -> Any:
                if takes is not None:
                    path["body"] = read_body(takes(), media_types)
                return view(*args, **path)

            wrapped: Any = run
            if query is not None:
                wrapped = self.arguments(query, location="query")(wrapped)
            described = _describe(title, takes, media_types, key, public=self.public)
            wrapped = self.response(status, gives)(wrapped)
            wrapped = self.doc(**described, **documentation)(wrapped)
            self.route(rule, methods=[method])(wrapped)
            return view

        return decorate


def caller() -> Identity:
    """Return who holds the token of this request."""
    return cast("Identity", g.caller)


def _require_token() -> None:
    g.caller = bearer_identity()


def _describe(
    title: str,
    takes: type[ApiSchema] | None,
    media_types: tuple[str, ...],
    key: bool | None,
    *,
    public: bool,
) -> dict[str, Any]:
    described: dict[str, Any] = {"summary": title, "security": [] if public else [{BEARER: []}]}
    if takes is not None:
        content = {media_type: {"schema": takes} for media_type in media_types}
        described["requestBody"] = {"required": bool(takes().fields), "content": content}
    if key is not None:
        described["parameters"] = [
            {
                "in": "header",
                "name": "Idempotency-Key",
                "required": key,
                "description": _KEY_TEXT,
                "schema": {"type": "string", "maxLength": 255},
            }
        ]
    return described
