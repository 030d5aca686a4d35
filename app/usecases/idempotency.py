"""Idempotency-Key: make a repeated request answer as the first one did."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.errors import KeyUsedBefore
from app.models.idempotency_key import IdempotencyKey

KEPT = timedelta(days=7)


def forget_old_keys(session: Session, now: datetime) -> None:
    """Delete the keys nobody will send again."""
    session.execute(delete(IdempotencyKey).where(IdempotencyKey.created_at < now - KEPT))


def once(
    session: Session,
    *,
    caller: str,
    operation: str,
    key: str,
    body_sha256: str,
    now: datetime,
    act: Callable[[], dict[str, Any]],
) -> tuple[dict[str, Any], bool]:
    """Run ``act`` unless this key was used; return its answer and whether it ran now.

    Two requests at the same time wait for each other at the key's row; if the first one fails,
    its row is gone and the second one acts. The key binds caller, operation and body.

    :raises KeyUsedBefore: the key belongs to another body.
    """
    taken = session.execute(
        insert(IdempotencyKey)
        .values(
            caller=caller,
            operation=operation,
            key=key,
            body_sha256=body_sha256,
            answer={},
            created_at=now,
        )
        .on_conflict_do_nothing()
        .returning(IdempotencyKey)
    ).scalar_one_or_none()
    if taken is None:
        known = session.execute(
            select(IdempotencyKey).where(
                IdempotencyKey.caller == caller,
                IdempotencyKey.operation == operation,
                IdempotencyKey.key == key,
            )
        ).scalar_one()
        if known.body_sha256 != body_sha256:
            raise KeyUsedBefore(operation)
        return known.answer, False
    taken.answer = act()
    return taken.answer, True
