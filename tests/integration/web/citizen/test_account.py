"""Account, case, mailbox and documents of an applicant."""

import hashlib

import pytest
from sqlalchemy import func, select, update

from app.models.case import Case
from app.models.case_event import CaseEvent
from app.models.evidence import Evidence
from app.models.notice import Document, Notice
from tests.support.page_browser import heading, text


@pytest.fixture
def notice(db_session, case_id) -> Notice:
    return db_session.scalars(select(Notice)).one()


@pytest.fixture
def read_again(db_session, notice):
    def read() -> Notice:
        db_session.rollback()
        db_session.refresh(notice)
        return notice

    return read


def test_a_new_account_says_what_will_be_there(citizen):
    page = citizen.get("/konto")
    assert "Guten Tag, Erika Beispiel." in text(page)
    assert "Nichts in Bearbeitung" in text(page)
    assert "Noch keine Post" in text(citizen.get("/konto/postfach"))


def test_the_account_lists_drafts_and_cases(citizen, desk, case_id):
    draft_id = desk.begin()
    page = citizen.get("/konto")
    assert f'href="/antrag/{draft_id}/"' in page.text
    assert f'href="/konto/vorgang/{case_id}"' in page.text
    assert "Postfach öffnen (1 ungelesen)" in text(page)
    assert "MU-2026-000001" in text(page)


def test_nothing_of_others_is_listed(person, case_id, desk):
    desk.begin()
    other = person("citizen2")
    for path in ("/konto", "/konto/postfach"):
        assert "MU-2026" not in other.get(path).text
        assert "Wasserzwischenzähler" not in text(other.get(path))


def test_a_case_tells_how_it_stands_and_what_was_handed_in(citizen, case_id, notice):
    page = citizen.get(f"/konto/vorgang/{case_id}")
    told = text(page)
    for part in (
        "MU-2026-000001",
        "Antrag abgesendet",
        "Ihre Anmeldung ist eingegangen.",
        "Wir prüfen Ihre Angaben.",
        "4711-08",
        "Zähler im Keller.jpg",
        "Fachdienst Steuern und Abgaben",
    ):
        assert part in told
    assert f'href="/konto/postfach/{notice.id}"' in page.text
    assert page.text.count('aria-current="step"') == 1


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ({"status": "in_progress"}, "Sie müssen im Moment nichts tun. Bearbeitungszeit: meist 5"),
        ({"status": "waiting"}, "Wir warten auf Sie. Danach geht es"),
        ({"status": "decided"}, "Wir haben entschieden."),
        ({"status": "closed", "running": False}, "Der Vorgang ist abgeschlossen."),
        ({"status": "in_progress", "running": False}, "Der Vorgang ist abgeschlossen."),
    ],
)
def test_a_case_says_what_happens_next(citizen, case_id, db_session, state, told):
    db_session.execute(update(Case).values(**state))
    db_session.commit()
    page = citizen.get(f"/konto/vorgang/{case_id}")
    assert told in text(page)
    ahead = state["status"] in {"in_progress", "waiting"} and state.get("running", True)
    assert ("(steht noch aus)" in text(page)) == ahead


def test_what_waits_for_the_applicant_comes_first(citizen, case_id, desk, db_session):
    desk.begin()
    db_session.execute(update(Case).values(status="waiting"))
    db_session.commit()
    told = text(citizen.get("/konto"))
    assert told.index("Wir warten auf Sie") < told.index("Noch nicht abgesendet")
    assert told.count("MU-2026-000001") == 1
    assert "Sonst ist im Moment nichts in Bearbeitung." in told
    assert "Nichts in Bearbeitung" not in told


def test_a_case_without_letters_yet_says_so(citizen, desk):
    page = citizen.get(f"/konto/vorgang/{desk.case()}")
    assert "erscheint hier in wenigen Augenblicken" in text(page)


def test_reading_a_letter_is_recorded_once(citizen, notice, read_again, clock, db_session):
    assert "Neu" in text(citizen.get("/konto/postfach"))
    assert notice.first_read_at is None
    clock.move(minutes=5)
    first = clock()
    page = citizen.get(f"/konto/postfach/{notice.id}")
    assert heading(page) == notice.subject
    assert "4711-08" in text(page)

    clock.move(minutes=5)
    assert citizen.get(f"/konto/postfach/{notice.id}").status_code == 200
    assert read_again().first_read_at == first
    read = select(func.count()).where(CaseEvent.kind == "notice_read")
    assert db_session.scalar(read) == 1
    assert "Gelesen" in text(citizen.get("/konto/postfach"))
    assert "ungelesen" not in text(citizen.get("/konto"))


def test_the_case_worker_sees_that_a_letter_was_read(citizen, worker, case_id, notice):
    before = text(worker.get(f"/arbeit/vorgang/{case_id}"))
    assert "noch nicht gelesen" in before
    citizen.get(f"/konto/postfach/{notice.id}")
    after = text(worker.get(f"/arbeit/vorgang/{case_id}"))
    assert f"Schreiben gelesen: {notice.subject}" in after
    assert "noch nicht gelesen" not in after


def test_a_letter_can_be_downloaded_but_is_never_shown_in_a_page(citizen, notice, db_session):
    document = db_session.get(Document, notice.document_id)
    for query in ("", "?ansicht=1"):
        answer = citizen.get(f"/dokumente/{document.id}{query}")
        assert hashlib.sha256(answer.data).hexdigest() == document.sha256
        assert answer.data.startswith(b"%PDF")
        assert answer.mimetype == "application/pdf"
        assert answer.headers["Content-Disposition"].startswith("attachment; ")
        assert_safe(answer)


def test_only_a_picture_is_shown_in_a_page(citizen, case_id, db_session):
    photo = db_session.scalars(select(Evidence)).one()
    shown = citizen.get(f"/dokumente/{photo.id}?ansicht=1")
    assert hashlib.sha256(shown.data).hexdigest() == photo.sha256
    assert shown.mimetype == "image/jpeg"
    assert shown.headers["Content-Disposition"] == (
        "inline; filename=\"Z_hler im Keller.jpg\"; filename*=UTF-8''Z%C3%A4hler%20im%20Keller.jpg"
    )
    assert_safe(shown)
    download = citizen.get(f"/dokumente/{photo.id}")
    assert download.headers["Content-Disposition"].startswith("attachment; ")
    assert_safe(download)


def test_a_document_whose_bytes_cannot_be_had_is_a_page(citizen, notice, parts):
    parts.documents.available = False
    answer = citizen.get(f"/dokumente/{notice.document_id}")
    assert answer.status_code == 503
    assert heading(answer) == "Das ist gerade nicht erreichbar"


def test_a_document_that_is_gone_is_not_found(citizen, notice, parts, db_session):
    parts.documents.delete(db_session.get(Document, notice.document_id).object_key)
    assert citizen.get(f"/dokumente/{notice.document_id}").status_code == 404


@pytest.mark.parametrize("path", ["/konto", "/konto/postfach"])
def test_signed_out_nobody_has_an_account(person, path):
    answer = person("").get(path)
    assert answer.status_code == 401
    assert heading(answer) == "Bitte melden Sie sich an"
    assert f'href="/anmelden?weiter={path}"' in answer.text


def assert_safe(answer) -> None:
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert int(answer.headers["Content-Length"]) == len(answer.data)
