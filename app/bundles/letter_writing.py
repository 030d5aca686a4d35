"""Schreiben verfassen: fills one letter of a bundle from the data of a case."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from app.bundles.bundle import APPLICATION, Bundle
from app.domain.file_reference import BERLIN
from app.errors import Incident
from app.forms.context import FormContext
from app.forms.evidence_item import EvidenceItem
from app.letters.letter_text import Card, LetterText


def write_letter(
    bundle: Bundle,
    name: str,
    data: Mapping[str, Any],
    now: datetime,
    evidence: Mapping[str, Sequence[EvidenceItem]],
) -> LetterText:
    """Write the letter ``name``; ``data`` is the process data, ``now`` is aware.

    ``evidence`` maps a field's pointer to the files given there.

    :raises Incident: there is no such letter, or a value it needs cannot be had.
    """
    letter = bundle.letters.get(name)
    if letter is None:
        raise Incident(name, "Dieses Schreiben gibt es im Bündel nicht.")
    return letter.write(data, now, answer_cards(bundle, data, evidence))


def answer_cards(
    bundle: Bundle,
    data: Mapping[str, Any],
    evidence: Mapping[str, Sequence[EvidenceItem]],
) -> tuple[Card, ...]:
    """Put the application's answers in words, page by page; files appear by name.

    Conditions of the form are judged as of the day of receipt, so that a letter written years
    later shows what the applicant saw.
    """
    context = FormContext(now=_received_at(data), values=data)
    cards = bundle.application_form.summary(data[APPLICATION], context, evidence)
    return tuple((card.title, tuple((row.label, row.text) for row in card.rows)) for card in cards)


def _received_at(data: Mapping[str, Any]) -> datetime:
    day = date.fromisoformat(data["vorgang"]["eingegangen_am"])
    return datetime.combine(day, time(12), BERLIN).astimezone(UTC)
