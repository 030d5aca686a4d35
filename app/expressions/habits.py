"""Gewohnheiten: finds the notation of another language in a source."""

from collections.abc import Sequence

from app.expressions.notations import FOUND, MISLEADING, UNREADABLE, Habit
from app.expressions.source_text import SourceText


def misleading(source: SourceText) -> tuple[int, str] | None:
    """Find what would be read otherwise than meant: its index and what to write instead."""
    return _first(MISLEADING, source.code)


def foreign(source: SourceText) -> tuple[int, str] | None:
    """Find a notation of another language in a source that cannot be read."""
    return _first(UNREADABLE, source.code)


def _first(table: Sequence[Habit], code: str) -> tuple[int, str] | None:
    for pattern, message in table:
        match = pattern.search(code)
        if match:
            at = "at" if "at" in pattern.groupindex and match["at"] else 0
            return match.start(at), message.replace(FOUND, match[0])
    return None
