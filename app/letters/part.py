"""Baustein: one block of a letter, with the condition under which it is shown."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.expressions.expression import Expression, compile_expression
from app.letters.letter_text import Block, BlockType, Card
from app.letters.sentence import Sentence, compile_sentence

#: the block type that stands for all answers of the application
ANSWERS = "answers"


@dataclass(frozen=True, slots=True)
class Part:
    """One block of the source; ``answers`` stands for all answers of the application."""

    type: BlockType | None  # None: the answers
    when: Expression | None
    paragraphs: tuple[Sentence, ...]
    items: tuple[Sentence, ...]
    rows: tuple[tuple[Sentence, Sentence], ...]

    @property
    def names(self) -> frozenset[str]:
        """Free names of all expressions in it."""
        sentences = [*self.paragraphs, *self.items, *(half for row in self.rows for half in row)]
        names = frozenset[str]().union(*(sentence.names for sentence in sentences))
        return names | (self.when.names if self.when else frozenset())

    def write(
        self, values: Mapping[str, Any], now: datetime, cards: Sequence[Card]
    ) -> tuple[Block, ...]:
        """Fill in; nothing if the condition does not hold, one block per paragraph else."""
        if self.when is not None and not self.when.evaluate(values, now):
            return ()
        if self.type is None:
            return tuple(block for card in cards for block in _card(card))
        if self.type in {BlockType.LIST, BlockType.FACTS}:
            items = tuple(filter(None, (item.write(values, now) for item in self.items)))
            rows = ((a.write(values, now), b.write(values, now)) for a, b in self.rows)
            filled = tuple((label, text) for label, text in rows if text)
            return (Block(self.type, items=items, rows=filled),) if items or filled else ()
        texts = [paragraph.write(values, now) for paragraph in self.paragraphs]
        if self.type in {BlockType.SIGNATURE, BlockType.REMEDY}:
            return (Block(self.type, "\n\n".join(filter(None, texts))),)
        return tuple(Block(self.type, text) for text in texts if text)


def compile_part(block: Mapping[str, Any]) -> Part:
    """Compile one block as ``BlockSchema`` loaded it.

    :raises ExpressionFault: an expression does not hold.
    """
    kind = block["type"]
    return Part(
        type=None if kind == ANSWERS else BlockType(kind),
        when=compile_expression(block["when"]) if block["when"].strip() else None,
        paragraphs=_paragraphs(block["text"]),
        items=tuple(compile_sentence(item) for item in block["items"]),
        rows=tuple(
            (compile_sentence(row["label"]), compile_sentence(row["value"]))
            for row in block["rows"]
        ),
    )


def _paragraphs(text: str) -> tuple[Sentence, ...]:
    pieces = re.split(r"\n[ \t]*\n", text.strip())
    return tuple(compile_sentence(piece) for piece in pieces if piece.strip())


def _card(card: Card) -> tuple[Block, ...]:
    title, rows = card
    filled = tuple((label, text) for label, text in rows if text)
    if not filled:
        return ()
    return (Block(BlockType.HEADING, title), Block(BlockType.FACTS, rows=filled))
