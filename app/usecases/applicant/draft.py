"""Entwurf: an application on its way to submission, with all that its form needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.bundles.bundle import Bundle
from app.bundles.case_values import case_values
from app.bundles.catalogue import Catalogue
from app.domain.identity import Identity
from app.errors import FieldFault, Missing
from app.forms.evidence_item import EvidenceItem
from app.forms.form import Form, FormContext
from app.models.application import Application
from app.models.evidence import INFECTED, Evidence, evidence_of
from app.models.municipality import Adoption, Municipality
from app.usecases.evidence_items import evidence_items


@dataclass(frozen=True, slots=True)
class Draft:
    """An application with its municipality, bundle and evidence.

    ``settings`` are the municipality's values for the knobs of the bundle.
    """

    application: Application
    municipality: Municipality
    settings: Mapping[str, Any]
    bundle: Bundle
    evidence: Sequence[Evidence]
    context: FormContext

    @property
    def form(self) -> Form:
        """The form that is being filled in."""
        return self.bundle.application_form

    def faults(self) -> list[FieldFault]:
        """Say all that is missing or wrong, in the order of the pages."""
        answers = self.application.answers
        return [*self.form.check(answers, self.context), *self.infected(answers)]

    def infected(self, answers: Mapping[str, Any]) -> list[FieldFault]:
        """Say which files that these answers name were malware."""
        suspects = [one for one in self.evidence if one.scan == INFECTED]
        if not suspects:
            return []
        named = self.form.effective(answers, self.context)
        faults = []
        for one in suspects:
            page, name = one.field.removeprefix("/").split("/", 1)
            if str(one.id) in named.get(page, {}).get(name, ()):
                message = (
                    f"Die Datei „{one.name}“ enthielt ein Schadprogramm. Wir haben sie gelöscht. "
                    "Bitte entfernen Sie den Eintrag und laden Sie eine andere Datei hoch."
                )
                faults.append(FieldFault(one.field, "malware_found", message))
        return faults

    def evidence_items(self) -> dict[str, list[EvidenceItem]]:
        """Group the evidence by the JSON pointer of its field."""
        return evidence_items(self.evidence)

    def first_open_page(self) -> str | None:
        """Find the first visible page that was not yet saved without fault; None: all done."""
        answers = self.application.answers
        faulty = {fault.pointer.split("/")[1] for fault in self.faults() if "/" in fault.pointer}
        done = set(self.application.completed_pages) - faulty
        pages = self.form.visible_pages(answers, self.context)
        return next((page.id for page in pages if page.id not in done), None)


def open_draft(
    session: Session,
    application_id: UUID,
    citizen: Identity,
    *,
    catalogue: Catalogue,
    now: datetime,
    lock: bool = False,
) -> Draft:
    """Load an application that ``citizen`` owns, submitted or not; two statements.

    :raises Missing: no such application, or not this citizen's.
    """
    query = (
        select(Application, Municipality, Adoption)
        .join(Municipality, Municipality.slug == Application.municipality_slug)
        .outerjoin(
            Adoption,
            (Adoption.municipality_slug == Application.municipality_slug)
            & (Adoption.service_key == Application.service_key),
        )
        .where(Application.id == application_id, Application.applicant == citizen.key)
    )
    if lock:
        query = query.with_for_update(of=Application).execution_options(populate_existing=True)
    row = session.execute(query).one_or_none()
    if row is None:
        raise Missing(str(application_id))
    application, municipality, adoption = row
    bundle = catalogue.bundle(session, application.bundle_digest)
    settings = bundle.manifest.values(adoption.settings if adoption else {})
    evidence = session.scalars(evidence_of(application_id)).all()
    values = case_values(
        file_reference="",
        received_at=now,
        municipality=municipality.name,
        applicant=citizen,
        settings=settings,
    )
    return Draft(
        application=application,
        municipality=municipality,
        settings=settings,
        bundle=bundle,
        evidence=evidence,
        context=FormContext(now=now, values={"vorgang": values}),
    )
