"""Abmelden: end a session on our side at once."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.models.sign_in import SignIn
from app.usecases.access.session_token import token_sha256


def close_sign_in(session: Session, token: str) -> str:
    """Delete the session of ``token`` and return its ID token, empty if there was none.

    Leaves the commit to the caller.
    """
    statement = (
        delete(SignIn).where(SignIn.token_sha256 == token_sha256(token)).returning(SignIn.id_token)
    )
    return session.execute(statement).scalar_one_or_none() or ""
