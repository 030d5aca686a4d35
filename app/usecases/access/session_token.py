"""Sitzungsschlüssel: what a browser holds after sign-in, and how long it is good for."""

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Final

from app.domain.identity import Identity

IDLE: Final = timedelta(minutes=30)
LONGEST_APPLICANT: Final = timedelta(hours=8)
LONGEST_STAFF: Final = timedelta(hours=10)


def new_token() -> str:
    """Make 256 random bits, safe for a cookie."""
    return secrets.token_urlsafe(32)


def token_sha256(token: str) -> str:
    """Return what we store in its place, as hex."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def longest(identity: Identity) -> timedelta:
    """Return after what time a person must sign in again, however active."""
    return LONGEST_STAFF if identity.is_staff else LONGEST_APPLICANT
