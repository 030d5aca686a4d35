"""Ansicht: everything a template needs to show one page of a form."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.forms.evidence_item import EvidenceItem


@dataclass(frozen=True, slots=True)
class OptionView:
    """One choice with its own id; ``value`` is what the browser sends."""

    id: str
    value: str
    label: str
    hint: str
    checked: bool


@dataclass(frozen=True, slots=True)
class DatePartView:
    """Day, month, year or time of a field asked in parts."""

    id: str
    name: str
    label: str
    value: str
    maxlength: int
    autocomplete: str
    wrong: bool


@dataclass(frozen=True, slots=True)
class DetailsView:
    """Help that opens on demand."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class EntryView:
    """The fields of a group, or of one entry of a list; ``pointer`` is what removing it sends."""

    number: str
    pointer: str
    title: str
    fields: tuple["FieldView", ...]


@dataclass(frozen=True, slots=True)
class FieldView:
    """One question as it stands on the page.

    ``value`` is in German notation; ``kind`` is one of :class:`app.forms.kind.Kind`; ``target`` is
    the id an error link leads to; ``level`` is the weight of a note.
    """

    id: str
    name: str
    pointer: str
    kind: str
    label: str
    hint: str
    required: bool
    error: str
    target: str
    value: str = ""
    level: str = ""
    options: tuple[OptionView, ...] = ()
    parts: tuple[DatePartView, ...] = ()
    entries: tuple[EntryView, ...] = ()
    can_add: bool = False
    placeholder: str = ""
    autocomplete: str = ""
    inputmode: str = ""
    suffix: str = ""
    width: int | None = None
    rows: int = 5
    maxlength: int | None = None
    spellcheck: bool = True
    details: DetailsView | None = None
    evidence: tuple[EvidenceItem, ...] = ()
    evidence_rule: str = ""
    accept: str = ""
    multiple: bool = False
    can_upload: bool = True

    @property
    def described_by(self) -> str:
        """Ids for ``aria-describedby``, in the order they are to be read."""
        hint = f"{self.id}-hinweis" if self.hint or self.evidence_rule else ""
        error = f"{self.id}-fehler" if self.error else ""
        return f"{hint} {error}".strip()


@dataclass(frozen=True, slots=True)
class FaultLink:
    """One line of the error summary; ``target`` is an element's id."""

    target: str
    message: str


@dataclass(frozen=True, slots=True)
class PageView:
    """One page; ``id`` is also the id of the element around its fields."""

    id: str
    page_id: str
    title: str
    description: str
    fields: tuple[FieldView, ...]
    errors: tuple[FaultLink, ...]

    @property
    def by_name(self) -> Mapping[str, FieldView]:
        """The fields by field id, for templates that place them one by one."""
        return {field.name.partition(".")[2]: field for field in self.fields}


def flat(fields: Iterable[FieldView]) -> Iterator[FieldView]:
    """Go through fields and those inside them, in reading order."""
    for field in fields:
        yield field
        for entry in field.entries:
            yield from flat(entry.fields)
