from dataclasses import replace

import pytest
import requests
from sqlalchemy import func, select

from app.connectors.oidc_sign_in import OidcSignIn
from app.domain.assurance import AssuranceLevel
from app.domain.identity import PersonType
from app.models.sign_in import SignIn
from app.trial.port import free_port
from app.usecases.access.find_sign_in import find_sign_in
from app.web.trial.personas import PERSONAS
from tests.support.http_browser import Form, HttpBrowser, query


def who(browser: HttpBrowser, db_session, clock):
    """Look up the person behind the browser's key."""
    db_session.rollback()
    return find_sign_in(db_session, browser.key or "", clock())


def test_a_sign_in_leads_to_where_one_wanted_to_go(browser, db_session, clock):
    done = browser.sign_in("citizen", to="/konto/postfach?seite=2")

    assert (done.status_code, done.headers["Location"]) == (303, "/konto/postfach?seite=2")
    person = who(browser, db_session, clock)
    assert person.name == "Erika Beispiel"
    assert person.assurance is AssuranceLevel.SUBSTANTIAL
    assert (person.street, person.house_number) == ("Probeweg", "12")


@pytest.mark.parametrize("persona", PERSONAS.values(), ids=PERSONAS)
def test_each_person_of_the_trial_arrives_as_described(browser, db_session, clock, persona):
    browser.sign_in(persona.key)

    found = who(browser, db_session, clock)
    assert [role.value for role in found.roles] == persona.claims.get("roles", [])
    assert found.municipality == persona.claims.get("municipality", "")
    assert list(found.groups) == persona.claims.get("groups", [])
    assert found.person_type is (
        PersonType.JURISTIC if persona.key == "company" else PersonType.NATURAL
    )


@pytest.mark.parametrize(
    ("persona", "home"), [("citizen", "/konto"), ("caseworker", "/arbeit"), ("factory", "/")]
)
def test_without_a_wish_everybody_comes_home(browser, persona, home):
    page = browser.open("/anmelden")
    back = browser.submit(page, action="/authorize", persona=persona, follow=False)
    done = browser.open(back.headers["Location"], follow=False)
    assert done.headers["Location"] == home


def test_the_hinted_person_comes_first(browser):
    page = browser.open("/anmelden?als=approver")
    assert Form(page, "/authorize").buttons[0] == "approver"
    assert sorted(Form(page, "/authorize").buttons) == sorted([*PERSONAS, ""])


@pytest.mark.abuse("A17")
def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(browser):
    (cookie,) = [
        line
        for line in browser.sign_in("citizen").raw.headers.getlist("Set-Cookie")
        if line.startswith("antragswerk=")
    ]
    attributes = {part.strip() for part in cookie.split(";")[1:]}
    assert attributes == {"HttpOnly", "Path=/", "SameSite=Lax"}


@pytest.mark.abuse("A17")
def test_a_planted_key_is_worth_nothing_after_sign_in(browser, db_session, clock):
    browser.http.cookies.set("antragswerk", "planted", domain="127.0.0.1", path="/")
    browser.sign_in("citizen")

    assert browser.key != "planted"
    assert find_sign_in(db_session, "planted", clock()) is None


@pytest.mark.abuse("A17")
def test_signing_in_again_ends_the_session_before(browser, db_session, clock):
    browser.sign_in("citizen")
    first = browser.key
    browser.sign_in("caseworker")

    assert find_sign_in(db_session, first, clock()) is None
    assert who(browser, db_session, clock).name == "Karin Muster"
    assert db_session.scalar(select(func.count()).select_from(SignIn)) == 1


def test_the_database_holds_no_key_that_a_browser_could_use(browser, db_session):
    browser.sign_in("citizen")
    assert browser.key not in db_session.scalars(select(SignIn.token_sha256)).all()


@pytest.mark.abuse("A17")
def test_signing_out_ends_the_session_everywhere(browser, db_session, clock):
    browser.sign_in("citizen")
    key, page = browser.key, browser.open("/abgemeldet")
    left = browser.submit(page, action="/abmelden")

    assert left.url.endswith("/abgemeldet")
    assert "Sie sind abgemeldet" in left.text
    assert browser.key is None
    assert find_sign_in(db_session, key, clock()) is None


def test_signing_out_passes_the_provider(browser):
    browser.sign_in("citizen")
    sent = browser.submit(browser.open("/abgemeldet"), action="/abmelden", follow=False)
    assert sent.headers["Location"].startswith(f"{browser.address}/trial-idp/logout?")


