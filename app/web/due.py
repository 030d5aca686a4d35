"""Frist: a due date in a word, with its tone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from app.domain.file_reference import BERLIN
from app.domain.working_days import is_working_day

#: beyond this many days a date says more than a count
COUNTED_DAYS = 30


@dataclass(frozen=True, slots=True)
class Due:
    """What to show: ``tone`` is a badge tone, never the only carrier of the meaning."""

    text: str
    tone: Literal["danger", "warning", "neutral"]
    is_overdue: bool


def due(due_at: datetime, now: datetime) -> Due:
    """Put a deadline into words, seen at ``now``; both are aware.

    Days are those of German legal time; the way ahead counts working days, the delay counts
    calendar days.
    """
    day, today = due_at.astimezone(BERLIN).date(), now.astimezone(BERLIN).date()
    days = (day - today).days
    if due_at < now:
        return Due(_overdue(-days), "danger", is_overdue=True)
    if days == 0:
        return Due("heute", "warning", is_overdue=False)
    if days == 1:
        return Due("morgen", "warning", is_overdue=False)
    if days > COUNTED_DAYS:
        return Due(f"bis {day:%d.%m.%Y}", "neutral", is_overdue=False)
    return Due(_ahead(today, days), "neutral", is_overdue=False)


def _overdue(days: int) -> str:
    if days == 0:
        return "seit heute überfällig"
    return "1 Tag überfällig" if days == 1 else f"{days} Tage überfällig"


def _ahead(today: date, days: int) -> str:
    working = sum(is_working_day(today + timedelta(days=n)) for n in range(1, days + 1))
    if working == 0:
        return f"in {days} Tagen"
    return "in 1 Arbeitstag" if working == 1 else f"in {working} Arbeitstagen"
