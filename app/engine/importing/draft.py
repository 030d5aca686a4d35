"""Entwurf: what became of a foreign model, and what its author still has to answer."""

from dataclasses import dataclass
from typing import Literal

from app.errors import FieldFault

Status = Literal["accepted", "todo", "blocked", "failed"]


@dataclass(frozen=True, slots=True)
class Note:
    """One rewriting; ``pointer`` is an element id, ``message`` a German sentence."""

    pointer: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Import:
    """A foreign model as a draft of ours; a file counts as its worst process.

    ``accepted``: could be deployed as it is. ``todo``: nothing but answers of the author is
    missing. ``blocked``: it needs something the platform cannot do. ``failed``: it cannot be
    read, ``reason`` says why in German and ``bpmn`` is None. Pointers are element ids of ``bpmn``.
    """

    status: Status
    bpmn: bytes | None = None
    changes: tuple[Note, ...] = ()
    todos: tuple[FieldFault, ...] = ()
    blockers: tuple[FieldFault, ...] = ()
    reason: str = ""
