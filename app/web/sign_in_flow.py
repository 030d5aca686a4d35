"""Begonnene Anmeldung: what must be remembered in the browser until it is back."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from flask import Response, current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

from app.connectors.sign_in import SignInRequest
from app.web.cookies import FLOW, cookie_name, drop_cookie, read_cookie, set_cookie

LASTS_S: Final = 10 * 60
_MOST: Final = 4  # begun at the same time in one browser; more would only fill its cookies


@dataclass(frozen=True, slots=True)
class Flow:
    """One sign-in on its way; ``next_path`` is empty if the browser wants nothing special."""

    request: SignInRequest
    next_path: str


def keep_flow(response: Response, flow: Flow) -> None:
    """Keep it in a signed cookie of its own, so that several tabs do not disturb each other."""
    started = flow.request
    begun = [name for name in request.cookies if name.startswith(cookie_name(FLOW))]
    if len(begun) >= _MOST:
        for name in begun:
            drop_cookie(response, f"{FLOW}{name.removeprefix(cookie_name(FLOW))}")
    value = _signer().dumps([started.state, started.nonce, started.code_verifier, flow.next_path])
    set_cookie(response, _purpose(started.state), value, max_age_s=LASTS_S)


def read_flow(state: str) -> Flow | None:
    """Return the sign-in that left with ``state``; None if it is not this browser's or too old."""
    try:
        kept = _signer().loads(read_cookie(_purpose(state)), max_age=LASTS_S)
        left_with, nonce, verifier, next_path = kept
    except (BadData, ValueError, TypeError):
        return None
    if left_with != state:
        return None
    return Flow(SignInRequest("", state=state, nonce=nonce, code_verifier=verifier), next_path)


def drop_flow(response: Response, flow: Flow) -> None:
    """Forget it: each sign-in comes back once."""
    drop_cookie(response, _purpose(flow.request.state))


def _purpose(state: str) -> str:
    return f"{FLOW}-{sha256(state.encode('utf-8', 'replace')).hexdigest()[:16]}"


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="antragswerk.sign-in")
