"""Warten auf eine Nachricht: what a case waits for, so that a message finds it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Select, select
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.correlation import correlation_key
from app.models.base import Base
from app.models.case import Case


class Subscription(Base):
    """One wait for a message; the rows of a case are replaced when its waits change.

    ``correlation_key`` is a digest of the values that must arrive, so that no row holds them.
    """

    __tablename__ = "subscriptions"
    __table_args__ = (
        Index("ix_subscriptions_wanted", "municipality_slug", "message", "correlation_key"),
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    engine_task_id: Mapped[str] = mapped_column(primary_key=True)
    message: Mapped[str] = mapped_column(primary_key=True)
    correlation_key: Mapped[str] = mapped_column(primary_key=True)
    municipality_slug: Mapped[str] = mapped_column(ForeignKey("municipalities.slug"))


def cases_waiting_for(
    municipality_slug: str, message: str, correlation: Mapping[str, Any]
) -> Select[UUID]:
    """Select the ids of the cases that wait for exactly this, the oldest first."""
    return (
        select(Case.id)
        .where(
            Case.id.in_(
                select(Subscription.case_id).where(
                    Subscription.municipality_slug == municipality_slug,
                    Subscription.message == message,
                    Subscription.correlation_key == correlation_key(correlation),
                )
            )
        )
        .order_by(Case.received_at, Case.id)
    )
