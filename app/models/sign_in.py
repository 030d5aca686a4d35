"""Anmeldung: a server-side session of a signed-in person."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class SignIn(Base):
    """One session; the browser holds a random token, we hold its sha256 (hex).

    ``identity`` is ``Identity.to_dict()``; ``id_token`` is kept for sign-out at the provider.
    """

    __tablename__ = "sign_ins"
    __table_args__ = (Index("ix_sign_ins_expires_at", "expires_at"),)

    token_sha256: Mapped[str] = mapped_column(primary_key=True)
    identity: Mapped[dict[str, Any]]
    id_token: Mapped[str]
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
