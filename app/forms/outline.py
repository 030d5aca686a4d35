"""Gliederung: a compiled form definition, before any answer is known.

A schema speaks about a field in several places: once among the page's ``properties`` and again in
``then``, ``else`` or ``dependentSchemas``. Each such place is a source; it counts while its branch
is active. Branches and gates are numbered, so that a pair of number sets names one shape.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jsonschema_rs import Validator

from app.expressions.expression import Expression
from app.forms.kind import Kind
from app.forms.rule import Rule


@dataclass(frozen=True, slots=True)
class Source:
    """One place that speaks about a page or a field; ``schema`` None means "not here".

    ``branch`` None means always; gates are indexes into :attr:`Outline.gates`.
    """

    branch: int | None
    schema: Mapping[str, Any] | None
    visible_gate: int | None = None
    required_gate: int | None = None
    calculated: Expression | None = None


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field with all its sources; ``type`` is the JSON type of its value.

    ``members`` are the fields inside a group or inside each entry of a list.
    """

    page: str
    id: str
    kind: Kind
    type: str
    ui: Mapping[str, Any]
    sources: tuple[Source, ...]
    members: tuple["FieldSpec", ...] = ()

    @property
    def name(self) -> str:
        """What HTML calls it."""
        return f"{self.page}.{self.id.replace('/', '.')}"

    @property
    def element(self) -> str:
        """The id of its element in HTML."""
        return f"feld-{self.page}-{self.id.replace('/', '-')}"

    @property
    def pointer(self) -> str:
        """Where its answer lies."""
        return f"/{self.page}/{self.id}"


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page; ``on_demand`` pages appear only where an active ``required`` names them."""

    id: str
    sources: tuple[Source, ...]
    fields: Mapping[str, FieldSpec]
    on_demand: bool


@dataclass(frozen=True, slots=True)
class Requirement:
    """While ``branch`` is active the page (``field`` None) or the field must be there."""

    branch: int | None
    page: str
    field: str | None


@dataclass(frozen=True, slots=True)
class Condition:
    """A test on the answers of ``page`` (None: on all).

    Either the schema ``test`` holds or the property ``present`` has an answer.
    """

    page: str | None
    test: Validator | None = None
    present: str | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """What follows from a condition, or from its opposite, inside ``parent``."""

    parent: int | None
    condition: int
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """Everything the form knows; pages and fields are in reading order."""

    pages: Mapping[str, PageSpec]
    requirements: tuple[Requirement, ...]
    conditions: tuple[Condition, ...]
    branches: tuple[Branch, ...]
    gates: tuple[Expression, ...]
    rules: tuple[Rule, ...]
