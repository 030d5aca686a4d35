"""Everything of one case in one archive, for its applicant alone."""

import io
import json
import zipfile

import pytest
from sqlalchemy import select

from app.models.case_event import CaseEvent
from app.models.evidence import Evidence
from app.models.notice import Document
from tests.support.page_browser import heading, text
from tests.support.snapshot import snapshot


@pytest.fixture
def here(case_id) -> str:
    return f"/konto/vorgang/{case_id}"


@pytest.fixture
def photo(case_id, parts, db_session) -> bytes:
    """Read the picture as it was written anew."""
    return b"".join(parts.documents.read(db_session.scalars(select(Evidence)).one().object_key))


def unpacked(answer) -> zipfile.ZipFile:
    assert answer.status_code == 200
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    assert archive.testzip() is None
    return archive


def test_the_archive_holds_answers_history_letters_and_evidence(citizen, here, photo):
    answer = citizen.submit(citizen.get(here), action="/alles")
    assert answer.mimetype == "application/zip"
    assert answer.headers["Content-Disposition"].startswith(
        'attachment; filename="MU-2026-000001.zip"'
    )
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    archive = unpacked(answer)
    letter, place, *rest = archive.namelist()
    assert letter.startswith("schreiben/01 ")
    assert letter.endswith("MU-2026-000001.pdf")
    assert archive.read(letter).startswith(b"%PDF")
    assert place == "nachweise/01 Zähler im Keller.jpg"
    assert archive.read(place) == photo
    assert rest == ["antrag.json", "verlauf.json"]

    application = json.loads(archive.read("antrag.json"))
    assert application["aktenzeichen"] == "MU-2026-000001"
    assert application["status"] == "In Bearbeitung"
    told = {
        row["frage"]: row["antwort"] for page in application["seiten"] for row in page["angaben"]
    }
    assert told["Zählernummer"] == "4711-08"
    assert application["werte"]["zaehler"]["nummer"] == "4711-08"
    history = [one["was"] for one in json.loads(archive.read("verlauf.json"))["eintraege"]]
    assert history[0] == "Antrag abgesendet"
    assert "Wir prüfen Ihre Angaben." in history
    assert "Wir entscheiden" not in history, "that still lies ahead"


def test_the_download_is_noted_for_the_authority_only(citizen, worker, here, case_id, db_session):
    citizen.post(f"{here}/alles")
    [line] = db_session.scalars(select(CaseEvent).where(CaseEvent.kind == "downloaded"))
    assert (line.case_id, line.actor_name, line.public) == (case_id, "Erika Beispiel", False)
    assert "Alle Unterlagen heruntergeladen" in text(worker.get(f"/arbeit/vorgang/{case_id}"))
    assert "heruntergeladen" not in text(citizen.get(here))


@pytest.mark.parametrize("persona", ["citizen2", "caseworker"])
def test_nobody_else_gets_it(person, here, persona, database_engine):
    other = person(persona)
    before = snapshot(database_engine)
    assert other.post(f"{here}/alles").status_code == 404
    assert snapshot(database_engine) == before


def test_a_hostile_name_stays_in_its_folder(citizen, here, db_session):
    db_session.scalars(select(Evidence)).one().name = "..\\../x.jpg"
    db_session.commit()
    [name] = [one for one in unpacked(citizen.post(f"{here}/alles")).namelist() if "x.jpg" in one]
    assert name == "nachweise/01 _.._x.jpg"


def test_a_file_that_is_gone_is_named(citizen, here, parts, photo, db_session):
    parts.documents.delete(db_session.scalars(select(Document)).one().object_key)
    archive = unpacked(citizen.post(f"{here}/alles"))
    told = archive.read("fehlende-dateien.txt").decode("utf-8-sig")
    assert "schreiben/01 " in told
    assert archive.read("nachweise/01 Zähler im Keller.jpg") == photo


def test_a_store_that_does_not_answer_is_a_page(citizen, here, parts):
    parts.documents.available = False
    answer = citizen.post(f"{here}/alles")
    assert answer.status_code == 503
    assert heading(answer) == "Das ist gerade nicht erreichbar"
