"""Anweisungen zählen: how often a request asks the database, free of noise."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Engine, event


@dataclass
class Count:
    """What went to the database."""

    statements: list[str] = field(default_factory=list)
    commits: int = 0


@contextmanager
def counted(engine: Engine) -> Iterator[Count]:
    """Count statements and commits on ``engine`` while the block runs."""
    count = Count()

    def note(_connection, _cursor, statement, *_rest) -> None:
        count.statements.append(statement)

    def committed(_connection) -> None:
        count.commits += 1

    event.listen(engine, "before_cursor_execute", note)
    event.listen(engine, "commit", committed)
    try:
        yield count
    finally:
        event.remove(engine, "before_cursor_execute", note)
        event.remove(engine, "commit", committed)
