"""Zeitpunkte: when a timer is due, computed once as it is entered."""

import re
from datetime import UTC, date, datetime, time, timedelta

from app.domain.duration import MAX_YEARS, parse_duration
from app.domain.file_reference import BERLIN
from app.domain.working_days import due_at
from app.expressions.fault import ExpressionFault

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(_DAY.pattern + r"T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?")
_WORKING_DAYS = re.compile(r"\d{1,4}AT")
_DURATION = re.compile(r"P[\dYMWDTHS]+")
_LITERALS = (_DAY, _MOMENT, _WORKING_DAYS, _DURATION)


def is_literal(text: str) -> bool:
    """Tell a date, time or duration written plainly from an expression that gives one."""
    return any(literal.fullmatch(text) for literal in _LITERALS)


def due_from(value: object, now: datetime) -> datetime:
    """Tell when a timer entered at ``now`` is due, in UTC.

    ``value`` is ISO text: a date (due as that day begins in Germany), a time (without zone:
    German time), a duration (``P14D``: the same time of day), or working days (``10AT``: the end
    of that day). What lies in the past is due at once.

    :raises ExpressionFault: it is none of these, or more than 100 years ahead.
    """
    try:
        due = _read(value, now)
    except (ValueError, OverflowError):
        raise ExpressionFault(
            "Der Zeitpunkt ist unverständlich. Beispiele: 2026-01-31, P14D, 10AT."
        ) from None
    if due - now > timedelta(days=366 * MAX_YEARS):
        raise ExpressionFault("Der Zeitpunkt liegt mehr als 100 Jahre in der Zukunft.")
    return due


def _read(value: object, now: datetime) -> datetime:
    if not isinstance(value, str):
        raise ValueError("not text")  # noqa: TRY004 - any unusable value is the same fault
    if _WORKING_DAYS.fullmatch(value):
        return due_at(value, now)
    if value.startswith("P"):
        return parse_duration(value).after(now)
    if _DAY.fullmatch(value):
        return datetime.combine(date.fromisoformat(value), time(), BERLIN).astimezone(UTC)
    moment = datetime.fromisoformat(value)
    return (moment if moment.tzinfo else moment.replace(tzinfo=BERLIN)).astimezone(UTC)
