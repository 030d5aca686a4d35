"""Enge: how little a probe may use, and how it reports."""

import resource
import sys
from collections.abc import Callable
from typing import BinaryIO

#: first line of a probe's report: from here on the file is to blame
READY = "ready"

_MAX_CPU_S = 2
_MAX_MEMORY_BYTES = 512 * 1024 * 1024


def report(find_fault: Callable[[BinaryIO], str]) -> None:
    """Confine this process for good, look at the file on standard input, print the fault."""
    for limit, value in (
        (resource.RLIMIT_CPU, _MAX_CPU_S),
        (resource.RLIMIT_AS, _MAX_MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))
    sys.stdout.write(f"{READY}\n")
    sys.stdout.flush()
    with open(0, "rb", closefd=False) as file:
        sys.stdout.write(find_fault(file))
