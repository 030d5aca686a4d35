"""Kommune: who offers services, and which (Nachnutzung)."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Select, select
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Municipality(Base):
    """One municipality.

    ``letterhead`` maps ``authority``, ``department``, ``street``, ``postcode``, ``town``,
    ``phone``, ``email``, ``website``, ``signatory`` to texts for letters and contact boxes.
    """

    __tablename__ = "municipalities"

    slug: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    ars: Mapped[str] = mapped_column(unique=True)  # Amtlicher Regionalschlüssel, 12 digits
    file_reference_prefix: Mapped[str]
    letterhead: Mapped[dict[str, Any]]


class Adoption(Base):
    """Nachnutzung: one municipality offers one released version of a service.

    ``settings`` maps a knob's key from the manifest to the municipality's value; knobs that
    are absent keep the manifest's default.
    """

    __tablename__ = "adoptions"

    municipality_slug: Mapped[str] = mapped_column(
        ForeignKey("municipalities.slug"), primary_key=True
    )
    service_key: Mapped[str] = mapped_column(primary_key=True)
    bundle_digest: Mapped[str] = mapped_column(ForeignKey("bundle_versions.digest"))
    settings: Mapped[dict[str, Any]]
    published_at: Mapped[datetime | None]


def offered(slug: str, service_key: str) -> Select[Municipality, Adoption]:
    """Select the published adoption of one service with its municipality."""
    return (
        select(Municipality, Adoption)
        .join(Adoption, Adoption.municipality_slug == Municipality.slug)
        .where(
            Municipality.slug == slug,
            Adoption.service_key == service_key,
            Adoption.published_at.is_not(None),
        )
    )


def offers_of(slug: str) -> Select[Municipality, Adoption | None]:
    """Select a municipality with each published adoption; one row without any if it has none."""
    return (
        select(Municipality, Adoption)
        .outerjoin(
            Adoption,
            (Adoption.municipality_slug == Municipality.slug) & Adoption.published_at.is_not(None),
        )
        .where(Municipality.slug == slug)
        .order_by(Adoption.service_key)
    )
