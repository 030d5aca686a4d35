"""Leistungen: what a municipality offers, and the page of one service."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.errors import Missing
from app.models.base import db
from app.models.municipality import Adoption, Municipality, offered, offers_of
from app.models.transaction import transaction
from app.usecases.applicant.account import own_drafts
from app.usecases.applicant.start_draft import start_draft
from app.web.identity import current_identity, signed_in
from app.web.parts import parts

citizen = Blueprint("citizen", __name__)


@citizen.url_value_preprocessor
def refuse_hostile_address(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Find nothing under a name that the database could not even be asked for.

    :raises Missing: control characters in the address.
    """
    if any(not str(value).isprintable() for value in (values or {}).values()):
        raise Missing("address")


@citizen.get("/<slug>/")
def municipality(slug: str) -> ResponseReturnValue:
    """List the services of a municipality."""
    session = db.session()
    rows = session.execute(offers_of(slug)).all()
    if not rows:
        raise Missing(slug)
    bundles = [
        parts().catalogue.bundle(session, adoption.bundle_digest)
        for _, adoption in rows
        if adoption is not None
    ]
    return render_template(
        "citizen/municipality.html",
        municipality=rows[0][0],
        services=sorted((bundle.manifest for bundle in bundles), key=lambda one: one.title),
    )


@citizen.get("/<slug>/<service_key>/")
def service(slug: str, service_key: str) -> ResponseReturnValue:
    """Describe one service: what is needed, what it costs, what happens."""
    found, adoption = _offer(slug, service_key)
    bundle = parts().catalogue.bundle(db.session(), adoption.bundle_digest)
    return render_template(
        "citizen/service.html",
        municipality=found,
        service=bundle.manifest,
        settings=bundle.manifest.values(adoption.settings),
        pages=bundle.application_form.pages,
        evidence=list(bundle.application_form.evidence.values()),
    )


@citizen.get("/<slug>/<service_key>/beginnen")
def begin(slug: str, service_key: str) -> ResponseReturnValue:
    """Show as whom one applies and which data is taken over, or a draft to go on with."""
    identity = current_identity()
    if identity is None:
        here = url_for(".begin", slug=slug, service_key=service_key)
        return redirect(url_for("sign_in.begin", weiter=here), 303)
    found, adoption = _offer(slug, service_key)
    bundle = parts().catalogue.bundle(db.session(), adoption.bundle_digest)
    drafts = [
        draft
        for draft in own_drafts(db.session(), identity)
        if draft.municipality_slug == slug and draft.service_key == service_key
    ]
    return render_template(
        "citizen/begin.html",
        municipality=found,
        service=bundle.manifest,
        identity=identity,
        drafts=drafts,
        level_suffices=identity.assurance >= bundle.manifest.assurance,
        person_suffices=identity.person_type in bundle.manifest.person_types,
    )


@citizen.post("/<slug>/<service_key>/beginnen")
def start(slug: str, service_key: str) -> ResponseReturnValue:
    """Open a draft and go to its first page."""
    p = parts()
    with transaction() as session:
        application = start_draft(
            session, slug, service_key, signed_in(), catalogue=p.catalogue, now=p.clock()
        )
    return redirect(url_for("application_pages.resume", application_id=application.id), 303)


def _offer(slug: str, service_key: str) -> tuple[Municipality, Adoption]:
    row = db.session().execute(offered(slug, service_key)).one_or_none()
    if row is None:
        raise Missing(f"{slug}/{service_key}")
    return row[0], row[1]
