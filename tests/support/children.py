"""Kindprozesse: watch processes come and go."""

import threading
import time
from pathlib import Path


def is_alive(pid):
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.rpartition(")")[2].split()[0] not in {"Z", "X"}


def ends_soon(pid):
    deadline = time.monotonic() + 5
    while is_alive(pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    return not is_alive(pid)


def child_of(nest):
    """Wait for the child that a nest has at the moment."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        children = Path(f"/proc/{nest}/task/{nest}/children").read_text().split()
        if children:
            return int(children[0])
        time.sleep(0.01)
    raise AssertionError("no child")


def in_background(act):
    """Run ``act`` in a thread; the list gets what it gives, and the thread is to be joined."""
    results = []
    thread = threading.Thread(target=lambda: results.append(act()))
    thread.start()
    return thread, results
