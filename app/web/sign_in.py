"""Anmelden und Abmelden: the browser's way to the sign-in provider and back."""

import re

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.connectors.sign_in import SignedIn
from app.domain.identity import Identity
from app.errors import Unauthenticated
from app.models.transaction import transaction
from app.usecases.access.close_sign_in import close_sign_in
from app.usecases.access.open_sign_in import open_sign_in
from app.web.cookies import SIGN_IN, drop_cookie, read_cookie, set_cookie
from app.web.identity import current_identity
from app.web.parts import parts
from app.web.return_path import safe_path
from app.web.sign_in_flow import Flow, drop_flow, keep_flow, read_flow

sign_in = Blueprint("sign_in", __name__)

RETURN_PATH = "/anmelden/rueckkehr"
_HINT = re.compile(r"[a-z0-9-]{1,40}")


@sign_in.get("/anmelden")
def begin() -> ResponseReturnValue:
    """Send the browser to the sign-in provider; ``weiter`` is where it wants to go afterwards."""
    wanted, hint = request.args.get("weiter", ""), request.args.get("als", "")
    started = parts().sign_in.begin(
        _return_address(), login_hint=hint if _HINT.fullmatch(hint) else ""
    )
    response = _go(started.url)
    keep_flow(response, Flow(started, next_path=safe_path(wanted) if wanted else ""))
    return response


@sign_in.get(RETURN_PATH)
def finish() -> ResponseReturnValue:
    """Take the browser back, open a session under a new key and go where it wanted to."""
    flow = read_flow(request.args.get("state", ""))
    if flow is None:
        identity = current_identity()
        return _go(_home(identity)) if identity else _failed("stale", "")
    query = request.query_string.decode("ascii", "replace")
    try:
        signed_in = parts().sign_in.finish(
            _return_address(), f"{_return_address()}?{query}", flow.request
        )
    except Unauthenticated:
        cancelled = request.args.get("error") == "access_denied"
        response = _failed("cancelled" if cancelled else "refused", flow.next_path)
        drop_flow(response, flow)
        return response
    response = _go(flow.next_path or _home(signed_in.identity))
    set_cookie(response, SIGN_IN, _open(signed_in))
    drop_flow(response, flow)
    return response


@sign_in.post("/abmelden")
def leave() -> ResponseReturnValue:
    """End the session here, then at the provider."""
    p = parts()
    with transaction() as session:
        id_token = close_sign_in(session, read_cookie(SIGN_IN))
    left = f"{p.config.public_url}/abgemeldet"
    response = _go((p.sign_in.sign_out_url(id_token, left) if id_token else "") or left)
    drop_cookie(response, SIGN_IN)
    return response


@sign_in.get("/abgemeldet")
def left() -> ResponseReturnValue:
    """Confirm that nobody is signed in any more."""
    return render_template("sign_in/left.html")


def _open(signed_in: SignedIn) -> str:
    """Replace whatever session the browser had, so that a planted one is worth nothing."""
    with transaction() as session:
        close_sign_in(session, read_cookie(SIGN_IN))
        return open_sign_in(session, signed_in, parts().clock())


def _go(address: str) -> Response:
    response = redirect(address, 303)
    assert isinstance(response, Response)  # noqa: S101 - the app's own class, for the type checker
    return response


def _return_address() -> str:
    return f"{parts().config.public_url}{RETURN_PATH}"


def _home(identity: Identity) -> str:
    if identity.works_cases():
        return "/arbeit"
    return "/" if identity.is_staff else "/konto"


def _failed(reason: str, next_path: str) -> Response:
    page = render_template("sign_in/failed.html", reason=reason, next_path=next_path)
    return Response(page, 400)
