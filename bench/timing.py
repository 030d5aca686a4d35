"""Medians of repeated calls; compare them only with others of the same run."""

import gc
import statistics
import time
from collections.abc import Callable
from typing import TypedDict


class Result(TypedDict):
    """One figure; ``name`` is dotted and stable."""

    name: str
    value: float
    unit: str


def median_us(call: Callable[[], object], times: int = 300) -> float:
    """Median of ``times`` calls in microseconds, after a few to warm up."""
    for _ in range(10):
        call()
    spans = []
    gc.collect()
    for _ in range(times):
        start = time.perf_counter_ns()
        call()
        spans.append(time.perf_counter_ns() - start)
    return statistics.median(spans) / 1000
