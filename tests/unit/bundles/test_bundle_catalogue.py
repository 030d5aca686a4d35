from datetime import UTC, datetime

import pytest

from app.bundles.archive import pack
from app.bundles.catalogue import Catalogue
from app.errors import BundleInvalid, Missing
from app.models.bundle_version import BundleVersion
from tests.unit.bundles.samples import ENGINE, KEY, PROCESS, changed, meter, meter_files

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LETTER = f"bpmn/{KEY}/letters/eingang.toml"


class Shelf:
    """Behaves like a session that holds bundle versions; counts what it is asked."""

    def __init__(self, *rows):
        self.rows = {row.digest: row for row in rows}
        self.asked = 0

    def get(self, _kind, digest):
        return self.rows.get(digest)

    def add(self, row):
        self.rows[row.digest] = row

    def scalar(self, statement):
        self.asked += 1
        wanted = set(statement.compile().params.values())
        if "max(" in str(statement):
            versions = [row.version for row in self.rows.values() if row.service_key in wanted]
            return max(versions, default=None)
        return next((row.archive for row in self.rows.values() if row.digest in wanted), None)


def row(files, digest, version=1):
    return BundleVersion(
        digest=digest,
        service_key=KEY,
        version=version,
        state="released",
        archive=pack(files),
        created_at=NOON,
    )


def test_a_version_is_read_once_and_then_kept():
    shelf = Shelf(row(meter_files(), meter().digest))
    catalogue = Catalogue(ENGINE)

    first = catalogue.bundle(shelf, meter().digest)

    assert catalogue.bundle(shelf, meter().digest) is first
    assert first.digest == meter().digest
    assert shelf.asked == 1


def test_an_unknown_version_is_missing():
    with pytest.raises(Missing):
        Catalogue(ENGINE).bundle(Shelf(), "0" * 64)


def test_the_bundle_used_longest_ago_gives_way():
    other = changed(LETTER, "vielen Dank", "herzlichen Dank")
    shelf = Shelf()
    catalogue = Catalogue(ENGINE, size=1)
    first = catalogue.publish(shelf, meter_files(), NOON)
    second = catalogue.publish(shelf, other, NOON)
    shelf.asked = 0

    catalogue.bundle(shelf, second.digest)
    assert shelf.asked == 0
    catalogue.bundle(shelf, first.digest)
    assert shelf.asked == 1


def test_publishing_counts_versions_per_service():
    shelf = Shelf()
    catalogue = Catalogue(ENGINE)

    first = catalogue.publish(shelf, meter_files(), NOON)
    second = catalogue.publish(shelf, changed(LETTER, "vielen Dank", "herzlichen Dank"), NOON)

    assert [first.version, second.version] == [1, 2]
    assert (first.service_key, first.state, first.created_at) == (KEY, "released", NOON)


def test_publishing_known_content_changes_nothing():
    shelf = Shelf()
    catalogue = Catalogue(ENGINE)
    first = catalogue.publish(shelf, meter_files(), NOON)

    assert catalogue.publish(shelf, dict(meter_files()), NOON) is first
    assert len(shelf.rows) == 1


def test_a_bundle_with_an_error_is_not_published():
    shelf = Shelf()
    with pytest.raises(BundleInvalid) as caught:
        Catalogue(ENGINE).publish(shelf, changed(PROCESS, "'eingang'", "'gruss'"), NOON)

    assert caught.value.fields[0].pointer == "eingang_bestaetigen"
    assert shelf.rows == {}
