"""Anzeige: makes the view of a page out of questions, answers and faults."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.errors import FieldFault
from app.forms.evidence_item import EvidenceItem
from app.forms.evidence_rule import EvidenceRule
from app.forms.kind import UNSEEN, Kind
from app.forms.members import entries_of, entry_title, members_at
from app.forms.page import Page
from app.forms.parts import PARTS, show_parts
from app.forms.question import Question, written
from app.forms.read import NO, YES
from app.forms.view import (
    DetailsView,
    EntryView,
    FaultLink,
    FieldView,
    OptionView,
    PageView,
    flat,
)

_INPUTMODES = {"integer": "numeric", "number": "decimal"}
_INPUTMODES_BY_FORMAT = {"postcode": "numeric", "email": "email", "phone": "tel", "uri": "url"}
_UNSPELLED = frozenset({Kind.IBAN, Kind.TIME})
#: what is asked in a shorter field than a name needs, unless the form says otherwise
_WIDTHS = {Kind.TIME: 6, Kind.MONEY: 10}


def show_page(
    page: Page,
    questions: Mapping[str, Question],
    answers: Mapping[str, Any],
    faults: Sequence[FieldFault],
    rules: Mapping[str, EvidenceRule],
    evidence: Mapping[str, Sequence[EvidenceItem]],
) -> PageView:
    """Show one visible page; ``answers`` are that page's, calculated values included."""
    fields = tuple(
        _show_field(
            question,
            answers.get(question.spec.id),
            faults,
            rules.get(question.spec.pointer),
            tuple(evidence.get(question.spec.pointer, ())),
        )
        for question in questions.values()
        if question.spec.kind not in UNSEEN
    )
    targets = {field.pointer: field.target for field in flat(fields)}
    own = f"seite-{page.id}"
    return PageView(
        id=own,
        page_id=page.id,
        title=page.title,
        description=page.description,
        fields=fields,
        errors=tuple(
            FaultLink(targets.get(fault.pointer, own), fault.message)
            for place in (*targets, None)
            for fault in faults
            if (fault.pointer == place)
            or (place is None and fault.pointer not in targets and _is_on(fault, page.id))
        ),
    )


def _is_on(fault: FieldFault, page: str) -> bool:
    return fault.pointer in {"", f"/{page}"} or fault.pointer.startswith(f"/{page}/")


def _show_field(
    question: Question,
    value: Any,
    faults: Sequence[FieldFault],
    rule: EvidenceRule | None,
    evidence: tuple[EvidenceItem, ...],
) -> FieldView:
    spec, ui = question.spec, question.spec.ui
    own_id, name = spec.element, spec.name
    error = " ".join(fault.message for fault in faults if fault.pointer == spec.pointer)
    entries = _entries(question, value, faults) if question.members else ()
    sensitive = question.schema.get("x-sensitive") is True
    autocomplete = "off" if sensitive else ui.get("ui:autocomplete", "")
    parts = (
        show_parts(spec.kind, own_id, name, value, autocomplete=autocomplete, error=error)
        if spec.kind in PARTS
        else ()
    )
    wrong = next((part.id for part in parts if part.wrong), "")
    details = question.option("details")
    return FieldView(
        id=own_id,
        name=name,
        pointer=spec.pointer,
        kind=spec.kind.value,
        label=question.label,
        hint=ui.get("ui:help") or question.schema.get("description", ""),
        level=ui.get("ui:widget", "info") if spec.kind is Kind.NOTE else "",
        required=question.required,
        error=error,
        target=wrong or (parts[0].id if parts else own_id),
        value=written(question, value),
        options=_options(question, own_id, value),
        parts=parts,
        entries=entries,
        can_add=spec.kind is Kind.LIST and len(entries) < question.schema["maxItems"],
        placeholder=ui.get("ui:placeholder", ""),
        autocomplete=autocomplete,
        inputmode=_inputmode(question),
        suffix=question.suffix,
        width=question.option("width") or _WIDTHS.get(spec.kind),
        rows=question.option("rows") or 5,
        maxlength=None if spec.kind is Kind.IBAN else question.schema.get("maxLength"),
        spellcheck=not sensitive and spec.kind not in _UNSPELLED,
        details=DetailsView(details["title"], details["text"]) if details else None,
        evidence=evidence,
        evidence_rule=rule.text if rule else "",
        accept=",".join(rule.accept) if rule else "",
        multiple=rule is not None and rule.max_count > 1,
        can_upload=rule is not None and len(evidence) < rule.max_count,
    )


def _entries(question: Question, value: Any, faults: Sequence[FieldFault]) -> tuple[EntryView, ...]:
    is_list = question.spec.kind is Kind.LIST
    return tuple(
        EntryView(
            number=str(number),
            pointer=f"{question.spec.pointer}/{number}",
            title=entry_title(question, number) if is_list else "",
            fields=tuple(
                _show_field(bound, entry.get(member.spec.id), faults, None, ())
                for member, bound in zip(
                    question.members,
                    members_at(question, number if is_list else None),
                    strict=True,
                )
            ),
        )
        for number, entry in enumerate(entries_of(question, value))
    )


def _inputmode(question: Question) -> str:
    by_format = _INPUTMODES_BY_FORMAT.get(question.schema.get("format", ""), "")
    if question.spec.kind is Kind.MONEY:
        by_format = "decimal"
    usual = by_format or _INPUTMODES.get(question.spec.type, "")
    return str(question.spec.ui.get("ui:inputmode", usual))


def _options(question: Question, own_id: str, value: Any) -> tuple[OptionView, ...]:
    if question.spec.kind is Kind.BOOLEAN:
        return (
            OptionView(own_id, YES, "Ja", "", value is True),
            OptionView(f"{own_id}-2", NO, "Nein", "", value is False),
        )
    if question.spec.kind is Kind.CONFIRM:
        return (OptionView(own_id, YES, question.label, "", value is True),)
    chosen = value if isinstance(value, list) else [value]
    return tuple(
        OptionView(
            own_id if index == 0 else f"{own_id}-{index + 1}",
            choice.key,
            choice.label,
            choice.hint,
            any(one == choice.value and not isinstance(one, bool) for one in chosen),
        )
        for index, choice in enumerate(question.choices)
    )
