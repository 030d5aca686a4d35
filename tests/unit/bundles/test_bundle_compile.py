import pytest

from app.bundles.bundle import compile_bundle
from app.errors import BundleInvalid
from tests.unit.bundles.samples import ENGINE, FORM, KEY, MANIFEST, PROCESS, changed, meter, without

LETTER = f"bpmn/{KEY}/letters/eingang.toml"


def faults(files):
    with pytest.raises(BundleInvalid) as caught:
        compile_bundle(files, ENGINE)
    return [fault.pointer for fault in caught.value.fields]


def test_a_bundle_holds_everything_compiled():
    bundle = meter()

    assert bundle.application_form.key == "antrag"
    assert set(bundle.forms) == {"antrag", "pruefung", "abnahme"}
    assert set(bundle.letters) == {"eingang", "bewilligung", "ablehnung", "eichung_erinnerung"}
    assert bundle.manifest.key == KEY


def test_a_tasks_form_is_found_by_its_properties():
    bundle = meter()

    assert bundle.form_key(bundle.deployment.nodes["anmeldung_pruefen"].properties) == "pruefung"
    assert bundle.form_key({}) == ""


def test_the_digest_is_that_of_the_content():
    other = compile_bundle(changed(LETTER, "vielen Dank", "herzlichen Dank"), ENGINE)

    assert other.digest != meter().digest
    assert compile_bundle(dict(meter().files), ENGINE).digest == meter().digest


@pytest.mark.parametrize("path", [MANIFEST, PROCESS])
def test_a_missing_file_is_named(path):
    assert faults(without(path)) == [path]


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (FORM, '"type": "object"', '"type": "object", "zauberwort": 1'),
        (LETTER, "{vorgang.aktenzeichen}", "{vorgang.aktenzeichen"),
        (MANIFEST, "minutes = 8", "minutes = -8"),
    ],
)
def test_a_fault_names_the_file_it_is_in(path, old, new):
    assert all(pointer.split("#")[0] == path for pointer in faults(changed(path, old, new)))


def test_a_fault_of_the_process_names_its_element():
    broken = changed(PROCESS, "abnahme.ergebnis.bestanden == False", "import os")

    assert faults(broken) == ["abnahme_nicht_bestanden"]


@pytest.mark.parametrize("content", [b"[]", b"{", b"\xff", b"null"])
def test_a_form_that_is_no_object_is_refused(content):
    assert faults({**meter().files, FORM: content}) == [FORM]


def test_the_key_must_be_that_of_the_folder():
    files = changed(MANIFEST, 'key = "wasserzwischenzaehler"', 'key = "gartenzaehler"')

    assert faults(files) == [f"{MANIFEST}#key"]


def test_a_process_without_application_form_compiles_but_says_so_when_asked():
    bundle = compile_bundle(
        changed(PROCESS, 'value="antrag.json"', 'value="pruefung.json"'), ENGINE
    )

    with pytest.raises(BundleInvalid):
        _ = bundle.application_form
