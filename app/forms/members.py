"""Feldgruppe: fields inside a field, once (an address) or repeated (several children).

A member is bound to its place by its id: ``kinder/0/name`` lies below the field ``kinder``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.forms.kind import Kind
from app.forms.question import Question

MOST_ENTRIES = 50
ADD, REMOVE = "hinzufuegen", "weglassen"
#: fields of HTML that only ask to see the page again, as it was typed
REDRAW = frozenset({ADD, REMOVE, "aktualisieren"})


def members_at(question: Question, entry: int | None) -> tuple[Question, ...]:
    """Bind the members of a group (``entry`` None) or of one entry of a list to their place."""
    place = question.spec.id if entry is None else f"{question.spec.id}/{entry}"
    return tuple(
        replace(member, spec=replace(member.spec, id=f"{place}/{member.spec.id}"))
        for member in question.members
    )


def question_below(question: Question, path: Sequence[object]) -> Question:
    """Follow a path into the answer as far as questions go; an entry as a whole has none."""
    entry, name = None, path[0] if path else None
    if question.spec.kind is Kind.LIST:
        entry, name = (int(str(path[0])), path[1]) if len(path) > 1 else (None, None)
    return next(
        (
            bound
            for member, bound in zip(question.members, members_at(question, entry), strict=True)
            if member.spec.id == name
        ),
        question,
    )


def entries_of(question: Question, value: object) -> list[Mapping[str, Any]]:
    """Read the entries of an answer of any shape; what is no entry is shown as an empty one."""
    if question.spec.kind is Kind.GROUP:
        return [value if isinstance(value, Mapping) else {}]
    several = value[:MOST_ENTRIES] if isinstance(value, list) else []
    entries: list[Mapping[str, Any]] = [one if isinstance(one, Mapping) else {} for one in several]
    return entries or ([{}] if question.required else [])


def entry_title(question: Question, entry: int) -> str:
    """Name one entry: the title of the items with its number."""
    return f"{question.schema.get('items', {}).get('title') or 'Eintrag'} {entry + 1}"


def place_of(question: Question, path: Sequence[str]) -> tuple[int, ...]:
    """Tell where a fault below ``question`` stands in reading order."""
    if not path or not question.members:
        return ()
    entry = int(path[0]) if path[0].isdigit() else 0
    names = [member.spec.id for member in question.members]
    return (entry, names.index(path[-1]) if path[-1] in names else -1)
