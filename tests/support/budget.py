"""Haushalt: what a request may ask of the database; fixtures for those who count.

Statements are SQLAlchemy's events on the engine, so the look-up of the session and the one
statement of the real job queue count as well.
"""

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import text

from app.connectors.procrastinate_jobs import ProcrastinateJobs
from app.models.base import db
from app.worker import handlers
from tests.support.statements import counted


@pytest.fixture
def parts(parts):
    """As elsewhere, but jobs go into the database as they do in earnest."""
    return dataclasses.replace(parts, jobs=ProcrastinateJobs())


@pytest.fixture
def run_jobs(app, parts, database_engine) -> Callable[[], None]:
    """Run what waits in the database, once each, until nothing is left."""

    def run() -> None:
        known = handlers(app, parts)
        while True:
            with database_engine.begin() as connection:
                jobs = connection.execute(
                    text("DELETE FROM procrastinate_jobs RETURNING task_name, args")
                ).all()
            if not jobs:
                return
            for name, arguments in jobs:
                known[name](**arguments)

    return run


@pytest.fixture
def budget(app) -> Callable[..., object]:
    """Fail if a block takes more statements or commits than allowed, and show which."""

    @contextmanager
    def within(statements: int, commits: int) -> Iterator[None]:
        with app.app_context():
            engine = db.engine
        with counted(engine) as count:
            yield
        shown = "\n".join(line.replace("\n", " ")[:120] for line in count.statements)
        assert len(count.statements) <= statements, f"{len(count.statements)}:\n{shown}"
        assert count.commits <= commits, f"{count.commits} commits:\n{shown}"
        assert count.statements, "nothing was counted"

    return within
