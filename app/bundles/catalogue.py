"""Katalog: finds compiled bundles by digest and takes in new versions."""

import threading
from collections import OrderedDict
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.bundles.archive import BundleFiles, pack, unpack
from app.bundles.bundle import Bundle, compile_bundle
from app.bundles.checks import Severity, check_bundle
from app.engine.engine import Engine
from app.engine.quarantine.quarantine import Quarantine
from app.errors import BundleInvalid, FieldFault, Missing
from app.models.bundle_version import BundleVersion


class Catalogue:
    """Keeps the ``size`` bundles used last; shareable between threads.

    A digest names its content for good, so nothing in here can grow stale.
    """

    def __init__(self, engine: Engine, size: int = 64) -> None:
        self._engine = engine
        self._size = size
        self._bundles: OrderedDict[str, Bundle] = OrderedDict()
        self._lock = threading.Lock()

    def bundle(self, session: Session, digest: str) -> Bundle:
        """Find one version; a version not in memory costs one query and its compilation.

        :raises Missing: no such version.
        """
        with self._lock:
            if digest in self._bundles:
                self._bundles.move_to_end(digest)
                return self._bundles[digest]
        archive = session.scalar(
            select(BundleVersion.archive).where(BundleVersion.digest == digest)
        )
        if archive is None:
            raise Missing(digest)
        return self._keep(compile_bundle(unpack(archive), self._engine))

    def publish(
        self,
        session: Session,
        files: BundleFiles,
        now: datetime,
        quarantine: Quarantine | None = None,
    ) -> BundleVersion:
        """Take in a version and release it; known content returns the row it already has.

        Adds to ``session``; the caller commits. ``now`` is aware and in UTC. Files from outside
        must pass through ``quarantine``, those of this repository need not.

        :raises BundleInvalid: it does not compile, or a check finds an error.
        :raises Unavailable: the quarantine has no room or time now.
        """
        bundle = compile_bundle(files, self._engine, quarantine)
        errors = [found for found in check_bundle(bundle) if found.severity is Severity.ERROR]
        if errors:
            raise BundleInvalid(
                [FieldFault(found.where, found.id, found.message) for found in errors],
                subject=bundle.manifest.key,
            )
        known = session.get(BundleVersion, bundle.digest)
        if known is not None:
            return known
        key = bundle.manifest.key
        latest = session.scalar(
            select(func.max(BundleVersion.version)).where(BundleVersion.service_key == key)
        )
        version = BundleVersion(
            digest=bundle.digest,
            service_key=key,
            version=(latest or 0) + 1,
            state="released",
            archive=pack(files),
            created_at=now,
        )
        session.add(version)
        self._keep(bundle)
        return version

    def _keep(self, bundle: Bundle) -> Bundle:
        with self._lock:
            kept = self._bundles.setdefault(bundle.digest, bundle)
            self._bundles.move_to_end(bundle.digest)
            while len(self._bundles) > self._size:
                self._bundles.popitem(last=False)
            return kept
