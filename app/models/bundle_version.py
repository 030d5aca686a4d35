"""Fassung einer Leistung: one immutable version of a bundle."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class BundleVersion(Base):
    """Process, forms, tables and letters as one hashed thing that is never changed afterwards.

    ``digest`` is the sha256 (hex) of the canonical content; ``archive`` is that content as ZIP;
    ``version`` counts from 1 per service.
    """

    __tablename__ = "bundle_versions"
    __table_args__ = (UniqueConstraint("service_key", "version"),)

    digest: Mapped[str] = mapped_column(primary_key=True)
    service_key: Mapped[str]
    version: Mapped[int]
    state: Mapped[str]  # draft, in_quality_assurance, in_release, released, retired
    archive: Mapped[bytes]
    created_at: Mapped[datetime]
