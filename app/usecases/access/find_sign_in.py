"""Wer ist das? Find the person behind a browser's token."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.domain.identity import Identity
from app.models.sign_in import SignIn
from app.usecases.access.session_token import IDLE, token_sha256

#: how exactly we know when somebody was last seen; spares a write per request
SEEN_STEP: Final = timedelta(minutes=1)


def find_sign_in(session: Session, token: str, now: datetime) -> Identity | None:
    """Return who holds ``token``, None if it is unknown, was idle too long or has expired.

    One SELECT, and at most once a minute an UPDATE that keeps the session alive. Leaves the
    commit to the caller; ``now`` is aware and in UTC.
    """
    key = token_sha256(token)
    found = session.execute(
        select(SignIn.identity, SignIn.last_seen_at).where(
            SignIn.token_sha256 == key,
            SignIn.expires_at > now,
            SignIn.last_seen_at > now - IDLE,
        )
    ).one_or_none()
    if found is None:
        return None
    if found.last_seen_at <= now - SEEN_STEP:
        session.execute(update(SignIn).where(SignIn.token_sha256 == key).values(last_seen_at=now))
    return Identity.from_dict(found.identity)
