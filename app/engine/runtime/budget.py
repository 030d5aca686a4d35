"""Budget: what one call of the engine may use of the processor and of memory."""

import time
from typing import Any

import orjson

from app.errors import Incident

MAX_CPU_S = 1.5
MAX_RESULT_BYTES = 32_000_000


class Budget:
    """Counts from its making, for the thread that made it."""

    def __init__(self) -> None:
        self._began = time.thread_time()
        self._room = MAX_RESULT_BYTES

    def check(self, element: str) -> None:
        """Stop what takes too long; ``element`` is what is being done.

        :raises Incident: the time is used up.
        """
        if time.thread_time() - self._began > MAX_CPU_S:
            raise Incident(element, "Der Prozess rechnet zu lange.")

    def pay_for(self, value: Any, element: str) -> None:
        """Count a computed JSON value, however often it is going to be kept.

        :raises Incident: too much was computed.
        """
        if isinstance(value, str | list | dict):
            self._room -= len(orjson.dumps(value))
            if self._room < 0:
                raise Incident(element, "Die Daten des Vorgangs sind zu groß geworden.")
