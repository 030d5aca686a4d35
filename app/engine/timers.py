"""Zeitpunkte: when a timer is due, computed once as it is entered."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from app.domain.duration import MAX_YEARS, parse_duration
from app.domain.file_reference import BERLIN
from app.domain.working_days import due_at
from app.expressions.fault import ExpressionFault

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(_DAY.pattern + r"T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?")
_WORKING_DAYS = re.compile(r"\d{1,4}AT")
_DURATION = re.compile(r"P[\dYMWDTHS]+")
_CYCLE = re.compile(r"R(\d*)/(?:([^/]+)/)?([^/]+)")
_LITERALS = (_DAY, _MOMENT, _WORKING_DAYS, _DURATION, _CYCLE)
_SHORTEST_CYCLE = timedelta(minutes=1)


def is_literal(text: str) -> bool:
    """Tell a date, time or duration written plainly from an expression that gives one."""
    return any(literal.fullmatch(text) for literal in _LITERALS)


def is_cycle(text: str) -> bool:
    """Tell a repetition written plainly."""
    return _CYCLE.fullmatch(text) is not None


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


@dataclass(frozen=True, slots=True)
class Cycle:
    """A timer that comes again: every ``rule`` after ``start``, ``times`` times or for ever.

    ``rule`` is an ISO duration or working days. Each time is counted from the start, so that
    ``P1M`` from 31 January comes on 28 February and on 31 March. ``from_start`` makes ``start``
    itself the first time.
    """

    rule: str
    start: datetime
    times: int | None
    from_start: bool

    def due(self, count: int) -> datetime:
        """When it comes for the ``count``-th time, counted from 1, in UTC.

        :raises OverflowError: beyond all calendars.
        """
        steps = count - 1 if self.from_start else count
        if steps == 0:
            return self.start
        if _WORKING_DAYS.fullmatch(self.rule):
            return due_at(f"{int(self.rule[:-2]) * steps}AT", self.start)
        return parse_duration(self.rule).times(steps).after(self.start)

    def next(self, count: int, now: datetime) -> int | None:
        """Give the number of the first time after the ``count``-th that lies ahead of ``now``.

        None when there is none left; what was missed has counted.
        """
        low, high = count, count + 1
        try:
            while self.due(high) <= now:
                low, high = high, high + 2 * (high - count)
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if self.due(middle) <= now else (low, middle)
        except (ValueError, OverflowError):
            return None
        return high if self.times is None or high <= self.times else None


def read_cycle(value: object, now: datetime) -> Cycle:
    """Read a repeated timer entered at ``now``: ``R3/P7D``, ``R/5AT`` or ``R5/2026-01-01/P1M``.

    :raises ExpressionFault: it is none of these, or comes more often than once a minute.
    """
    try:
        return _cycle(value, now)
    except (ValueError, OverflowError):
        raise ExpressionFault(
            "Die Wiederholung ist unverständlich. Beispiele: R3/P7D, R/P1M."
        ) from None


def _cycle(value: object, now: datetime) -> Cycle:
    match = _CYCLE.fullmatch(value) if isinstance(value, str) else None
    if match is None or len(match[1]) > 4:
        raise ValueError("not a repetition")
    times, first, rule = match.groups()
    start = now if first is None else due_from(first, now)
    cycle = Cycle(rule, start, int(times) if times else None, first is not None)
    if cycle.times == 0:
        raise ValueError("no time at all")
    if cycle.due(2) - cycle.due(1) < _SHORTEST_CYCLE:
        raise ExpressionFault("Zwischen zwei Wiederholungen muss mindestens eine Minute liegen.")
    return cycle


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
