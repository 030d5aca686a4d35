"""Zusammenfassung: the answers as cards, one per page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from app.forms.evidence_item import EvidenceItem
from app.forms.kind import UNSEEN, Kind
from app.forms.members import entries_of, entry_title
from app.forms.page import Page
from app.forms.question import Question, written

NO_ANSWER = "Keine Angabe"
_NOT_LISTED = UNSEEN | {Kind.NOTE}
_SILENT_WHEN_EMPTY = frozenset({Kind.CALCULATED, Kind.CONFIRM})


class SummaryRow(NamedTuple):
    """One answer in words; ``pointer`` says where it lies in the answers."""

    label: str
    text: str
    evidence: tuple[EvidenceItem, ...]
    pointer: str


@dataclass(frozen=True, slots=True)
class SummaryCard:
    """The answers of one visible page."""

    page_id: str
    title: str
    rows: tuple[SummaryRow, ...]


def summarise(
    page: Page,
    questions: Mapping[str, Question],
    answers: Mapping[str, Any],
    evidence: Mapping[str, Sequence[EvidenceItem]],
) -> SummaryCard:
    """Put one page into words."""
    rows = []
    for question in questions.values():
        spec = question.spec
        items = tuple(evidence.get(spec.pointer, ()))
        text = in_words(question, answers.get(spec.id), items)
        if spec.kind in _NOT_LISTED or (not text and spec.kind in _SILENT_WHEN_EMPTY):
            continue
        rows.append(SummaryRow(question.label, text or NO_ANSWER, items, spec.pointer))
    return SummaryCard(page.id, page.title, tuple(rows))


def in_words(question: Question, value: Any, items: Sequence[EvidenceItem] = ()) -> str:
    """Say one answer; empty when there is none."""
    kind = question.spec.kind
    if kind is Kind.EVIDENCE:
        if items:
            return ", ".join(item.name for item in items)
        count = len(value) if isinstance(value, list) else 0
        return "" if count == 0 else "1 Datei" if count == 1 else f"{count} Dateien"
    if question.members:
        return _nested_in_words(question, value)
    if isinstance(value, list):
        return ", ".join(question.label_of(one) or written(question, one) for one in value)
    if kind is Kind.CONFIRM:
        return "Bestätigt" if value is True else ""
    text = question.label_of(value) or written(question, value)
    suffix = question.suffix if value is not None else ""
    return f"{text} {suffix}" if text and suffix else text


def _nested_in_words(question: Question, value: Any) -> str:
    """Say a group line by line, and a list entry by entry."""
    if not value:
        return ""
    is_list = question.spec.kind is Kind.LIST
    said = []
    for number, entry in enumerate(entries_of(question, value)):
        lines = [
            f"{member.label}: {text}"
            for member in question.members
            if (text := in_words(member, entry.get(member.spec.id)))
        ]
        said.append("\n".join([entry_title(question, number), *lines] if is_list else lines))
    return "\n\n".join(said)
