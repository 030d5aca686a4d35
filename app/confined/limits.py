"""Grenzen: how much a confined process may use before the kernel ends it."""

import resource
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Limits:
    """``cpu_s`` and ``memory_bytes`` are kept by the kernel, ``wall_s`` by whoever waits.

    Memory is address space: what the process asked for, not what it touched.
    """

    cpu_s: int
    memory_bytes: int
    wall_s: float

    def confine(self) -> None:
        """Bind this process for good; it writes no file and leaves no picture of its memory."""
        for limit, value in (
            (resource.RLIMIT_CPU, self.cpu_s),
            (resource.RLIMIT_AS, self.memory_bytes),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
        ):
            resource.setrlimit(limit, (value, value))

    def as_arguments(self) -> list[str]:
        """Write them for a command line."""
        return [str(self.cpu_s), str(self.memory_bytes), str(self.wall_s)]

    @classmethod
    def from_arguments(cls, arguments: Sequence[str]) -> Self:
        """Read what :meth:`as_arguments` wrote.

        :raises ValueError: it did not write this.
        """
        cpu_s, memory_bytes, wall_s = arguments
        return cls(int(cpu_s), int(memory_bytes), float(wall_s))


def open_nothing_more() -> None:
    """Keep what is open and open nothing else: no file, no connection, no other program.

    Modules that are not loaded yet cannot be loaded either.
    """
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
