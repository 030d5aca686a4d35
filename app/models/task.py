"""Aufgabe: an open user task of a running process, as a row for the work list."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, ForeignKey, Index, Select, and_, exists, select, text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.identity import Identity
from app.models.base import Base
from app.models.case import Case


class Task(Base):
    """One user task; the engine knows it as ``engine_task_id`` within its case.

    ``queue`` is the lane's name; ``role`` and ``group_key`` say who may work on it (from the
    manifest's lane); ``claimed_by`` is an identity key. Exactly one of ``completed_at`` and
    ``cancelled_at`` is set when it is no longer open.
    """

    __tablename__ = "tasks"
    __table_args__ = (
        Index("uq_tasks_engine_task_id", "case_id", "engine_task_id", unique=True),
        Index(
            "ix_tasks_open",
            "municipality_slug",
            "group_key",
            "due_at",
            "id",
            postgresql_where=text("completed_at IS NULL AND cancelled_at IS NULL"),
        ),
        {"postgresql_with": {"fillfactor": 80}},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    engine_task_id: Mapped[str]
    element: Mapped[str]
    name: Mapped[str]
    queue: Mapped[str]
    role: Mapped[str]
    group_key: Mapped[str]
    municipality_slug: Mapped[str]
    form_key: Mapped[str]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    claimed_by: Mapped[str | None]
    claimed_by_name: Mapped[str | None]
    claimed_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    completed_by: Mapped[str | None]
    cancelled_at: Mapped[datetime | None]

    @property
    def is_open(self) -> bool:
        """Whether somebody can still work on it."""
        return self.completed_at is None and self.cancelled_at is None


def is_for(worker: Identity) -> ColumnElement[bool]:
    """Tell whether a task is for ``worker``: the one rule of who may see and work on it.

    A task belongs to one role and one group of one municipality; nobody else sees it.
    """
    return and_(
        Task.municipality_slug == worker.municipality,
        Task.group_key.in_(worker.groups),
        Task.role.in_([role.value for role in worker.roles]),
    )


def case_is_worked_on_by(worker: Identity) -> ColumnElement[bool]:
    """Tell whether a case has, or had, a task that is for ``worker``."""
    return exists().where(Task.case_id == Case.id, is_for(worker)).correlate(Case)


def open_tasks_for(worker: Identity) -> Select[Task, Case]:
    """Select the open tasks ``worker`` may see, with their cases; unordered."""
    return (
        select(Task, Case)
        .join(Case, Case.id == Task.case_id)
        .where(
            is_for(worker),
            Task.completed_at.is_(None),
            Task.cancelled_at.is_(None),
        )
    )


def withdrawn_for(worker: Identity, since: datetime) -> Select[Case]:
    """Select the cases ``worker`` may see that were withdrawn ``since`` then; unordered."""
    return select(Case).where(
        Case.municipality_slug == worker.municipality,
        Case.withdrawn_at >= since,
        case_is_worked_on_by(worker),
    )


def last_worker_of(case_id: UUID) -> Select[str | None]:
    """Select the name of who completed the last task of a case."""
    return (
        select(Task.claimed_by_name)
        .where(Task.case_id == case_id, Task.completed_at.is_not(None))
        .order_by(Task.completed_at.desc())
        .limit(1)
    )