def test_a_cancelled_sign_in_says_so_and_offers_another(browser):
    page = browser.open("/anmelden?weiter=/konto")
    back = browser.submit(page, action="/authorize", persona="")

    assert back.status_code == 400
    assert "Sie haben die Anmeldung abgebrochen" in back.text
    assert 'href="/anmelden?weiter=/konto"' in back.text
    assert browser.key is None


@pytest.mark.abuse("A17")
def test_a_return_works_in_no_other_browser(browser, other_browser):
    page = browser.open("/anmelden")
    back = browser.submit(page, action="/authorize", persona="citizen", follow=False)
    stolen = other_browser.open(back.headers["Location"])

    assert stolen.status_code == 400
    assert other_browser.key is None


@pytest.mark.abuse("A17")
def test_a_foreign_code_cannot_be_slipped_into_a_sign_in(browser, other_browser):
    mine = other_browser.submit(
        other_browser.open("/anmelden"), action="/authorize", persona="citizen2", follow=False
    )
    page = browser.open("/anmelden")
    state = Form(page, "/authorize").fields["state"]
    answer = query(mine.headers["Location"])
    forced = browser.open(
        f"/anmelden/rueckkehr?code={answer['code']}&state={state}&iss={answer['iss']}"
    )
    assert forced.status_code == 400
    assert browser.key is None


def test_a_return_counts_once(browser):
    page = browser.open("/anmelden")
    back = browser.submit(page, action="/authorize", persona="citizen", follow=False)
    browser.open(back.headers["Location"], follow=False)
    key = browser.key

    again = browser.open(back.headers["Location"], follow=False)
    assert (again.status_code, again.headers["Location"]) == (303, "/konto")
    assert browser.key == key


def test_two_tabs_do_not_disturb_each_other(browser):
    on_their_way = []
    for target in ("/konto", "/arbeit"):
        page = browser.open(f"/anmelden?weiter={target}")
        back = browser.submit(page, action="/authorize", persona="caseworker", follow=False)
        on_their_way.append((back.headers["Location"], target))

    for address, target in on_their_way:
        assert browser.open(address, follow=False).headers["Location"] == target


def test_sign_ins_that_were_given_up_do_not_fill_the_browser(browser):
    for _ in range(20):
        browser.open("/anmelden", follow=False)
    assert len(browser.http.cookies) <= 5


def test_a_sign_in_may_take_no_longer_than_ten_minutes(browser, clock, monkeypatch):
    page = browser.open("/anmelden")
    back = browser.submit(page, action="/authorize", persona="citizen", follow=False)
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: clock.now.timestamp() + 601)
    late = browser.open(back.headers["Location"])
    assert late.status_code == 400
    assert "länger als zehn Minuten" in late.text


def test_a_return_out_of_nowhere_is_answered_kindly(browser):
    page = browser.open("/anmelden/rueckkehr?state=%ff&code=x")
    assert page.status_code == 400
    assert "Noch einmal anmelden" in page.text


@pytest.mark.abuse("A15")
def test_while_the_provider_is_down_only_signing_in_has_to_wait(app, parts, browser):
    browser.sign_in("citizen")
    gone = f"http://127.0.0.1:{free_port()}/trial-idp"
    app.extensions["parts"] = replace(
        parts,
        sign_in=OidcSignIn(issuer=gone, client_id="a", client_secret="", api_audience="b"),
    )
    assert browser.open("/konto").status_code == 200
    assert browser.open("/anmelden").status_code == 503
    left = browser.submit(browser.open("/abgemeldet"), action="/abmelden")
    assert (left.status_code, browser.key) == (200, None)


def test_pages_of_a_signed_in_person_are_never_stored(browser):
    assert browser.open("/abgemeldet").headers["Cache-Control"] == "private, no-cache"
    browser.sign_in("citizen")
    assert browser.open("/abgemeldet").headers["Cache-Control"] == "no-store"


@pytest.mark.abuse("A15")
def test_the_api_takes_a_token_and_nobodys_cookie(browser):
    browser.sign_in("citizen")
    assert browser.open("/api/v1/me").status_code == 401
    with_basic = requests.get(f"{browser.address}/api/v1/me", auth=("a", "b"), timeout=10)
    assert with_basic.status_code == 401
