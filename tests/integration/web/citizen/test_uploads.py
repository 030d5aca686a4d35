"""Files on the pages of a form: taken, refused, removed."""

import hashlib
import io

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from app.models.application import Application
from app.models.evidence import Evidence
from tests.support.page_browser import described, heading, summary, text
from tests.support.pictures import CANARY, talkative_jpeg
from tests.support.platform import PHOTO
from tests.support.samples import exe_program, pdf_document
from tests.support.snapshot import snapshot

FIELD = "nachweise.foto_zaehler"


@pytest.fixture
def here(desk) -> str:
    """Address of the page that asks for the photo."""
    return f"/antrag/{desk.begin()}/seite/nachweise"


@pytest.fixture
def files(db_session):
    def read() -> list[Evidence]:
        db_session.rollback()
        return list(db_session.scalars(select(Evidence).order_by(Evidence.uploaded_at)))

    return read


@pytest.fixture
def objects(parts):
    return lambda: list(parts.documents.keys("evidence/"))


def a_file(content: bytes = PHOTO, name: str = "Zähler.jpg") -> FileStorage:
    return FileStorage(io.BytesIO(content), name)


def test_an_uploaded_file_is_listed_and_stored(citizen, here, files, objects, db_session):
    answer = citizen.submit(citizen.get(here), {FIELD: a_file()}, press="hochladen")
    assert (answer.status_code, answer.headers["Location"]) == (303, here)
    assert "Zähler.jpg" in text(citizen.get(here))
    [file] = files()
    assert objects() == [file.object_key]
    assert (file.field, file.media_type) == ("/nachweise/foto_zaehler", "image/jpeg")
    draft = db_session.get(Application, file.application_id)
    assert draft.answers["nachweise"] == {"foto_zaehler": [str(file.id)]}


def test_several_files_are_taken_at_once(citizen, here, files):
    both = [a_file(), a_file(pdf_document(), "Rechnung.pdf")]
    citizen.submit(citizen.get(here), {FIELD: both}, press="hochladen")
    assert {file.name for file in files()} == {"Zähler.jpg", "Rechnung.pdf"}


def test_going_on_takes_the_chosen_file_along(citizen, here, files):
    answer = citizen.submit(citizen.get(here), {FIELD: a_file()}, press="weiter")
    assert heading(citizen.follow(answer)) == "Bitte prüfen Sie Ihre Angaben"
    assert len(files()) == 1


def test_what_is_typed_beside_an_upload_is_kept(citizen, desk, db_session):
    here = f"/antrag/{desk.begin()}/seite/zaehler"
    page = citizen.get(here)
    citizen.submit(page, {"zaehler.hersteller": "Zwischenstand"}, press="hochladen")
    assert db_session.scalars(select(Application)).one().answers["zaehler"]["hersteller"] == (
        "Zwischenstand"
    )


def test_a_removed_file_is_gone_from_list_row_and_store(citizen, here, files, objects):
    citizen.submit(citizen.get(here), {FIELD: a_file()}, press="hochladen")
    [file] = files()
    answer = citizen.submit(citizen.get(here), press=f"entfernen={file.id}")
    assert (answer.status_code, answer.headers["Location"]) == (303, here)
    assert "Zähler.jpg" not in text(citizen.get(here))
    assert (files(), objects()) == ([], [])


@pytest.mark.parametrize("file_id", ["keine-uuid", "0b3c6f0e-0000-4000-8000-000000000000"])
def test_removing_what_is_not_there_is_not_found(citizen, here, file_id):
    assert citizen.submit(citizen.get(here), press=f"entfernen={file_id}").status_code == 404


def test_a_file_that_stays_in_a_failing_store_is_gone_for_the_applicant(
    citizen, here, files, parts
):
    citizen.submit(citizen.get(here), {FIELD: a_file()}, press="hochladen")
    [file] = files()
    page = citizen.get(here)
    parts.documents.available = False
    assert citizen.submit(page, press=f"entfernen={file.id}").status_code == 303
    assert files() == []


@pytest.mark.abuse("A13")
def test_thirty_megabytes_are_refused_at_the_field(citizen, here, files, objects):
    large = a_file(PHOTO + bytes(30 * 1024 * 1024), "gross.jpg")
    answer = citizen.submit(citizen.get(here), {FIELD: large}, press="hochladen")
    assert answer.status_code == 422
    [(target, message)] = summary(answer)
    assert "höchstens 10 MB" in message
    assert message in described(answer, FIELD)
    assert target.startswith("#")
    assert (files(), objects()) == ([], [])


