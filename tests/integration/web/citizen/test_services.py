"""From the list of services to the beginning of an application."""

import lxml.html
import pytest
from sqlalchemy import func, select

from app.bundles.archive import read_folders
from app.models.application import Application
from app.models.municipality import Adoption
from app.models.transaction import transaction
from tests.support.applications import MUNICIPALITY, SERVICE
from tests.support.page_browser import heading, text
from tests.support.platform import ROOT

LIST = f"/{MUNICIPALITY}/"
HERE = f"/{MUNICIPALITY}/{SERVICE}/"
BEGIN = f"{HERE}beginnen"


@pytest.fixture
def visitor(person):
    return person("")


@pytest.fixture
def adopt(app, parts, clock, published):
    """Let Musterstadt offer a version whose manifest is changed."""

    def change(old: str, new: str) -> None:
        path = f"bpmn/{SERVICE}/service.toml"
        files = dict(read_folders(ROOT, SERVICE))
        assert old in files[path].decode()
        files[path] = files[path].decode().replace(old, new).encode()
        with app.app_context(), transaction() as session:
            version = parts.catalogue.publish(session, files, clock())
            session.flush()
            session.get(Adoption, (MUNICIPALITY, SERVICE)).bundle_digest = version.digest

    return change


@pytest.fixture
def drafts(db_session):
    return lambda: db_session.scalar(select(func.count()).select_from(Application))


def test_a_municipality_lists_what_it_offers(visitor):
    page = visitor.get(LIST)
    assert page.status_code == 200
    assert "Wasserzwischenzähler anmelden" in text(page)
    assert f'href="{HERE}"' in page.text
    assert "Stadt Musterstadt" in page.text


def test_a_municipality_without_services_says_how_to_reach_it(visitor):
    page = visitor.get("/musterland/")
    assert page.status_code == 200
    assert "Noch kein Online-Dienst" in text(page)
    assert "0000 111-0" in text(page)


@pytest.mark.parametrize(
    "path",
    ["/nirgendwo/", f"/nirgendwo/{SERVICE}/", f"/{MUNICIPALITY}/hund/", f"/musterland/{SERVICE}/"],
)
def test_what_nobody_offers_is_a_page_in_german(visitor, path):
    page = visitor.get(path)
    assert page.status_code == 404
    assert heading(page) == "Das haben wir nicht gefunden"
    assert "Prüfen Sie die Adresse" in text(page)


@pytest.mark.parametrize("path", ["/a%00b/", f"/{MUNICIPALITY}/a%00b/", f"/%00/{SERVICE}/beginnen"])
def test_a_hostile_address_is_just_not_found(citizen, path):
    assert citizen.get(path).status_code == 404


def test_a_service_no_longer_published_is_gone(visitor, db_session, published):
    db_session.get(Adoption, (MUNICIPALITY, SERVICE)).published_at = None
    db_session.commit()
    assert visitor.get(HERE).status_code == 404
    assert "Noch kein Online-Dienst" in text(visitor.get(LIST))


def test_a_service_is_described_to_everybody(visitor):
    page = visitor.get(HERE)
    assert page.status_code == 200
    assert heading(page) == "Wasserzwischenzähler anmelden"
    told = text(page)
    for part in ("Eichjahr des Zählers", "Meist kostenlos", "höchstens 10", "Art. 6 Abs. 1"):
        assert part in told
    assert f'href="{BEGIN}"' in page.text


def test_an_address_without_its_slash_leads_to_the_page(visitor):
    answer = visitor.get(HERE.rstrip("/"))
    assert (answer.status_code, answer.headers["Location"]) == (308, f"http://localhost{HERE}")


def test_beginning_leads_through_sign_in_and_back(visitor):
    there = visitor.get(BEGIN)
    assert there.status_code == 303
    assert there.headers["Location"] == f"/anmelden?weiter={BEGIN}"

    visitor.get(f"/anmelden?als=citizen&weiter={BEGIN}")
    back = visitor.get("/anmelden/rueckkehr?code=citizen&state=s")
    assert back.headers["Location"] == BEGIN
    assert heading(visitor.get(BEGIN)) == "Antrag beginnen"


def test_one_sees_what_is_taken_over_before_beginning(citizen, drafts):
    page = citizen.get(BEGIN)
    for known in ("Erika Beispiel", "Gartenweg 7a, 99999 Musterstadt", "citizen@example.org"):
        assert known in text(page)
    assert drafts() == 0


def test_beginning_opens_one_draft_on_its_first_page(citizen, db_session):
    answer = citizen.submit(citizen.get(BEGIN))
    assert answer.status_code == 303
    draft = db_session.scalars(select(Application)).one()
    assert answer.headers["Location"] == f"/antrag/{draft.id}/"
    assert heading(citizen.follow(answer)) == "Worum geht es?"
    assert draft.answers["antragsteller"]["nachname"] == "Beispiel"
    assert draft.submitted_at is None


def test_a_draft_already_begun_is_offered_first(citizen, desk):
    draft_id = desk.begin()
    page = citizen.get(BEGIN)
    assert "Sie haben schon angefangen" in text(page)
    assert f'href="/antrag/{draft_id}/"' in page.text
    assert "Neuen Antrag beginnen" in text(page)


def test_somebody_elses_draft_is_not_offered(person, desk):
    desk.begin()
    assert "Sie haben schon angefangen" not in text(person("citizen2").get(BEGIN))


@pytest.mark.abuse("A16")
def test_a_sign_in_too_weak_can_look_but_not_begin(person, drafts):
    weak = person("weak")
    page = weak.get(BEGIN)
    assert "Bitte wählen Sie eine sicherere Anmeldung" in text(page)
    assert not lxml.html.fromstring(page.text).xpath("//main//button")

    refused = weak.post(BEGIN)
    assert refused.status_code == 403
    assert heading(refused) == "Bitte melden Sie sich sicherer an"
    assert drafts() == 0


def test_a_service_for_people_takes_no_company(person, adopt, drafts):
    adopt('person_types = ["natural", "juristic"]', 'person_types = ["natural"]')
    company = person("company")
    page = company.get(BEGIN)
    assert "Dieser Dienst passt nicht zu Ihrem Konto" in text(page)
    assert "0000 000-0" in text(page)

    assert company.post(BEGIN).status_code == 403
    assert drafts() == 0
    assert person("citizen").post(BEGIN).status_code == 303


def test_nobody_begins_without_being_signed_in(visitor, drafts):
    refused = visitor.post(BEGIN)
    assert refused.status_code == 401
    assert heading(refused) == "Bitte melden Sie sich an"
    assert drafts() == 0
