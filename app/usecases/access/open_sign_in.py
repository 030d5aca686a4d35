"""Anmelden: start a session for a person whom the provider has verified."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.connectors.sign_in import SignedIn
from app.models.sign_in import SignIn
from app.usecases.access.session_token import longest, new_token, token_sha256


def open_sign_in(session: Session, signed_in: SignedIn, now: datetime) -> str:
    """Return a fresh token for the browser; only its hash is kept.

    Adds to ``session`` and leaves the commit to the caller; ``now`` is aware and in UTC.
    """
    token = new_token()
    session.add(
        SignIn(
            token_sha256=token_sha256(token),
            identity=signed_in.identity.to_dict(),
            id_token=signed_in.id_token,
            created_at=now,
            last_seen_at=now,
            expires_at=now + longest(signed_in.identity),
        )
    )
    return token
