"""Ausgang: how a confined job ended and what it took."""

import struct
from dataclasses import dataclass
from enum import IntEnum
from typing import Self

_NUMBERS = struct.Struct(">BdQ")


class End(IntEnum):
    """``DIED``: of its limits or of a fault; ``HUNG``: it had to be killed."""

    ANSWERED = 0
    DIED = 1
    HUNG = 2


@dataclass(frozen=True, slots=True)
class Outcome:
    """``content`` is the answer, empty without one; ``memory_bytes`` is the most it ever held."""

    end: End
    content: bytes
    cpu_s: float
    memory_bytes: int

    def to_bytes(self) -> bytes:
        """Write it for a pipe."""
        return _NUMBERS.pack(self.end, self.cpu_s, self.memory_bytes) + self.content

    @classmethod
    def from_bytes(cls, message: bytes) -> Self:
        """Read what :meth:`to_bytes` wrote."""
        end, cpu_s, memory_bytes = _NUMBERS.unpack_from(message)
        return cls(End(end), message[_NUMBERS.size :], cpu_s, memory_bytes)
