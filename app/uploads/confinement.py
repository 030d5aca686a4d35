"""Enge: how little a probe may use, and how it reports."""

import sys
from collections.abc import Callable
from typing import BinaryIO

from app.confined.limits import Limits

#: first line of a probe's report: from here on the file is to blame
READY = "ready"
#: second line of a report whose rest is the file as it shall be kept
REWRITTEN = "rewritten"
#: ``wall_s`` is far beyond the processor time, so that only an overloaded machine gets there
PROBE_LIMITS = Limits(cpu_s=2, memory_bytes=512 * 1024 * 1024, wall_s=20)


#: pictures are decoded and encoded anew: 40 megapixels take about half of this
PICTURE_LIMITS = Limits(cpu_s=8, memory_bytes=640 * 1024 * 1024, wall_s=40)


def report(look: Callable[[BinaryIO], str | bytes], limits: Limits = PROBE_LIMITS) -> None:
    """Confine this process for good, look at the file on standard input, print what came out.

    ``look`` returns a fault, nothing, or the bytes that shall be kept instead of the file.
    """
    limits.confine()
    sys.stdout.write(f"{READY}\n")
    sys.stdout.flush()
    with open(0, "rb", closefd=False) as file:
        found = look(file)
    if isinstance(found, str):
        sys.stdout.write(found)
        return
    sys.stdout.write(f"{REWRITTEN}\n")
    sys.stdout.flush()
    sys.stdout.buffer.write(found)
