"""Pages of citizens keep to their budget of statements and commits, on warm caches."""

import pytest
from sqlalchemy import select

from app.models.case import Case
from app.models.evidence import Evidence
from app.models.notice import Notice
from tests.support import budget as counting
from tests.support.applications import MUNICIPALITY, SERVICE, new_meter

budget, parts, run_jobs = counting.budget, counting.parts, counting.run_jobs
HERE = f"/{MUNICIPALITY}/{SERVICE}"

#: endpoint -> statements and commits of a GET
READS = {
    "citizen.municipality": (2, 0),
    "citizen.service": (3, 0),
    "citizen.begin": (3, 0),
    "application_pages.resume": (3, 0),
    "application_pages.page": (3, 0),
    "application_pages.review": (3, 0),
    "application_pages.back_to_review": (3, 0),
    "application_pages.receipt": (4, 0),
    "account.overview": (4, 0),
    "account.case": (8, 0),
    "account.withdrawal": (8, 0),
    "account.mailbox": (2, 0),
    "account.notice": (5, 1),
    "account.document": (3, 0),
}
WRITES = {
    "citizen.start",
    "application_pages.save",
    "application_pages.submit",
    "application_pages.discard",
    "account.withdraw",
    "account.download",
}


@pytest.fixture
def paths(desk, case_id, db_session) -> dict[str, str]:
    """Address of each page, about one draft and one case."""
    draft = desk.draft()
    notice = db_session.scalars(select(Notice)).one()
    photo = db_session.scalars(select(Evidence).where(Evidence.application_id == draft)).one()
    submitted = db_session.get(Case, case_id).application_id
    return {
        "citizen.municipality": f"/{MUNICIPALITY}/",
        "citizen.service": f"{HERE}/",
        "citizen.begin": f"{HERE}/beginnen",
        "application_pages.resume": f"/antrag/{draft}/",
        "application_pages.page": f"/antrag/{draft}/seite/nachweise",
        "application_pages.review": f"/antrag/{draft}/pruefen",
        "application_pages.back_to_review": f"/antrag/{draft}/absenden",
        "application_pages.receipt": f"/antrag/{submitted}/eingegangen",
        "account.overview": "/konto",
        "account.case": f"/konto/vorgang/{case_id}",
        "account.withdrawal": f"/konto/vorgang/{case_id}/zurueckziehen",
        "account.mailbox": "/konto/postfach",
        "account.notice": f"/konto/postfach/{notice.id}",
        "account.document": f"/dokumente/{photo.id}",
    }


def test_every_page_has_a_budget(app):
    own = {"citizen", "application_pages", "account"}
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.partition(".")[0] in own]
    assert {rule.endpoint for rule in rules if "GET" in rule.methods} == READS.keys()
    assert {rule.endpoint for rule in rules if "POST" in rule.methods} == WRITES


def test_every_page_keeps_to_its_budget(citizen, paths, budget, subtests):
    for endpoint, (statements, commits) in READS.items():
        with subtests.test(endpoint), budget(statements, commits):
            answer = citizen.get(paths[endpoint])
            assert answer.status_code in {200, 303}
            assert answer.data or answer.status_code == 303


def test_everybody_may_look_for_two_statements(person, budget, published):
    with budget(2, 0):
        assert person("").get(f"{HERE}/").status_code == 200


def test_reading_a_letter_again_writes_nothing(citizen, paths, budget):
    citizen.get(paths["account.notice"])
    with budget(2, 1):
        citizen.get(paths["account.notice"])


def test_a_fresh_draft_takes_five(citizen, budget, published):
    with budget(5, 1):
        assert citizen.post(f"{HERE}/beginnen").status_code == 303


@pytest.mark.parametrize("press", ["weiter", "spaeter", "zur_pruefung"])
def test_a_saved_page_takes_five(citizen, desk, budget, press):
    here = f"/antrag/{desk.draft()}/seite/zaehler"
    page = citizen.get(here)
    with budget(5, 1):
        assert citizen.submit(page, {"zaehler.nummer": "8-NEU"}, press=press).status_code == 303


def test_a_refused_page_takes_five(citizen, desk, budget):
    page = citizen.get(f"/antrag/{desk.draft()}/seite/zaehler")
    with budget(5, 1):
        assert citizen.submit(page, {"zaehler.nummer": ""}, press="weiter").status_code == 422


def test_a_submission_takes_twelve(citizen, desk, budget):
    here = f"/antrag/{desk.draft()}"
    with budget(12, 1):
        assert citizen.post(f"{here}/absenden", {"erklaerung": "ja"}).status_code == 303


def test_discarding_takes_six(citizen, desk, budget):
    here = f"/antrag/{desk.draft()}"
    with budget(6, 1):
        assert citizen.post(f"{here}/loeschen").status_code == 303


def test_a_withdrawal_takes_nine(citizen, case_id, budget):
    with budget(9, 1):
        assert citizen.post(f"/konto/vorgang/{case_id}/zurueckziehen").status_code == 303


def test_a_download_takes_nine_however_many_files_there_are(citizen, case_id, budget):
    with budget(9, 1):
        assert citizen.post(f"/konto/vorgang/{case_id}/alles").data


def test_all_pages_of_a_form_cost_the_same(citizen, desk, budget):
    here = f"/antrag/{desk.draft()}/seite"
    for page in new_meter():
        with budget(3, 0):
            assert citizen.get(f"{here}/{page}").status_code == 200
