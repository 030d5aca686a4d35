"""Seitenrahmen: what every page knows: who is signed in, and whether this is a trial."""

from typing import Any

from flask import Flask

from app.domain.identity import Identity, Role
from app.web.identity import current_identity
from app.web.parts import parts

ROLE_NAMES = {
    Role.CASE_WORKER: "Sachbearbeitung",
    Role.APPROVER: "Freigabe",
    Role.FACTORY: "Digitalisierungsfabrik",
    Role.QA: "Qualitätssicherung",
    Role.COORDINATION: "Koordinierungsstelle",
    Role.MUNICIPALITY: "Kommune",
    Role.OPERATOR: "Betrieb",
}


def attach(app: Flask) -> None:
    """Give ``identity``, ``role_name`` and ``trial`` to all templates."""
    app.context_processor(page_context)


def page_context() -> dict[str, Any]:
    """Say who looks at the page."""
    identity = current_identity()
    return {
        "identity": identity,
        "role_name": role_name(identity),
        "trial": parts().config.trial_folder is not None,
    }


def role_name(identity: Identity | None) -> str:
    """Name the first role of a staff member, nothing for others."""
    return ROLE_NAMES[identity.roles[0]] if identity is not None and identity.roles else ""
