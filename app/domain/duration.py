"""Dauer: ISO 8601 durations counted on the German calendar."""

import calendar
import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Self

from app.domain.file_reference import BERLIN

MAX_YEARS = 100

_DURATION = re.compile(
    r"P(?=.)(?:(\d{1,5})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,5})D)?"
    r"(?:T(?=.)(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?"
)


def add_months(day: date, months: int) -> date:
    """Move by calendar months; a day the month does not have becomes its last one.

    Source: BGB § 188 (3).

    :raises OverflowError: the result lies outside the years 1 to 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError("year out of range")
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


@dataclass(frozen=True, slots=True)
class Duration:
    """Months and days count on the calendar in German legal time, seconds on the clock."""

    months: int = 0
    days: int = 0
    seconds: int = 0

    def times(self, count: int) -> Self:
        """Give this duration ``count`` times over, part by part."""
        return replace(
            self,
            months=self.months * count,
            days=self.days * count,
            seconds=self.seconds * count,
        )

    def after(self, start: datetime) -> datetime:
        """Give the moment this long after the aware ``start``, in UTC.

        Days keep the time of day in Germany, also over a change of daylight saving.
        """
        local = start.astimezone(BERLIN)
        day = add_months(local.date(), self.months) + timedelta(days=self.days)
        moment = datetime.combine(day, local.timetz()).astimezone(UTC)
        return moment + timedelta(seconds=self.seconds)


def parse_duration(text: str) -> Duration:
    """Read e.g. ``P14D``, ``P3M`` or ``PT36H``; whole numbers only, never negative.

    :raises ValueError: not such a duration, or longer than 100 years.
    """
    match = _DURATION.fullmatch(text)
    if match is None:
        raise ValueError("not an ISO 8601 duration")
    years, months, weeks, days, hours, minutes, seconds = (
        int(part or 0) for part in match.groups()
    )
    duration = Duration(
        months=years * 12 + months,
        days=weeks * 7 + days,
        seconds=hours * 3600 + minutes * 60 + seconds,
    )
    length_days = duration.months * 31 + duration.days + duration.seconds / 86_400
    if length_days > MAX_YEARS * 12 * 31:
        raise ValueError("longer than 100 years")
    return duration
