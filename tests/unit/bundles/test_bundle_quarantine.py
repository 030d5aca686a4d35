from datetime import UTC, datetime

import pytest

from app.bundles.bundle import compile_bundle
from app.bundles.catalogue import Catalogue
from app.engine.quarantine.quarantine import Quarantine
from app.errors import BundleInvalid, FieldFault
from tests.unit.bundles.samples import ENGINE, meter, meter_files

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
FAULT = FieldFault("process.bpmn", "too_costly", "Das Modell ist zu aufwendig.")


class Refusing:
    """A quarantine that finds everything too costly, and keeps what it saw."""

    def __init__(self):
        self.seen = []

    def deploy(self, bpmn, dmn=()):
        self.seen.append((bpmn, list(dmn)))
        return [FAULT]


class Untouched:
    """An engine that must not see a model, and a database that must not see a bundle."""


def test_a_bundle_from_outside_is_tried_before_the_engine_sees_it():
    quarantine = Refusing()

    with pytest.raises(BundleInvalid) as invalid:
        compile_bundle(meter_files(), Untouched(), quarantine)

    assert invalid.value.fields == (FAULT,)
    [(process, tables)] = quarantine.seen
    assert process in meter_files().values()
    assert tables == [file for path, file in sorted(meter_files().items()) if path.endswith(".dmn")]


def test_a_bundle_that_the_quarantine_refuses_is_not_published():
    with pytest.raises(BundleInvalid):
        Catalogue(Untouched()).publish(Untouched(), meter_files(), NOON, Refusing())


def test_a_sound_bundle_passes_the_quarantine():
    with Quarantine() as quarantine:
        bundle = compile_bundle(meter_files(), ENGINE, quarantine)

    assert bundle.digest == meter().digest
