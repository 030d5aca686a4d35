"""The one place where errors meet HTTP: a page for people, RFC 9457 for programs."""

import structlog
from flask import Flask, Response, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError, OperationalError
from werkzeug.exceptions import HTTPException, SecurityError

from app import errors
from app.web.parts import parts
from app.web.problem_texts import PROBLEM_TEXTS
from storage.documents import DocumentMissing, StoreUnavailable

STATUS: dict[type[errors.PlatformError], int] = {
    errors.Unauthenticated: 401,
    errors.Missing: 404,
    errors.Refused: 403,
    errors.WrongState: 409,
    errors.Invalid: 422,
    errors.Incident: 500,
    errors.Rejected: 502,
    errors.Unavailable: 503,
}

_HTTP_CODES = {
    400: "bad_request",
    403: "refused",
    404: "missing",
    405: "method",
    413: "too_large",
    415: "bad_request",
    422: "invalid",
    429: "too_many",
}

log = structlog.get_logger()


def attach(app: Flask) -> None:
    """Register the handlers for platform, store and HTTP errors and for everything else."""
    app.register_error_handler(errors.PlatformError, show_platform_error)
    app.register_error_handler(DocumentMissing, lambda _: show("missing", 404))
    app.register_error_handler(StoreUnavailable, lambda _: show("unavailable", 503))
    app.register_error_handler(DBAPIError, show_database_error)
    app.register_error_handler(HTTPException, show_http_error)
    app.register_error_handler(Exception, show_defect)


def show_platform_error(error: errors.PlatformError) -> ResponseReturnValue:
    """Answer a platform error with the status of its kind."""
    status = next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)
    fields = error.fields if isinstance(error, errors.Invalid) else ()
    if isinstance(error, errors.Incident):
        log.error("incident", element=error.element, cause=error.cause)
    log.info("problem", code=error.code, status=status, subject=error.subject)
    return show(error.code, status, fields)


def show_database_error(error: DBAPIError) -> ResponseReturnValue:
    """Answer a lost connection as a pause, not as a defect; the pool renews itself after it."""
    if not error.connection_invalidated and not isinstance(error, OperationalError):
        return show_defect(error)
    log.warning("database_unavailable")
    return show("unavailable", 503)


def show_http_error(error: HTTPException) -> ResponseReturnValue:
    """Answer what Flask and Werkzeug refuse; redirects pass through."""
    if isinstance(error, SecurityError):
        return show_foreign_host()
    status = error.code or 500
    if status < 400:
        return error.get_response()
    answer = show(_HTTP_CODES.get(status, "internal" if status >= 500 else "bad_request"), status)
    allowed = getattr(error, "valid_methods", None)
    if allowed:
        answer.headers["Allow"] = ", ".join(allowed)
    return answer


def show_foreign_host() -> ResponseReturnValue:
    """Answer a request under another name than ours: browsers are led to the right one.

    No page is drawn, because without a known host there are no addresses to put into it.
    """
    is_page_call = request.method in {"GET", "HEAD"} and not request.path.startswith("/api/")
    if is_page_call and request.accept_mimetypes.best == "text/html":
        return redirect(parts().config.public_url + request.full_path.removesuffix("?"))
    return as_json("foreign_host", 400)


def show_defect(error: Exception) -> ResponseReturnValue:
    """Answer a defect of ours without a word about its inside; the log has the trace."""
    log.error("defect", exc_info=error)
    return show("internal", 500)


def wants_page() -> bool:
    """Whether a person's browser asks; the API always gets problem+json."""
    if request.path.startswith("/api/"):
        return False
    accepted = request.accept_mimetypes
    return accepted.best_match(["text/html", "application/json"]) == "text/html"


def show(code: str, status: int, fields: tuple[errors.FieldFault, ...] = ()) -> Response:
    """Make the answer in the form the caller wants."""
    text = PROBLEM_TEXTS[code]
    if wants_page():
        page = render_template(
            "problem.html", problem=text, code=code, status=status, faults=fields
        )
        return Response(page, status)
    return as_json(code, status, fields)


def as_json(code: str, status: int, fields: tuple[errors.FieldFault, ...] = ()) -> Response:
    """Make the answer for programs (RFC 9457)."""
    text = PROBLEM_TEXTS[code]
    body: dict[str, object] = {
        "type": f"urn:problem:{code}",
        "title": text.title,
        "status": status,
        "detail": text.text,
    }
    if fields:
        body["fields"] = [
            {"pointer": fault.pointer, "code": fault.code, "message": fault.message}
            for fault in fields
        ]
    answer = jsonify(body)
    answer.status_code = status
    answer.content_type = "application/problem+json"
    if status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer
