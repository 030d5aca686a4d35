"""The pages of a form: their order, what is wrong, and what is never taken."""

import pytest

from app.models.application import Application
from tests.support.applications import new_meter
from tests.support.page_browser import described, element, heading, html_fields, summary, text
from tests.support.snapshot import snapshot

PAGES = [
    "anlass",
    "antragsteller",
    "grundstueck",
    "eigentum",
    "zaehler",
    "einbau",
    "verwendung",
    "technik",
    "nachweise",
]


@pytest.fixture
def here(citizen) -> str:
    """Address of a fresh draft."""
    start = citizen.post("/musterstadt/wasserzwischenzaehler/beginnen")
    return start.headers["Location"].rstrip("/")


@pytest.fixture
def filled(desk) -> str:
    """Address of a draft with all answers but the photo."""
    return f"/antrag/{desk.begin()}"


@pytest.fixture
def stored(db_session):
    """Read a draft again, by its address."""

    def read(here: str) -> Application:
        db_session.expire_all()
        found = db_session.get(Application, here.rpartition("/")[2])
        db_session.rollback()
        return found

    return read


def on(here: str, page: str) -> str:
    return f"{here}/seite/{page}"


def test_one_page_leads_to_the_next_until_everything_is_asked(citizen, here, stored):
    page = citizen.follow(citizen.get(f"{here}/"))
    for number, name in enumerate(PAGES[:-1], start=1):
        assert page.request.path == on(here, name)
        counted = f"Schritt {number} von" in text(page)
        assert counted == (number > 1), "how many there are depends on the first answer"
        answer = citizen.submit(page, html_fields(new_meter(), name), press="weiter")
        assert answer.status_code == 303, summary(answer)
        page = citizen.follow(answer)
    assert heading(page) == "Fotos und Nachweise"
    assert f"Schritt {len(PAGES)} von {len(PAGES) + 1}" in text(page)
    assert stored(here).completed_pages == PAGES[:-1]
    assert stored(here).answers["einbau"] == new_meter()["einbau"]
    assert stored(here).answers["verwendung"] == {"zweck": ["garten"]}


@pytest.mark.parametrize("ahead", ["zaehler", "nachweise"])
def test_nobody_jumps_ahead(citizen, here, ahead):
    answer = citizen.get(on(here, ahead))
    assert answer.status_code == 303
    assert citizen.follow(answer).request.path == on(here, "anlass")
    review = citizen.follow(citizen.get(f"{here}/pruefen"))
    assert review.request.path == on(here, "anlass")


def test_one_may_go_back_and_find_what_one_wrote(citizen, filled):
    page = citizen.get(on(filled, "zaehler"))
    assert page.status_code == 200
    assert element(page, "zaehler.nummer").get("value") == "4711-08"
    back = citizen.get(on(filled, "eigentum"))
    assert element(back, "eigentum.ist_eigentuemer").get("checked") is not None


@pytest.mark.parametrize("page", ["gibt_es_nicht", "%00"])
def test_a_page_the_form_does_not_have_is_not_found(citizen, filled, page):
    assert citizen.get(on(filled, page)).status_code == 404
    assert citizen.post(on(filled, page), {"revision": "2"}).status_code == 404


def test_a_page_these_answers_do_not_lead_to_leads_to_the_first_open_one(citizen, filled):
    hidden = on(filled, "alter_zaehler")
    assert citizen.follow(citizen.get(hidden)).request.path == on(filled, "nachweise")
    assert citizen.post(hidden, {"revision": "2"}).status_code == 404


def test_what_is_missing_is_said_at_the_field_and_above(citizen, filled, database_engine):
    page, before = citizen.get(on(filled, "zaehler")), snapshot(database_engine)
    changed = {"zaehler.nummer": "", "zaehler.eichjahr": "neulich", "zaehler.hersteller": "Neu"}
    answer = citizen.submit(page, changed, press="weiter")

    assert answer.status_code == 422
    assert "<title>Fehler: " in answer.text
    told = dict(summary(answer))
    for name in ("zaehler.nummer", "zaehler.eichjahr"):
        field = element(answer, name)
        message = told[f"#{field.get('id')}"]
        assert field.get("aria-invalid") == "true"
        assert message in described(answer, name)
    assert len(told) == 2
    assert element(answer, "zaehler.eichjahr").get("value") == "neulich"
    assert element(answer, "zaehler.hersteller").get("value") == "Neu"
    assert snapshot(database_engine) == before


def test_an_answer_that_opens_a_question_asks_it(citizen, filled):
    page = citizen.get(on(filled, "eigentum"))
    answer = citizen.submit(page, {"eigentum.ist_eigentuemer": "nein"}, press="weiter")
    assert answer.status_code == 422
    assert element(answer, "eigentum.eigentuemer").get("aria-invalid") == "true"


def test_looking_which_questions_follow_saves_nothing(citizen, filled, database_engine):
    page, before = citizen.get(on(filled, "eigentum")), snapshot(database_engine)
    shown = citizen.submit(page, {"eigentum.ist_eigentuemer": "nein"}, press="aktualisieren")
    assert shown.status_code == 200
    assert element(shown, "eigentum.eigentuemer").get("aria-invalid") is None
    assert snapshot(database_engine) == before


@pytest.mark.parametrize("press", ["hinzufuegen", "weglassen"])
def test_an_entry_more_or_less_saves_nothing_and_leads_nowhere(
    citizen, filled, database_engine, press
):
    page, before = citizen.get(on(filled, "eigentum")), snapshot(database_engine)
    shown = citizen.submit(page, {"eigentum.ist_eigentuemer": "nein"}, press=press)
    assert shown.status_code == 200
    assert element(shown, "eigentum.eigentuemer").get("aria-invalid") is None
    assert snapshot(database_engine) == before


def test_stopping_for_today_keeps_what_is_there_even_if_wrong(citizen, here, stored):
    page = citizen.follow(citizen.get(f"{here}/"))
    citizen.submit(page, {"anlass.art": "ersteinbau"}, press="weiter")
    page = citizen.get(on(here, "antragsteller"))
    answer = citizen.submit(page, {"antragsteller.plz": "999"}, press="spaeter")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/konto")
    assert stored(here).answers["antragsteller"]["plz"] == "999"

    resumed = citizen.follow(citizen.get(f"{here}/"))
    assert resumed.request.path == on(here, "antragsteller")
    assert element(resumed, "antragsteller.plz").get("value") == "999"


@pytest.mark.abuse("A7")
def test_a_field_the_form_does_not_have_is_never_stored(citizen, filled, stored):
    foreign = {
        "anlass.farbe": "rot",
        "approved": "true",
        "__builtins__": "{}",
        "len": "5",
        "vorgang.aktenzeichen": "X",
        "antragsteller.nachname": "Fremd",
        "applicant": "someone",
        "submitted_at": "2026-01-01",
        "zaehler.eichung_gueltig_bis-tag": "31",
        "zaehler.eichung_gueltig_bis-jahr": "2099",
    }
    before = stored(filled)
    page = citizen.get(on(filled, "zaehler"))
    assert citizen.submit(page, foreign, press="weiter").status_code == 303
    after = stored(filled)
    assert after.answers == before.answers
    assert (after.applicant, after.submitted_at) == (before.applicant, None)


@pytest.mark.abuse("A7")
def test_ids_of_files_are_only_ever_written_by_an_upload(citizen, filled, stored):
    page = citizen.get(on(filled, "nachweise"))
    fields = {"nachweise.foto_zaehler": "0b3c6f0e-0000-4000-8000-000000000000"}
    assert citizen.submit(page, fields, press="weiter").status_code == 422
    assert "foto_zaehler" not in stored(filled).answers.get("nachweise", {})


@pytest.mark.parametrize("press", ["weiter", "spaeter", "hochladen=/zaehler/x"])
def test_a_second_tab_overwrites_nothing(citizen, filled, stored, press):
    first, second = citizen.get(on(filled, "zaehler")), citizen.get(on(filled, "zaehler"))
    assert citizen.submit(first, {"zaehler.nummer": "NEU-1"}, press="weiter").status_code == 303

    late = citizen.submit(second, {"zaehler.nummer": "ALT-2"}, press=press)
    assert late.status_code == 409
    assert "Ihr Antrag wurde inzwischen geändert" in text(late)
    assert stored(filled).answers["zaehler"]["nummer"] == "NEU-1"

    assert element(late, "zaehler.nummer").get("value") == "ALT-2"
    assert citizen.submit(late, press="weiter").status_code == 303
    assert stored(filled).answers["zaehler"]["nummer"] == "ALT-2"


