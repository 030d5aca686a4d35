"""Lebensader: a confined process does not outlive the one that watches it."""

import ctypes
import os
import signal
from contextlib import suppress
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def end_with_parent(parent: int) -> None:
    """Have the kernel kill this process once ``parent`` (a pid) is gone.

    Strictly: once the parent's thread that started this process has ended.
    Source: prctl(2), PR_SET_PDEATHSIG.
    """
    _libc.prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL))
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


def be_first_to_go() -> None:
    """Offer this process and its children to the kernel when the machine's memory runs out.

    Source: proc(5), oom_score_adj.
    """
    with suppress(OSError):  # not every machine has it; then it chooses by itself
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
