"""Schreiben verfassen: fill a bundle's letter with the data of a case, for paper and screen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from app.bundles.bundle import Bundle
from app.bundles.letter_writing import write_letter
from app.domain.file_reference import BERLIN
from app.domain.identity import Identity
from app.engine.step import ServiceCall
from app.errors import Incident
from app.forms.form import Form
from app.letters import html, pdf
from app.letters.letter_text import LetterText
from app.letters.letterhead import Address, Letterhead
from app.models.application import Application
from app.models.case import Case
from app.models.evidence import Evidence
from app.models.municipality import Municipality
from app.usecases.evidence_items import evidence_items

#: the operator of a service task that sends a letter of the bundle
LETTERS_ISSUE = "letters/issue"


@dataclass(frozen=True, slots=True)
class ComposedLetter:
    """A letter as text with its head, recipient and date."""

    text: LetterText
    head: Letterhead
    to: Address
    file_reference: str
    day: date

    def pdf(self) -> bytes:
        """Typeset as PDF/A-3a and PDF/UA-1."""
        return pdf.typeset(
            self.text, self.head, self.to, file_reference=self.file_reference, date=self.day
        )

    def html(self) -> str:
        """Write the accessible copy, escaped and safe."""
        return html.copy(
            self.text, self.head, self.to, file_reference=self.file_reference, date=self.day
        )


def compose_letter(
    case: Case,
    application: Application,
    municipality: Municipality,
    bundle: Bundle,
    evidence: Sequence[Evidence],
    call: ServiceCall,
    data: Mapping[str, Any],
    now: datetime,
    *,
    decided_by: str,
) -> ComposedLetter:
    """Fill the letter that a service task names in its parameter ``letter``.

    ``decided_by`` is the name under a decision; other letters, and a decision nobody took, carry
    the signatory of the letterhead. Source: § 37 Abs. 3 VwVfG.

    :raises Incident: the task asks for something else, the bundle has no such letter, or a
        placeholder cannot be filled.
    """
    if call.operator != LETTERS_ISSUE:
        raise Incident(call.element, "unknown operator")
    identity = Identity.from_dict(application.identity)
    name = str(call.parameters.get("letter", ""))
    head = Letterhead.from_dict(municipality.letterhead)
    text = write_letter(bundle, name, data, now, evidence_items(evidence))
    return ComposedLetter(
        text=text,
        head=replace(head, signatory=decided_by)
        if text.kind == "decision" and decided_by
        else head,
        to=Address(address_lines(identity, bundle.application_form, application.answers)),
        file_reference=case.file_reference,
        day=now.astimezone(BERLIN).date(),
    )


def address_lines(identity: Identity, form: Form, answers: Mapping[str, Any]) -> tuple[str, ...]:
    """Write the address of a letter: as answered in the form, where it asks, else as signed in."""
    known = {**identity.to_dict(), **form.answered_identity(answers)}
    lines = (
        known["organisation_name"],
        f"{known['given_name']} {known['family_name']}".strip(),
        f"{known['street']} {known['house_number']}".strip(),
        f"{known['postcode']} {known['town']}".strip(),
    )
    return tuple(line for line in lines if line)
