"""Enge: how little a probe may use, and how it reports."""

import sys
from collections.abc import Callable
from typing import BinaryIO

from app.confined.limits import Limits

#: first line of a probe's report: from here on the file is to blame
READY = "ready"
#: ``wall_s`` is far beyond the processor time, so that only an overloaded machine gets there
PROBE_LIMITS = Limits(cpu_s=2, memory_bytes=512 * 1024 * 1024, wall_s=20)


def report(find_fault: Callable[[BinaryIO], str]) -> None:
    """Confine this process for good, look at the file on standard input, print the fault."""
    PROBE_LIMITS.confine()
    sys.stdout.write(f"{READY}\n")
    sys.stdout.flush()
    with open(0, "rb", closefd=False) as file:
        sys.stdout.write(find_fault(file))
