"""Kopfzeilen: what every answer tells the browser to refuse."""

from urllib.parse import urlsplit

from flask import Flask, Response, request

from app.web.cookies import SIGN_IN, read_cookie
from app.web.parts import parts

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
    ),
}
_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
_ONE_YEAR_S = 365 * 24 * 60 * 60
_STATIC_S = 10 * 60


def attach(app: Flask) -> None:
    """Add them to every answer; a view's own, stricter ones stay."""
    app.after_request(add_headers)


def add_headers(response: Response) -> Response:
    """Add what is missing; also runs for answers that never reached a view."""
    config = parts().config
    headers = dict(_ALWAYS)
    headers["Content-Security-Policy"] = content_security_policy(
        config.public_url, config.oidc_issuer
    )
    headers["Cache-Control"] = _caching(response)
    if config.is_https:
        headers["Strict-Transport-Security"] = f"max-age={_ONE_YEAR_S}"
    if request.endpoint == "static":
        response.headers["Cache-Control"] = headers["Cache-Control"]  # Flask sets one of its own
    else:
        response.vary.add("Cookie")
    for name, value in headers.items():
        response.headers.setdefault(name, value)
    return response


def content_security_policy(public_url: str, issuer: str) -> str:
    """Write the policy: everything from here, nothing inline, in nobody's frame.

    Forms may lead to the sign-in provider, because browsers check a form's redirects as well.
    """
    here, provider = urlsplit(public_url), urlsplit(issuer)
    action = "'self'"
    if (here.scheme, here.netloc) != (provider.scheme, provider.netloc):
        action += f" {provider.scheme}://{provider.netloc}"
    rules = {**_POLICY, "form-action": action}
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _caching(response: Response) -> str:
    if request.endpoint == "static" and response.status_code in {200, 206, 304}:
        return f"public, max-age={_STATIC_S}"
    personal = (
        read_cookie(SIGN_IN)
        or "Authorization" in request.headers
        or "Set-Cookie" in response.headers
        or request.path.startswith("/api/")
    )
    return "no-store" if personal else "private, no-cache"
