"""One transaction per request or job: the edge opens it, nothing below commits."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from app.models.base import db


@contextmanager
def transaction() -> Iterator[Session]:
    """Commit when the block ends well, roll back when it raises; needs an application context."""
    session = db.session()
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
