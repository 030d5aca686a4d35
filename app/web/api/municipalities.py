"""Kommunen: who offers which services; open to everyone."""

import re
from typing import Any

from flask import url_for
from sqlalchemy import select

from app.bundles.bundle import Bundle
from app.errors import Missing
from app.models.base import db
from app.models.bundle_version import BundleVersion
from app.models.municipality import Municipality, offered, offers_of
from app.web.api.blueprint import ApiBlueprint
from app.web.api.form_shape import form_shape
from app.web.api.paging import PageQuery, by_name, read_name, write_name
from app.web.api.service_schemas import MunicipalityListSchema, ServiceListSchema, ServiceSchema
from app.web.parts import parts

municipalities = ApiBlueprint("municipalities", "Kommunen und Leistungen", public=True)

MATURITY_REASON = "Für diese Fassung wurde noch kein Reifegrad festgestellt."
_NAME = re.compile(r"[a-z0-9_-]{1,64}\Z")


@municipalities.call(
    "GET", "/municipalities", "Alle Kommunen", gives=MunicipalityListSchema, query=PageQuery
)
def listing(page: dict[str, Any]) -> dict[str, Any]:
    """List the municipalities by slug."""
    rows = (
        db.session()
        .scalars(
            select(Municipality)
            .where(Municipality.slug > read_name(page["cursor"]))
            .order_by(Municipality.slug)
            .limit(page["limit"] + 1)
        )
        .all()
    )
    shown = rows[: page["limit"]]
    return {
        "items": [
            {
                "slug": one.slug,
                "name": one.name,
                "ars": one.ars,
                "services_url": url_for(".services", slug=one.slug),
            }
            for one in shown
        ],
        "next_cursor": write_name(shown[-1].slug) if len(rows) > len(shown) else None,
    }


@municipalities.call(
    "GET",
    "/municipalities/<slug>/services",
    "Veröffentlichte Leistungen einer Kommune",
    gives=ServiceListSchema,
    query=PageQuery,
)
def services(page: dict[str, Any], slug: str) -> dict[str, Any]:
    """List what a municipality offers, by key."""
    _require_name(slug)
    rows = db.session().execute(offers_of(slug)).all()
    if not rows:
        raise Missing(slug)
    offers = [adoption for _, adoption in rows if adoption is not None]
    shown, following = by_name(offers, lambda one: one.service_key, page)
    versions = _versions([one.bundle_digest for one in shown])
    return {
        "items": [_item(slug, _bundle(one.bundle_digest), versions) for one in shown],
        "next_cursor": following,
    }


@municipalities.call(
    "GET",
    "/municipalities/<slug>/services/<key>",
    "Eine Leistung mit Formular, Nachweisen und Bedingungen",
    gives=ServiceSchema,
)
def service(slug: str, key: str) -> dict[str, Any]:
    """Describe one service so that a program can apply for it."""
    _require_name(slug)
    _require_name(key)
    row = db.session().execute(offered(slug, key)).one_or_none()
    if row is None:
        raise Missing(f"{slug}/{key}")
    adoption = row[1]
    bundle = _bundle(adoption.bundle_digest)
    manifest, form = bundle.manifest, form_shape(bundle.application_form)
    return {
        **_item(slug, bundle, _versions([bundle.digest])),
        "description": manifest.description,
        "needed": manifest.needed,
        "steps_after": manifest.steps_after,
        "legal_basis": manifest.legal_basis,
        "declarations": manifest.declarations,
        "privacy": manifest.privacy,
        "retention_days": manifest.retention_days,
        "settings": manifest.values(adoption.settings),
        "forms": [form],
        "evidence": form["evidence"],
    }


def _item(slug: str, bundle: Bundle, versions: dict[str, int]) -> dict[str, Any]:
    manifest = bundle.manifest
    return {
        "key": manifest.key,
        "municipality": slug,
        "title": manifest.title,
        "summary": manifest.summary,
        "leika_key": manifest.leika_key,
        "assurance": manifest.assurance,
        "person_types": manifest.person_types,
        "fee_cents": manifest.fee_cents,
        "fee_text": manifest.fee_text,
        "minutes": manifest.minutes,
        "processing_time": manifest.processing_time,
        "keywords": manifest.keywords,
        "maturity": None,
        "maturity_reason": MATURITY_REASON,
        "version": versions[bundle.digest],
        "digest": bundle.digest,
    }


def _bundle(digest: str) -> Bundle:
    return parts().catalogue.bundle(db.session(), digest)


def _versions(digests: list[str]) -> dict[str, int]:
    rows = db.session().execute(
        select(BundleVersion.digest, BundleVersion.version).where(BundleVersion.digest.in_(digests))
    )
    return dict(iter(rows))


def _require_name(text: str) -> None:
    if not _NAME.match(text):
        raise Missing("name")
