"""Abgelaufene Anmeldungen: forget sessions that nobody can use any more."""

from datetime import datetime

from sqlalchemy import delete, or_
from sqlalchemy.orm import Session

from app.models.sign_in import SignIn
from app.usecases.access.session_token import IDLE


def delete_expired(session: Session, now: datetime) -> None:
    """Delete them with the personal data they hold; safe to repeat.

    Leaves the commit to the caller; ``now`` is aware and in UTC.
    """
    session.execute(
        delete(SignIn).where(or_(SignIn.expires_at <= now, SignIn.last_seen_at <= now - IDLE))
    )
