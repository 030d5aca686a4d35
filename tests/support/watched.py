"""Beobachtung: what a piece of work costs, and what it asked of Python and the house's machine."""

import sys
import threading
import time
import tracemalloc
from contextlib import contextmanager

from app.expressions.unreadable import NOWHERE

_HARMFUL = ("exec", "open", "import", "socket.", "subprocess.", "os.", "ctypes.", "pty.", "shutil.")
_listeners: dict[int, list[str]] = {}


def _hear(event, args):
    seen = _listeners.get(threading.get_ident())
    if seen is None:
        return
    if event == "compile":
        caller = sys._getframe(1).f_code
        if caller.co_name != "parse" or not caller.co_filename.endswith("ast.py"):
            seen.append(f"compile {args[0]!r:.60}")
    elif event == "open" and args[0] == NOWHERE:
        pass  # there is nothing under this name, and nothing can be
    elif event.startswith(_HARMFUL):
        seen.append(f"{event} {args[0] if args else ''!r:.60}")


sys.addaudithook(_hear)  # can never be taken away again, so there is one for all


@contextmanager
def harm():
    """Gather what is executed, opened, imported or called in this thread meanwhile."""
    me, seen = threading.get_ident(), []
    _listeners[me] = seen
    try:
        yield seen
    finally:
        del _listeners[me]


def seconds(act, enough, rounds=5):
    """Best time of this thread over some rounds, so that neighbours do not count.

    Ends with the first round that takes no more than ``enough``.
    """
    best = float("inf")
    for _ in range(rounds):
        started = time.thread_time()
        act()
        best = min(best, time.thread_time() - started)
        if best <= enough:
            break
    return best


def peak_bytes(act):
    """Most memory that Python held more than before."""
    tracemalloc.start()
    try:
        act()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
