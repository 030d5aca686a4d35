"""Bereitgestellter Prozess: a checked model, compiled once and shared by all its cases."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Node:
    """One flow node as drawn; ``kind`` as in :class:`app.engine.step.LogEntry`.

    ``lane`` is the name of the innermost lane; nodes of a subprocess share its lane.
    """

    id: str
    name: str
    kind: str
    lane: str
    properties: Mapping[str, str]

    @property
    def milestone(self) -> str:
        """Key of the milestone, or empty."""
        return self.properties.get("milestone", "")


@dataclass(frozen=True, slots=True)
class Use:
    """What an element does with process data; ``element`` may also be a sequence flow.

    ``reads`` are the longest constant paths, e.g. ``antrag.einbau.datum``; ``writes`` are
    top-level keys.
    """

    element: str
    reads: frozenset[str]
    writes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Deployment:
    """A process ready to run; equal sources give an equal ``digest``.

    ``lanes`` are the names of all lanes in the order drawn; ``form_files`` the schema and layout
    files named by nodes; ``uses`` what expressions, tables and services read and write. ``specs``
    belongs to the engine alone and never changes.
    """

    digest: str
    process_id: str
    name: str
    nodes: Mapping[str, Node]
    lanes: tuple[str, ...]
    form_files: tuple[str, ...]
    uses: tuple[Use, ...]
    specs: Any = field(repr=False, compare=False)
