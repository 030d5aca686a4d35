"""Generalprobe: what came of deploying and starting a model where it can do no harm."""

from dataclasses import dataclass
from typing import Self

import orjson

from app.errors import FieldFault


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """``faults`` keep the model from being deployed.

    ``incident`` is how a start with an empty application failed; its pointer is an element id.
    Only the author can tell whether it would also fail with a filled one. ``cpu_s`` and
    ``memory_bytes`` are what the child process took, measured from outside.
    """

    faults: tuple[FieldFault, ...] = ()
    incident: FieldFault | None = None
    cpu_s: float = 0.0
    memory_bytes: int = 0

    def to_bytes(self) -> bytes:
        """Write it as JSON."""
        return orjson.dumps(self)

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """Read what :meth:`to_bytes` wrote, all but what it took."""
        told = orjson.loads(content)
        incident = told["incident"]
        return cls(
            faults=tuple(FieldFault(**fault) for fault in told["faults"]),
            incident=FieldFault(**incident) if incident else None,
        )
