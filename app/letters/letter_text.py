"""Schreibentext: what a letter says, before it is set as PDF or HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

#: one page of answers as a person reads it: title and (label, text) rows
Card = tuple[str, Sequence[tuple[str, str]]]


class LetterKind(StrEnum):
    """What a letter is for, as the mailbox tells them apart."""

    RECEIPT = "receipt"
    DECISION = "decision"
    REMINDER = "reminder"


class BlockType(StrEnum):
    """The shapes a part of a letter may have."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST = "list"
    FACTS = "facts"
    SIGNATURE = "signature"
    REMEDY = "remedy"


@dataclass(frozen=True, slots=True)
class Block:
    """One part; ``text`` may hold line breaks, ``items`` are a list's, ``rows`` a table's."""

    type: BlockType
    text: str = ""
    items: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LetterText:
    """A finished text; all of it is plain text, never markup."""

    kind: LetterKind
    title: str
    subject: str
    blocks: tuple[Block, ...]

    @property
    def plain(self) -> str:
        """All words in reading order, for searching and for scenarios."""
        lines = [self.title, self.subject]
        for block in self.blocks:
            lines.append(block.text)
            lines.extend(block.items)
            lines.extend(f"{label}: {text}" for label, text in block.rows)
        return "\n".join(line for line in lines if line)
