"""Uhr: real time, much faster, so that tests that sleep a tenth of a second wait for minutes.

The engine counts in whole seconds and no repetition comes more often than once a minute; the
library's tests wait for fractions of a second. Both agree when a second here is an hour there.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from app.engine.runtime.waiting import CycleWait, Memory, TimerWait

SCALE = 3_600
_BEGAN = datetime.now(UTC)
_SHORT = timedelta(hours=1)
_LONG = "P50Y"
_DURATION = re.compile(
    r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?", re.ASCII
)


def now() -> datetime:
    """Tell the time there, in UTC."""
    return _there(datetime.now(UTC))


def _there(moment: datetime) -> datetime:
    passed = moment - _BEGAN
    return _BEGAN + passed * SCALE if abs(passed) < _SHORT else moment


class FastTimer(TimerWait):
    """Begins with a time as the library's tests write it."""

    def _remember(self, value: object, now: datetime, memory: Memory) -> None:
        super()._remember(scaled(value), now, memory)


class FastCycle(CycleWait):
    """Begins with a repetition as the library's tests write it."""

    def _remember(self, value: object, now: datetime, memory: Memory) -> None:
        super()._remember(scaled(value), now, memory)


def scaled(value: Any) -> str:
    """Translate a duration, a time, or a repetition of these."""
    if isinstance(value, timedelta):
        return _duration(value)
    if isinstance(value, datetime):
        return _there(value.astimezone(UTC)).isoformat()
    if value.startswith("R"):
        return "/".join([value.split("/")[0], *map(scaled, value.split("/")[1:])])
    if not value.startswith("P"):
        return scaled(datetime.fromisoformat(value))
    match = _DURATION.fullmatch(value)
    if match is None:
        return _LONG
    weeks, days, hours, minutes, seconds = (float(part or 0) for part in match.groups())
    return _duration(
        timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    )


def _duration(value: timedelta) -> str:
    return f"PT{round((value * SCALE).total_seconds())}S" if value < _SHORT else _LONG
