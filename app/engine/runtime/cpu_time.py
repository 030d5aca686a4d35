"""Rechenzeit: what one call of the engine may use of the processor."""

import time

from app.errors import Incident

MAX_CPU_S = 1.5


class CpuTime:
    """Counts from its making, for the thread that made it."""

    def __init__(self) -> None:
        self._began = time.thread_time()

    def check(self, element: str) -> None:
        """Stop what takes too long; ``element`` is what is being done.

        :raises Incident: the time is used up.
        """
        if time.thread_time() - self._began > MAX_CPU_S:
            raise Incident(element, "Der Prozess rechnet zu lange.")
