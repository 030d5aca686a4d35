"""Scanning: what waits is closed to others, what is found is gone, and nobody is left guessing."""

import dataclasses
import io
import zipfile

import pytest
from sqlalchemy import select

from app.connectors.memory_scanner import EICAR, MemoryScanner
from app.models.case_event import CaseEvent
from app.models.evidence import Evidence
from app.worker import handlers
from storage.documents import StoreUnavailable
from storage.memory_documents import MemoryDocuments
from tests.support.page_browser import heading, summary, text


class Stubborn(MemoryDocuments):
    """A store that removes nothing while it ``keeps``."""

    keeps = False

    def delete(self, key: str) -> None:
        if self.keeps:
            raise StoreUnavailable
        super().delete(key)


@pytest.fixture
def scanner() -> MemoryScanner:
    return MemoryScanner()


@pytest.fixture
def parts(parts, scanner):
    return dataclasses.replace(parts, scanner=scanner, documents=Stubborn())


@pytest.fixture
def scan(app, parts):
    return handlers(app, parts)["scan_evidence"]


@pytest.fixture
def photo(db_session):
    """Read the one file anew."""

    def read() -> Evidence:
        db_session.rollback()
        return db_session.scalars(select(Evidence)).one()

    return read


@pytest.fixture
def infect(parts, photo):
    """Put malware where the photo lies."""

    def put() -> None:
        key = photo().object_key
        parts.documents.put(key, io.BytesIO(EICAR), len(EICAR), "image/jpeg")

    return put


def stored(parts) -> list[str]:
    return list(parts.documents.keys("evidence/"))


@pytest.mark.abuse("A11")
def test_a_waiting_file_is_closed_to_clerks_until_it_is_found_clean(
    worker, citizen, case_id, photo, scan
):
    here = f"/dokumente/{photo().id}"
    assert photo().scan == "waiting"
    for query in ("", "?ansicht=1"):
        refused = worker.get(here + query)
        assert refused.status_code == 409
        assert heading(refused) == "Diese Datei wird noch geprüft"
    page = worker.get(f"/arbeit/vorgang/{case_id}")
    assert "auf Schadprogramme geprüft und lässt sich danach öffnen" in text(page)
    assert here not in page.text
    assert citizen.get(here).status_code == 200

    scan()

    assert (photo().scan, photo().scan_due_at) == ("clean", None)
    assert worker.get(here).status_code == 200
    shown = worker.get(f"/arbeit/vorgang/{case_id}")
    assert here in shown.text
    assert "nicht auf Viren geprüft" not in text(shown)


@pytest.mark.abuse("A11")
def test_malware_is_removed_and_everybody_is_told(
    worker, citizen, case_id, parts, photo, infect, scan, db_session
):
    infect()

    scan()
    scan()

    assert (photo().scan, photo().scan_due_at, stored(parts)) == ("infected", None, [])
    for reader in (worker, citizen):
        answer = reader.get(f"/dokumente/{photo().id}")
        assert answer.status_code == 409
        assert heading(answer) == "Diese Datei gibt es nicht mehr"
    assert "Schadprogramm gefunden, Datei gelöscht" in text(
        worker.get(f"/arbeit/vorgang/{case_id}")
    )
    told = text(citizen.get(f"/konto/vorgang/{case_id}"))
    assert "In einer Ihrer Dateien wurde ein Schadprogramm gefunden" in told
    [event] = db_session.scalars(select(CaseEvent).where(CaseEvent.kind == "malware_found"))
    assert (event.public, event.detail["signature"]) == (True, "Eicar-Test-Signature")


@pytest.mark.abuse("A11")
def test_malware_in_a_draft_holds_up_the_submission_until_it_is_replaced(
    citizen, desk, photo, infect, scan
):
    here = f"/antrag/{desk.draft()}"
    infect()
    scan()

    page = citizen.get(f"{here}/seite/nachweise")
    assert "Gelöscht, weil wir darin ein Schadprogramm gefunden haben" in text(page)
    went_on = citizen.submit(page, press="weiter")
    assert went_on.status_code == 422
    [(_, message)] = summary(went_on)
    assert "Die Datei „Zähler im Keller.jpg“ enthielt ein Schadprogramm" in message
    sent_back = citizen.follow(citizen.get(f"{here}/pruefen"))
    assert citizen.follow(sent_back).request.path == f"{here}/seite/nachweise"
    handed_in = citizen.post(f"{here}/absenden", {"erklaerung": "ja"})
    assert handed_in.status_code == 422
    assert [target for target, _ in summary(handed_in)] == ["#nachweise"]
    removed = citizen.submit(page, press=f"entfernen={photo().id}")
    assert removed.status_code == 303
    assert "Schadprogramm" not in text(citizen.follow(removed))


@pytest.mark.abuse("A11")
def test_while_the_scanner_is_down_the_file_waits(worker, case_id, scanner, photo, scan, clock):
    scanner.available = False
    scan()
    assert photo().scan == "waiting"
    assert worker.get(f"/dokumente/{photo().id}").status_code == 409

    scanner.available = True
    scan()
    assert photo().scan == "waiting"
    clock.move(minutes=1)
    scan()
    assert photo().scan == "clean"


def test_a_file_the_scanner_will_not_look_at_does_not_hold_up_the_others(
    desk, scanner, scan, parts, db_session, clock
):
    desk.draft()
    first = db_session.scalars(select(Evidence)).one()
    large = bytes(first.size_bytes + 1000)
    parts.documents.put(first.object_key, io.BytesIO(large), len(large), "image/jpeg")
    scanner.max_size_bytes = first.size_bytes + 500
    clock.move(seconds=5)
    desk.draft("company")

    scan()

    db_session.rollback()
    states = db_session.scalars(select(Evidence.scan).order_by(Evidence.uploaded_at)).all()
    assert states == ["waiting", "clean"]
    clock.move(hours=1)
    scanner.max_size_bytes = 10**8
    scan()
    db_session.rollback()
    assert set(db_session.scalars(select(Evidence.scan))) == {"clean"}


def test_malware_that_could_not_be_removed_is_removed_later(
    case_id, parts, photo, infect, scan, clock
):
    infect()
    parts.documents.keeps = True
    scan()
    assert photo().scan == "infected"
    assert len(stored(parts)) == 1

    parts.documents.keeps = False
    clock.move(minutes=1)
    scan()
    assert (stored(parts), photo().scan_due_at) == ([], None)


@pytest.mark.abuse("A11")
def test_the_archive_of_a_case_never_holds_malware(citizen, case_id, parts, infect, scan):
    infect()
    parts.documents.keeps = True
    scan()
    assert len(stored(parts)) == 1, "its bytes are still there"

    answer = citizen.post(f"/konto/vorgang/{case_id}/alles")

    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    assert not [one for one in archive.namelist() if one.startswith("nachweise/")]
    assert "fehlende-dateien.txt" not in archive.namelist()
    assert "Schadprogramm gefunden" in archive.read("verlauf.json").decode()


def test_the_longest_wait_is_a_metric(app, case_id, citizen):
    shown = citizen.client.get("/metrics").text
    assert "antragswerk_oldest_unscanned_evidence_seconds" in shown
