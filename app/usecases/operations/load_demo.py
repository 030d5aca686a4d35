"""Probebetrieb: two fictional municipalities that offer the services of this repository."""

from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from app.bundles.archive import read_folders
from app.bundles.catalogue import Catalogue
from app.models.municipality import Adoption, Municipality

_MUNICIPALITIES: tuple[dict[str, Any], ...] = (
    {
        "slug": "musterstadt",
        "name": "Stadt Musterstadt",
        "ars": "069990001001",
        "file_reference_prefix": "MU",
        "letterhead": {
            "authority": "Stadt Musterstadt",
            "department": "Fachdienst Steuern und Abgaben",
            "street": "Rathausplatz 1",
            "postcode": "99999",
            "town": "Musterstadt",
            "phone": "0000 000-0",
            "email": "abgaben@musterstadt.example",
            "website": "www.musterstadt.example",
            "signatory": "Ihre Sachbearbeitung",
        },
    },
    {
        "slug": "musterland",
        "name": "Landkreis Musterland",
        "ars": "069990000000",
        "file_reference_prefix": "ML",
        "letterhead": {
            "authority": "Der Kreisausschuss des Landkreises Musterland",
            "department": "Fachdienst Ordnung",
            "street": "Kreisallee 10",
            "postcode": "99999",
            "town": "Musterdorf",
            "phone": "0000 111-0",
            "email": "ordnung@musterland.example",
            "website": "www.musterland.example",
            "signatory": "Ihre Sachbearbeitung",
        },
    },
)

#: which municipality offers which service in the trial
_OFFERS = {"musterstadt": ("wasserzwischenzaehler",), "musterland": ()}


def load_demo(session: Session, root: Path, *, catalogue: Catalogue, now: datetime) -> None:
    """Write or refresh municipalities, bundle versions and adoptions; safe to repeat.

    A changed bundle becomes a new version; running cases keep theirs. Settings a municipality
    has made are kept.

    :raises BundleInvalid: a bundle below ``root`` cannot be compiled.
    """
    for values in _MUNICIPALITIES:
        session.merge(Municipality(**values))
    session.flush()
    for slug, keys in _OFFERS.items():
        for key in keys:
            version = catalogue.publish(session, read_folders(root, key), now)
            session.flush()
            adoption = session.get(Adoption, (slug, key))
            if adoption is None:
                adoption = Adoption(
                    municipality_slug=slug, service_key=key, settings={}, published_at=now
                )
                session.add(adoption)
            adoption.bundle_digest = version.digest
