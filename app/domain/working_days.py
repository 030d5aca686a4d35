"""Arbeitstage und Fristen: working days in Hesse and when a deadline ends."""

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from app.domain.duration import parse_duration
from app.domain.file_reference import BERLIN

_WORKING_DAYS = re.compile(r"(\d{1,4})AT")
_END_OF_DAY = time(23, 59, 59)


def easter_sunday(year: int) -> date:
    """Compute Easter in the Gregorian calendar. Source: Lichtenberg's form of Gauss's rule."""
    century = year // 100
    shift = 15 + (3 * century + 3) // 4 - (8 * century + 13) // 25
    sun = 2 - (3 * century + 3) // 4
    moon_year = year % 19
    seed = (19 * moon_year + shift) % 30
    correction = (seed + moon_year // 11) // 29
    full_moon = 21 + seed - correction
    first_sunday = 7 - (year + year // 4 + sun) % 7
    days = full_moon + 7 - (full_moon - first_sunday) % 7
    return date(year, 3, 1) + timedelta(days=days - 1)


@lru_cache(maxsize=512)
def public_holidays(year: int) -> frozenset[date]:
    """List the holidays on which offices in Hesse are closed, besides Sundays.

    Source: Hessisches Feiertagsgesetz § 1; the single Reformation Day of 2017 is left out.
    """
    easter = easter_sunday(year)
    moving = (
        -2,
        1,
        39,
        50,
        60,
    )  # Karfreitag, Ostermontag, Himmelfahrt, Pfingstmontag, Fronleichnam
    fixed = ((1, 1), (5, 1), (10, 3), (12, 25), (12, 26))
    return frozenset(
        [*(easter + timedelta(days=offset) for offset in moving)]
        + [date(year, month, day) for month, day in fixed]
    )


def is_working_day(day: date) -> bool:
    """Tell whether an office works: Monday to Friday and no public holiday in Hesse."""
    return day.weekday() < 5 and day not in public_holidays(day.year)


def add_working_days(day: date, count: int) -> date:
    """Move by working days; the start is not counted, a negative ``count`` goes back.

    0 gives the day itself or, if it is none, the next working day.
    """
    step = timedelta(days=-1 if count < 0 else 1)
    while count == 0 and not is_working_day(day):
        day += step
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def due_at(rule: str, start: datetime) -> datetime:
    """Tell when a deadline ends: 23:59:59 of its last day in German legal time, as UTC.

    ``rule`` is a duration of whole days (``P14D``, ``P2W``, ``P1M``) or working days (``10AT``).
    The day of the aware ``start`` is not counted; a calendar deadline that would end on a
    Saturday, Sunday or holiday ends on the next working day. Source: BGB §§ 187, 188, 193.

    :raises ValueError: ``rule`` is neither.
    """
    first = start.astimezone(BERLIN)
    working_days = _WORKING_DAYS.fullmatch(rule)
    if working_days is not None:
        last = add_working_days(first.date(), int(working_days[1]))
    else:
        duration = parse_duration(rule)
        if duration.seconds:
            raise ValueError("a deadline has whole days")
        last = add_working_days(duration.after(start).astimezone(BERLIN).date(), 0)
    return datetime.combine(last, _END_OF_DAY, BERLIN).astimezone(UTC)
