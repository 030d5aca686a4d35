"""Startseite des Probebetriebs: what Antragswerk is, and a tour that signs visitors in."""

from dataclasses import dataclass

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.bundles.catalogue import Catalogue
from app.bundles.manifest import ServiceManifest
from app.models.municipality import Adoption, Municipality
from app.models.transaction import transaction
from app.web.parts import parts
from app.web.trial.tour import TOUR

trial = Blueprint("trial", __name__)


@dataclass(frozen=True, slots=True)
class OfferedService:
    """A published service with the municipality that offers it."""

    municipality: Municipality
    manifest: ServiceManifest

    @property
    def address(self) -> str:
        """Path of its start page."""
        return f"/{self.municipality.slug}/{self.manifest.key}/"


@trial.get("/")
def landing() -> ResponseReturnValue:
    """Show the way in."""
    with transaction() as session:
        services = offered_services(session, parts().catalogue)
    return render_template("trial/landing.html", tour=TOUR, services=services)


def offered_services(session: Session, catalogue: Catalogue) -> list[OfferedService]:
    """List what any municipality of the trial has published, by title."""
    services = [
        OfferedService(municipality, catalogue.bundle(session, adoption.bundle_digest).manifest)
        for municipality, adoption in session.execute(_published())
    ]
    return sorted(services, key=lambda service: (service.manifest.title, service.municipality.name))


def _published() -> Select[Municipality, Adoption]:
    return (
        select(Municipality, Adoption)
        .join(Adoption, Adoption.municipality_slug == Municipality.slug)
        .where(Adoption.published_at.is_not(None))
    )
