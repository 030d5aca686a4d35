"""Medians of repeated calls; compare them only with others of the same run."""

import gc
import statistics
import time
from collections.abc import Callable
from typing import NotRequired, TypedDict

Call = Callable[[], object]


class Result(TypedDict):
    """One figure; ``name`` is dotted and stable.

    ``target`` is what we promise, as people read it, and ``holds`` whether this run kept it.
    """

    name: str
    value: float
    unit: str
    target: NotRequired[str]
    holds: NotRequired[bool]


def median_us(call: Call, times: int = 300) -> float:
    """Median of ``times`` calls in microseconds on the clock, after a few to warm up."""
    for _ in range(min(10, times)):
        call()
    return statistics.median(spans_us(call, times, time.perf_counter_ns))


def spans_us(call: Call, times: int, clock: Callable[[], int] = time.thread_time_ns) -> list[float]:
    """Microseconds of each of ``times`` calls; garbage is collected before, not meanwhile.

    Counts the processor's time, so that others on the machine do not; what also waits for a disk
    or a network is told by ``time.perf_counter_ns``.
    """
    spans = []
    gc.collect()
    gc.disable()
    try:
        for _ in range(times):
            start = clock()
            call()
            spans.append((clock() - start) / 1000)
    finally:
        gc.enable()
    return spans


def side_by_side_us(one: Call, other: Call, rounds: int, times: int) -> tuple[float, float, float]:
    """Medians of two calls that take turns, and how many times longer the first takes.

    Counts the processor's time. Each round measures ``times`` calls of each; the ratio is the
    median of the rounds' ratios, so that a busy machine slows both down.
    """
    first, second, ratios = [], [], []
    one()
    other()
    for _ in range(rounds):
        mine, theirs = spans_us(one, times), spans_us(other, times)
        ratios.append(statistics.median(mine) / statistics.median(theirs))
        first += mine
        second += theirs
    return statistics.median(first), statistics.median(second), statistics.median(ratios)


def at_most(name: str, value: float, unit: str, limit: float) -> Result:
    """Give a figure that is to stay small."""
    target = f"≤ {limit:g} {unit}".rstrip()
    return {"name": name, "value": value, "unit": unit, "target": target, "holds": value <= limit}


def at_least(name: str, value: float, unit: str, limit: float) -> Result:
    """Give a figure that is to be large."""
    target = f"≥ {limit:g} {unit}".rstrip()
    return {"name": name, "value": value, "unit": unit, "target": target, "holds": value >= limit}


def plain(name: str, value: float, unit: str) -> Result:
    """Give a figure without a promise."""
    return {"name": name, "value": value, "unit": unit}
