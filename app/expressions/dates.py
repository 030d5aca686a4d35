"""Datum und Zeit in Ausdrücken: German dates, ISO text accepted wherever a date is meant."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from app.domain.duration import add_months
from app.domain.file_reference import BERLIN
from app.domain.working_days import add_working_days
from app.expressions.fault import ExpressionFault
from app.expressions.frame import Frame

MAX_DAYS = 36_600
MAX_MONTHS = 1_200
MAX_WORKING_DAYS = 2_500


def parse_moment(text: str) -> date | datetime | None:
    """Read an ISO date or an ISO time (without zone: German time); anything else is None."""
    try:
        if len(text) == 10:
            return date.fromisoformat(text)
        if len(text) > 40 or "T" not in text:
            return None
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=BERLIN)


def align(left: Any, right: Any) -> tuple[Any, Any]:
    """Make two values comparable where one of them is a date.

    ISO text next to a date is read as one; a time next to a date counts as its day in Germany.
    Text that is no date stays text.
    """
    if isinstance(left, str):
        left = parse_moment(left) or left
    if isinstance(right, str):
        right = parse_moment(right) or right
    if isinstance(left, datetime) and isinstance(right, date) and not isinstance(right, datetime):
        return left.astimezone(BERLIN).date(), right
    if isinstance(right, datetime) and isinstance(left, date) and not isinstance(left, datetime):
        return left, right.astimezone(BERLIN).date()
    return left, right


def _day(value: Any) -> date:
    moment = parse_moment(value) if isinstance(value, str) else value
    if isinstance(moment, datetime):
        return moment.astimezone(BERLIN).date()
    if isinstance(moment, date):
        return moment
    raise ExpressionFault("Hier wird ein Datum wie 2026-01-31 gebraucht.")


def _count(value: Any, most: int) -> int:
    if type(value) is not int or abs(value) > most:
        raise ExpressionFault(f"Hier wird eine ganze Zahl bis {most} gebraucht.")
    return value


def _today(frame: Frame) -> date:
    return frame.now.astimezone(BERLIN).date()


def _now(frame: Frame) -> datetime:
    return frame.now.astimezone(UTC)


def _date(_: Frame, *parts: Any) -> date:
    return date(*parts) if len(parts) == 3 else _day(*parts)


def _days(_: Frame, count: Any) -> timedelta:
    return timedelta(days=_count(count, MAX_DAYS))


def _months(_: Frame, day: Any, count: Any) -> date:
    return add_months(_day(day), _count(count, MAX_MONTHS))


def _working_days(frame: Frame, day: Any, count: Any) -> date:
    frame.tick(abs(_count(count, MAX_WORKING_DAYS)))
    return add_working_days(_day(day), count)


def _year(_: Frame, day: Any) -> int:
    return _day(day).year


def _days_between(_: Frame, first: Any, last: Any) -> int:
    return (_day(last) - _day(first)).days


DATE_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "heute": _today,
    "jetzt": _now,
    "datum": _date,
    "tage": _days,
    "monate": _months,
    "werktage": _working_days,
    "jahr": _year,
    "tage_zwischen": _days_between,
}