@pytest.mark.abuse("A13")
@pytest.mark.parametrize("path", ["nachweise", "zaehler"])
def test_more_than_fifty_megabytes_are_a_page(citizen, here, files, path):
    here = here.replace("nachweise", path)
    answer = citizen.client.post(
        here,
        data=b"--x--",
        content_type="multipart/form-data; boundary=x",
        headers={"Accept": "text/html"},
        environ_overrides={"CONTENT_LENGTH": str(50 * 1024 * 1024 + 1)},
    )
    assert answer.status_code == 413
    assert heading(answer) == "Das war zu groß"
    assert files() == []


@pytest.mark.abuse("A13")
def test_other_pages_take_no_more_than_a_form(citizen, here):
    answer = citizen.client.post(
        here.replace("seite/nachweise", "absenden"),
        data=b"x" * (1024 * 1024 + 1),
        content_type="application/x-www-form-urlencoded",
        headers={"Accept": "text/html"},
    )
    assert answer.status_code == 413


@pytest.mark.abuse("A12")
@pytest.mark.parametrize("press", ["hochladen", "weiter", "spaeter"])
def test_a_program_in_disguise_is_refused_at_the_field(citizen, here, files, objects, press):
    disguised = a_file(exe_program(), "foto.jpg")
    answer = citizen.submit(citizen.get(here), {FIELD: disguised}, press=press)
    assert answer.status_code == 422
    assert summary(answer)[0][1] in described(answer, FIELD)
    assert (files(), objects()) == ([], [])


@pytest.mark.abuse("A13")
@pytest.mark.parametrize(
    "name", ["../../etc/passwd.jpg", "a\u202egpj.jpg", "x" * 500 + ".jpg", 'a";\r\nX: y.jpg']
)
def test_a_hostile_name_is_only_ever_a_label(citizen, here, files, name):
    answer = citizen.submit(citizen.get(here), {FIELD: a_file(name=name)}, press="hochladen")
    assert answer.status_code in {303, 422}
    for file in files():
        assert file.object_key == f"evidence/2026-11-18/{file.id}"
        assert len(file.name) <= 120
        assert not {"\u202e", "\r", "\n", "/"} & set(file.name)


def test_one_file_too_many_is_refused_and_the_others_stay(citizen, here, files):
    four = [a_file(name=f"{number}.jpg") for number in range(4)]
    answer = citizen.submit(citizen.get(here), {FIELD: four}, press="hochladen")
    assert answer.status_code == 422
    assert "höchstens 3 Dateien" in summary(answer)[0][1]
    assert len(files()) == 3


def test_a_corrected_choice_goes_on_from_the_same_tab(citizen, here, files):
    mixed = [a_file(), a_file(exe_program(), "foto.jpg")]
    refused = citizen.submit(citizen.get(here), {FIELD: mixed}, press="weiter")
    assert refused.status_code == 422
    answer = citizen.submit(refused, press="weiter")
    assert heading(citizen.follow(answer)) == "Bitte prüfen Sie Ihre Angaben"
    assert len(files()) == 1


def test_a_file_for_another_page_or_no_evidence_field_is_not_taken(citizen, here, files):
    page = citizen.get(here)
    ignored = citizen.submit(page, {"zaehler.nummer": a_file()}, press="hochladen")
    assert ignored.status_code == 303
    assert citizen.submit(page, {"nachweise.x": a_file()}, press="hochladen").status_code == 422
    assert files() == []


def test_while_the_store_is_down_nothing_is_lost(citizen, here, parts, database_engine):
    page, before = citizen.get(here), snapshot(database_engine)
    parts.documents.available = False
    answer = citizen.submit(page, {FIELD: a_file()}, press="weiter")
    assert answer.status_code == 503
    assert heading(answer) == "Das ist gerade nicht erreichbar"
    assert snapshot(database_engine) == before

    parts.documents.available = True
    assert citizen.submit(page, {FIELD: a_file()}, press="weiter").status_code == 303


@pytest.mark.abuse("A12")
def test_what_a_photo_knows_about_its_place_is_never_stored(citizen, here, files, parts):
    photo = talkative_jpeg()
    assert CANARY in photo
    citizen.submit(citizen.get(here), {FIELD: a_file(photo)}, press="hochladen")
    [file] = files()
    stored = b"".join(parts.documents.read(file.object_key))
    assert CANARY not in stored
    assert (file.size_bytes, file.sha256) == (len(stored), hashlib.sha256(stored).hexdigest())
