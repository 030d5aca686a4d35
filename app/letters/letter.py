"""Schreiben: a letter as its author wrote it, ready to be filled in."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marshmallow import ValidationError

from app.errors import BundleInvalid, FieldFault, Incident
from app.expressions.fault import ExpressionFault
from app.letters.letter_schema import LetterSchema
from app.letters.letter_text import Card, LetterKind, LetterText
from app.letters.part import Part, compile_part
from app.letters.schema_faults import faults_in
from app.letters.sentence import Sentence, compile_sentence


@dataclass(frozen=True, slots=True)
class Letter:
    """A compiled letter; ``names`` are the values it looks at (``antrag``, ``vorgang`` …)."""

    name: str
    kind: LetterKind
    title: str
    subject: Sentence
    parts: tuple[Part, ...]
    names: frozenset[str]

    def write(
        self, values: Mapping[str, Any], now: datetime, cards: Sequence[Card] = ()
    ) -> LetterText:
        """Fill in the letter; a form that was not filled in yet reads as empty.

        ``now`` is aware; ``cards`` are the answers for a block of type ``answers``.

        :raises Incident: an expression fails; its element is the letter's name.
        """
        known = {**{name: {} for name in self.names}, **values}
        try:
            return LetterText(
                kind=self.kind,
                title=self.title,
                subject=self.subject.write(known, now),
                blocks=tuple(
                    block for part in self.parts for block in part.write(known, now, cards)
                ),
            )
        except ExpressionFault as fault:
            raise Incident(self.name, fault.message) from fault


def compile_letter(name: str, source: bytes) -> Letter:
    """Read and compile one letter.

    :raises BundleInvalid: pointers begin with the letter's name (``#`` and the place may follow).
    """
    try:
        data = LetterSchema().load(tomllib.loads(source.decode()))
        parts = tuple(compile_part(block) for block in data["block"])
        subject = compile_sentence(data["subject"])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BundleInvalid(faults_in(name, None), subject=name) from error
    except ValidationError as error:
        raise BundleInvalid(faults_in(name, error.messages_dict), subject=name) from error
    except ExpressionFault as fault:
        found = FieldFault(name, "expression", fault.message)
        raise BundleInvalid([found], subject=name) from fault
    names = subject.names.union(*(part.names for part in parts))
    return Letter(name, data["kind"], data["title"], subject, parts, names)
