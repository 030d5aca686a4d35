"""Gestalt: the pages and questions that count for one set of answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jsonschema_rs import Validator

from app.forms.kind import COMPUTED, Kind
from app.forms.outline import FieldSpec, Outline, PageSpec, Source
from app.forms.question import Question, ask
from app.forms.validator import make_validator

_MAX_SHAPES = 256
_NEVER_ASKED = COMPUTED | {Kind.NOTE}


@dataclass(frozen=True, slots=True)
class ShapeKey:
    """The active branches and the open gates, by number."""

    branches: frozenset[int] = frozenset()
    gates: frozenset[int] = frozenset()

    def counts(self, source: Source) -> bool:
        """Whether ``source`` is in force."""
        return source.branch is None or source.branch in self.branches

    def hides(self, source: Source) -> bool:
        """Whether ``source`` takes its page or field away."""
        gate = source.visible_gate
        return source.schema is None or (gate is not None and gate not in self.gates)

    def demands(self, source: Source) -> bool:
        """Whether ``source`` itself asks for an answer."""
        return source.required_gate is not None and source.required_gate in self.gates


@dataclass(frozen=True)
class Shape:
    """``pages`` maps visible pages to their questions, in reading order."""

    pages: Mapping[str, Mapping[str, Question]]
    schema: Mapping[str, Any]
    validator: Validator
    calculated: tuple[Question, ...]

    def question(self, page: str, field: str) -> Question | None:
        """Find a visible question."""
        return self.pages.get(page, {}).get(field)

    def questions(self) -> Iterable[Question]:
        """Go through all questions in reading order."""
        for questions in self.pages.values():
            yield from questions.values()

    def pick(self, values: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
        """Copy the answers that count; every visible page is there, if only empty."""
        return {
            page: {
                field: value for field, value in values.get(page, {}).items() if field in questions
            }
            for page, questions in self.pages.items()
        }


class Shapes:
    """Makes shapes of one outline and keeps the latest; safe to share between threads."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self.get = lru_cache(maxsize=_MAX_SHAPES)(self._make)

    def _make(self, key: ShapeKey) -> Shape:
        demanded = {
            (requirement.page, requirement.field)
            for requirement in self._outline.requirements
            if requirement.branch is None or requirement.branch in key.branches
        }
        pages = {
            page.id: {
                field.id: question
                for field in page.fields.values()
                if (question := _question(field, key, (page.id, field.id) in demanded)) is not None
            }
            for page in self._outline.pages.values()
            if _is_there(page, key, (page.id, None) in demanded)
        }
        schema = _schema(pages)
        return Shape(
            pages=pages,
            schema=schema,
            validator=make_validator(schema),
            calculated=tuple(
                question
                for questions in pages.values()
                for question in questions.values()
                if question.calculated is not None or question.spec.kind is Kind.CONSTANT
            ),
        )


def _is_there(page: PageSpec, key: ShapeKey, demanded: bool) -> bool:
    sources = [source for source in page.sources if key.counts(source)]
    if not sources or any(key.hides(source) for source in sources):
        return False
    gated = [source for source in sources if source.required_gate is not None]
    if any(key.demands(source) for source in gated):
        return True
    return demanded or not (page.on_demand or gated)


def _question(field: FieldSpec, key: ShapeKey, demanded: bool) -> Question | None:
    sources = [source for source in field.sources if key.counts(source)]
    if not sources or any(key.hides(source) for source in sources):
        return None
    gated = any(source.required_gate is not None for source in sources)
    must = demanded or any(key.demands(source) for source in sources)
    if field.kind is Kind.CONFIRM and not gated:
        must = True
    return ask(field, sources, required=must and field.kind not in _NEVER_ASKED)


def _schema(pages: Mapping[str, Mapping[str, Question]]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(pages),
        "properties": {
            page: {
                "type": "object",
                "additionalProperties": False,
                "required": [field for field, question in questions.items() if question.required],
                "properties": {field: question.check for field, question in questions.items()},
            }
            for page, questions in pages.items()
        },
    }
