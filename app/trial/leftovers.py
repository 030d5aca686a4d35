"""Leftovers: processes of an earlier run that still sit in a folder."""

import os
import signal
import time
from pathlib import Path


def processes_in(folder: Path) -> list[int]:
    """Return the pids of processes whose working folder is ``folder``; own and visible ones."""
    wanted = str(folder.resolve())
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                here = (entry / "cwd").readlink()
            except OSError:
                continue  # gone meanwhile, or somebody else's
            if str(here) == wanted:
                found.append(int(entry.name))
    return found


def wait_for_leftovers(folder: Path, patience_s: float) -> None:
    """Return once no process sits in ``folder``; after ``patience_s`` those left are killed.

    A killed database's helpers need a second or two to notice and leave.
    """
    deadline = time.monotonic() + patience_s
    while pids := processes_in(folder):
        if time.monotonic() >= deadline:
            for pid in pids:
                _kill(pid)
        time.sleep(0.05)


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
