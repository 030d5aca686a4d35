"""Probeauftrag: what is asked of the quarantine, as it travels there: JSON, never pickle."""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import orjson

REHEARSE = "rehearse"
EXAMINE = "examine"


@dataclass(frozen=True, slots=True)
class Order:
    """``act`` is ``REHEARSE`` or ``EXAMINE``; the files are as they came."""

    act: str
    bpmn: bytes
    dmn: Sequence[bytes] = ()

    @property
    def size_bytes(self) -> int:
        """How large the files are together."""
        return len(self.bpmn) + sum(map(len, self.dmn))

    def to_bytes(self) -> bytes:
        """Write it."""
        files = [b64encode(file).decode("ascii") for file in (self.bpmn, *self.dmn)]
        return orjson.dumps([self.act, *files])

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """Read what :meth:`to_bytes` wrote."""
        act, *files = orjson.loads(content)
        bpmn, *dmn = (b64decode(file) for file in files)
        return cls(act, bpmn, dmn)