def test_a_second_tab_is_told_at_once_whatever_else_is_wrong(citizen, filled, stored):
    first, second = citizen.get(on(filled, "zaehler")), citizen.get(on(filled, "zaehler"))
    citizen.submit(first, {"zaehler.nummer": "NEU-1"}, press="weiter")
    assert citizen.submit(second, {"zaehler.eichjahr": ""}, press="weiter").status_code == 409


def test_a_second_tab_stays_the_second_after_its_page_was_shown_again(citizen, filled, stored):
    first, second = citizen.get(on(filled, "zaehler")), citizen.get(on(filled, "zaehler"))
    citizen.submit(first, {"zaehler.nummer": "NEU-1"}, press="weiter")

    again = citizen.submit(second, press="aktualisieren")
    assert again.status_code == 200
    late = citizen.submit(again, press="weiter")
    assert late.status_code == 409
    assert stored(filled).answers["zaehler"]["nummer"] == "NEU-1"


def test_one_tab_may_correct_itself_as_often_as_it_likes(citizen, filled, stored):
    page = citizen.get(on(filled, "zaehler"))
    for year in ("", "neulich", "26"):
        page = citizen.submit(page, {"zaehler.eichjahr": year}, press="weiter")
        assert page.status_code == 422
    assert citizen.submit(page, {"zaehler.eichjahr": "2025"}, press="weiter").status_code == 303
    assert stored(filled).answers["zaehler"]["eichjahr"] == 2025


@pytest.mark.parametrize("revision", ["²", "9" * 5000, "-1", "2.0", "zwei"])
def test_a_hostile_revision_is_no_defect_of_ours(citizen, filled, revision):
    page = citizen.get(on(filled, "zaehler"))
    answer = citizen.submit(page, {"revision": revision}, press="weiter")
    assert answer.status_code in {303, 409}


@pytest.mark.abuse("A10")
@pytest.mark.parametrize("hostile", ["a\x00b", "a\u202eb", "\ufeff", "x" * 100_000, "9" * 5000])
def test_hostile_text_is_a_fault_at_its_field(citizen, filled, hostile, database_engine):
    page, before = citizen.get(on(filled, "zaehler")), snapshot(database_engine)
    for name in ("zaehler.hersteller", "zaehler.eichjahr"):
        answer = citizen.submit(page, {name: hostile}, press="weiter")
        assert answer.status_code == 422
        assert f"#{element(answer, name).get('id')}" in dict(summary(answer))
    kept = citizen.submit(page, {"zaehler.hersteller": hostile}, press="spaeter")
    assert kept.status_code == 303
    assert citizen.get(on(filled, "zaehler")).status_code == 200
    assert len(before["applications"]) == 1


def test_script_in_an_answer_is_shown_as_text(citizen, filled):
    page = citizen.get(on(filled, "zaehler"))
    answer = citizen.submit(
        page, {"zaehler.hersteller": "<script>alert(1)</script>"}, press="zur_pruefung"
    )
    assert answer.status_code == 303
    shown = citizen.get(on(filled, "zaehler"))
    assert "<script>alert" not in shown.text
    assert element(shown, "zaehler.hersteller").get("value") == "<script>alert(1)</script>"


@pytest.mark.abuse("A17")
def test_a_page_sent_from_elsewhere_is_refused(citizen, filled, database_engine):
    before = snapshot(database_engine)
    sent = {"zaehler.nummer": "FREMD", "weiter": "1"}
    for token in ("", "x.y"):
        answer = citizen.send(on(filled, "zaehler"), {**sent, "csrf_token": token})
        assert answer.status_code == 403
        assert heading(answer) == "Bitte senden Sie das noch einmal"
    assert snapshot(database_engine) == before


@pytest.mark.abuse("A10")
@pytest.mark.parametrize("press", ["spaeter", "weiter"])
def test_a_number_beyond_all_bounds_is_no_defect_of_ours(citizen, filled, press):
    page = citizen.get(on(filled, "zaehler"))
    answer = citizen.submit(page, {"zaehler.eichjahr": "9" * 25}, press=press)
    assert answer.status_code == (303 if press == "spaeter" else 422)
    assert citizen.get(on(filled, "zaehler")).status_code == 200
