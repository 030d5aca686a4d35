"""Wer handelt: the person behind a request, by cookie for browsers and by token for programs."""

import re
from typing import Final

from flask import g, request
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.domain.identity import Identity, Role
from app.errors import Refused, Unauthenticated, Unavailable
from app.models.base import db
from app.usecases.access.find_sign_in import find_sign_in
from app.web.cookies import SIGN_IN, read_cookie
from app.web.parts import parts

_BEARER: Final = re.compile(r"Bearer +([A-Za-z0-9._~+/=-]+)", re.IGNORECASE)


class TokenUnusable(Unauthenticated):
    """A program sent no access token, or one that has expired or is not meant for us."""

    code = "token_unusable"


def current_identity() -> Identity | None:
    """Return who is signed in in this browser; looked up once per request.

    While the database does not answer nobody is, so that error pages can still be drawn.
    """
    if "identity" not in g:
        g.identity, g.identity_unknown = None, False
        token = read_cookie(SIGN_IN)
        if token:
            try:
                g.identity = _look_up(token)
            except SQLAlchemyError:
                g.identity_unknown = True
    found: Identity | None = g.identity
    return found


def signed_in() -> Identity:
    """Return who is signed in in this browser.

    :raises Unauthenticated: nobody.
    :raises Unavailable: it cannot be found out now.
    """
    identity = current_identity()
    if g.identity_unknown:
        raise Unavailable("sign_ins")
    if identity is None:
        raise Unauthenticated
    return identity


def require_role(*roles: Role) -> Identity:
    """Return who is signed in, if they hold at least one of ``roles``.

    :raises Unauthenticated: nobody is signed in.
    :raises Refused: none of the roles is held.
    """
    identity = signed_in()
    if not set(roles) & set(identity.roles):
        raise Refused("role")
    return identity


def bearer_identity() -> Identity:
    """Return whom the access token of this request speaks for; cookies count for nothing.

    :raises TokenUnusable: there is no token, or it does not hold.
    :raises Unavailable: the sign-in provider's keys cannot be had.
    """
    match = _BEARER.fullmatch(request.headers.get("Authorization", ""))
    if match is None:
        raise TokenUnusable("bearer")
    try:
        return parts().sign_in.identify(match[1])
    except Unauthenticated as error:
        raise TokenUnusable(error.subject) from error


def _look_up(token: str) -> Identity | None:
    """Read outside the request's transaction: nothing a view does can undo or depend on it."""
    outside = db.engine.execution_options(isolation_level="AUTOCOMMIT")
    with Session(outside) as session:
        return find_sign_in(session, token, parts().clock())
