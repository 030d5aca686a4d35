"""Antrag beginnen: open a draft, prefilled from the sign-in."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.bundles.catalogue import Catalogue
from app.domain.identity import Identity
from app.errors import AssuranceTooLow, Missing, Refused
from app.models.application import Application
from app.models.municipality import offered


def start_draft(
    session: Session,
    municipality_slug: str,
    service_key: str,
    citizen: Identity,
    *,
    catalogue: Catalogue,
    now: datetime,
) -> Application:
    """Open a draft for a service the municipality offers; adds to ``session``.

    :raises Missing: the municipality does not offer this service.
    :raises AssuranceTooLow: the service demands a stronger sign-in.
    :raises Refused: the service is not for this type of person.
    """
    row = session.execute(offered(municipality_slug, service_key)).one_or_none()
    if row is None:
        raise Missing(f"{municipality_slug}/{service_key}")
    _, adoption = row
    bundle = catalogue.bundle(session, adoption.bundle_digest)
    if citizen.assurance < bundle.manifest.assurance:
        raise AssuranceTooLow(service_key)
    if citizen.person_type not in bundle.manifest.person_types:
        raise Refused(service_key)
    application = Application(
        municipality_slug=municipality_slug,
        service_key=service_key,
        bundle_digest=bundle.digest,
        applicant=citizen.key,
        identity=citizen.to_dict(),
        answers=bundle.application_form.prefill(citizen),
        completed_pages=[],
        revision=1,
        created_at=now,
        updated_at=now,
        submitted_at=None,
    )
    session.add(application)
    session.flush()
    return application
