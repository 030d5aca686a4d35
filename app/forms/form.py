"""Formular: pages of questions that a person answers, compiled once and shared by all."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.domain.identity import Identity
from app.errors import FieldFault, Missing
from app.forms.check import find_faults
from app.forms.clean import UNKNOWN, clean
from app.forms.context import FormContext
from app.forms.evidence_item import EvidenceItem
from app.forms.evidence_rule import EvidenceRule
from app.forms.explain import explain_place
from app.forms.outline import FieldSpec, Outline
from app.forms.page import Page
from app.forms.pointer import pointer
from app.forms.prefill import answered_identity, prefill_fields
from app.forms.read import read_fields
from app.forms.resolve import Resolution, resolve
from app.forms.shape import Shapes
from app.forms.show import show_page
from app.forms.summary import SummaryCard, summarise
from app.forms.view import PageView

__all__ = ["EvidenceItem", "EvidenceRule", "Form", "FormContext", "Page", "PageView", "SummaryCard"]

_NO_EVIDENCE: Mapping[str, Sequence[EvidenceItem]] = {}


class Form:
    """A compiled form; made by :func:`app.forms.compile.compile_form`, never changed.

    ``answers`` maps page id to field id to JSON value. Any JSON is taken; what does not fit becomes
    a fault. ``evidence`` maps JSON pointers into the answers to the rule of that evidence field.
    """

    def __init__(
        self,
        key: str,
        schema: Mapping[str, Any],
        ui: Mapping[str, Any],
        *,
        pages: tuple[Page, ...],
        evidence: Mapping[str, EvidenceRule],
        outline: Outline,
    ) -> None:
        self.key = key
        self.title = str(schema.get("title", ""))
        self.schema = schema
        self.ui = ui
        self.pages = pages
        self.evidence = evidence
        self._outline = outline
        self._shapes = Shapes(outline)

    def visible_pages(self, answers: Any, context: FormContext) -> tuple[Page, ...]:
        """Tell which pages these answers lead through, in order."""
        shape = self._resolve(answers, context).shape
        return tuple(page for page in self.pages if page.id in shape.pages)

    def check(self, answers: Any, context: FormContext) -> list[FieldFault]:
        """Find everything that is wrong or missing, in reading order."""
        cleaned = clean(self._outline, answers)
        resolution = resolve(self.key, self._outline, self._shapes, cleaned.values, context)
        return find_faults(cleaned, resolution, self._outline.rules, context)

    def check_page(self, page_id: str, answers: Any, context: FormContext) -> list[FieldFault]:
        """Find what is wrong on one page: nothing if it is hidden, a fault if it is unknown."""
        if page_id not in self._outline.pages:
            return [explain_place(pointer(page_id), UNKNOWN)]
        own = f"/{page_id}"
        return [
            fault
            for fault in self.check(answers, context)
            if fault.pointer in {"", own} or fault.pointer.startswith(f"{own}/")
        ]

    def read_page(
        self,
        page_id: str,
        fields: Mapping[str, Sequence[str]],
        answers: Any,
        context: FormContext,  # noqa: ARG002 - part of the interface: reading may come to depend on it
    ) -> dict[str, Any]:
        """Turn raw HTML fields (``<page>.<field>``) into that page's new answers.

        Evidence keeps the ids that ``answers`` hold; what cannot be read stays as it was written.

        :raises Missing: there is no such page.
        """
        page = self._outline.pages.get(page_id)
        if page is None:
            raise Missing(page_id)
        stored = answers.get(page_id) if isinstance(answers, Mapping) else None
        return read_fields(page, fields, stored if isinstance(stored, Mapping) else {})

    def view_page(
        self,
        page_id: str,
        answers: Any,
        faults: Sequence[FieldFault],
        context: FormContext,
        evidence: Mapping[str, Sequence[EvidenceItem]] = _NO_EVIDENCE,
    ) -> PageView:
        """Lay out one page for ``templates/parts/form.html``; shows answers as they were written.

        ``evidence`` maps pointers to the uploaded files.

        :raises Missing: there is no such page, or these answers do not lead through it.
        """
        resolution = self._resolve(answers, context)
        page = next((page for page in self.pages if page.id == page_id), None)
        if page is None or page_id not in resolution.shape.pages:
            raise Missing(page_id)
        written = answers.get(page_id) if isinstance(answers, Mapping) else None
        calculated = {
            question.spec.id: resolution.answers[page_id].get(question.spec.id)
            for question in resolution.shape.calculated
            if question.spec.page == page_id
        }
        shown = {**(written if isinstance(written, Mapping) else {}), **calculated}
        questions = resolution.shape.pages[page_id]
        return show_page(page, questions, shown, faults, self.evidence, evidence)

    def summary(
        self,
        answers: Any,
        context: FormContext,
        evidence: Mapping[str, Sequence[EvidenceItem]] = _NO_EVIDENCE,
    ) -> tuple[SummaryCard, ...]:
        """Put all answers that count into words, one card per visible page."""
        resolution = self._resolve(answers, context)
        return tuple(
            summarise(page, resolution.shape.pages[page.id], resolution.answers[page.id], evidence)
            for page in self.pages
            if page.id in resolution.shape.pages
        )

    def effective(self, answers: Any, context: FormContext) -> dict[str, Any]:
        """Keep what counts: hidden answers dropped, calculated values filled in.

        Every visible page is there, if only empty.
        """
        return dict(self._resolve(answers, context).answers)

    def effective_schema(self, answers: Any, context: FormContext) -> Mapping[str, Any]:
        """Give the plain JSON Schema that the effective answers must satisfy."""
        return self._resolve(answers, context).shape.schema

    def prefill(self, identity: Identity) -> dict[str, Any]:
        """Fill in what the sign-in knows, as ``x-prefill`` asks; only values that are not empty."""
        return dict(prefill_fields(self._fields(), identity))

    def _resolve(self, answers: Any, context: FormContext) -> Resolution:
        values = clean(self._outline, answers).values
        return resolve(self.key, self._outline, self._shapes, values, context)

    def answered_identity(self, answers: Any) -> dict[str, str]:
        """Read back what fields with ``x-prefill`` say now, by attribute of ``Identity``."""
        given = answers if isinstance(answers, Mapping) else {}
        return answered_identity(self._fields(), given)

    def _fields(self) -> Iterator[FieldSpec]:
        for page in self._outline.pages.values():
            yield from page.fields.values()
