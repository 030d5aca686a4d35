"""Schutz vor fremden Formularen: every change from a browser proves that it began on our page."""

import re
import secrets
from collections.abc import Callable
from hashlib import sha256
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, request
from itsdangerous import Signer

from app.errors import Refused
from app.web.body_size import allow_body
from app.web.cookies import FORM, SIGN_IN, read_cookie, set_cookie
from app.web.parts import parts

View = TypeVar("View", bound=Callable[..., Any])

FIELD: Final = "csrf_token"
HEADER: Final = "X-CSRF-Token"
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_FORM_COOKIE = re.compile(r"[\w-]{22}", re.ASCII)


class ForeignForm(Refused):
    """A change did not come from a page of ours, or from one that has grown too old."""

    code = "csrf"


def attach(app: Flask) -> None:
    """Check every unsafe request and give ``csrf_token()`` to all templates, macros too."""
    app.before_request(protect)
    app.after_request(_keep_form_cookie)
    app.jinja_env.globals["csrf_token"] = csrf_token


def without_csrf_token(view: View) -> View:
    """Mark a view that programs call and that looks at no cookie."""
    view.takes_foreign_forms = True  # type: ignore[attr-defined]  # functions carry attributes
    return view


def protect() -> None:
    """Refuse an unsafe request that a foreign page may have caused.

    The API is left out, for it takes nobody's cookies.

    :raises ForeignForm: origin or token do not hold.
    """
    if request.method in _SAFE or request.endpoint is None or request.path.startswith("/api/"):
        return
    view = current_app.view_functions[request.endpoint]
    if getattr(view, "takes_foreign_forms", False):
        return
    if not _is_from_here():
        raise ForeignForm("origin")
    allow_body(view)
    token = request.headers.get(HEADER) or request.form.get(FIELD, "")
    if not holds(token, _binding()):
        raise ForeignForm("token")


def csrf_token() -> str:
    """Return a token for a form on this page; it differs each time and stays good all the same."""
    binding = _binding()
    if not binding:
        g.form_cookie = binding = secrets.token_urlsafe(16)
    return token_for(binding)


def token_for(binding: str) -> str:
    """Make a token that holds for the browser whose cookie has the value ``binding``."""
    salt = secrets.token_hex(8)
    return f"{salt}.{_signer().get_signature(f'{salt}.{binding}').decode()}"


def holds(token: str, binding: str) -> bool:
    """Tell whether ``token`` was made for ``binding``."""
    salt, _, signature = token.partition(".")
    return bool(binding) and _signer().verify_signature(f"{salt}.{binding}", signature)


def _binding() -> str:
    """Return the cookie to which tokens belong: the sign-in's, else one just for forms."""
    if signed_in := read_cookie(SIGN_IN):
        return signed_in
    kept: str = g.get("form_cookie") or read_cookie(FORM)
    return kept if _FORM_COOKIE.fullmatch(kept) else ""


def _is_from_here() -> bool:
    """Compare what browsers say about the page that sent the request; some say nothing."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return False
    here = urlsplit(parts().config.public_url)
    return request.headers.get("Origin", f"{here.scheme}://{here.netloc}") == (
        f"{here.scheme}://{here.netloc}"
    )


def _keep_form_cookie(response: Response) -> Response:
    if "form_cookie" in g:
        set_cookie(response, FORM, g.form_cookie)
    return response


def _signer() -> Signer:
    return Signer(str(current_app.secret_key), salt="antragswerk.csrf", digest_method=sha256)
