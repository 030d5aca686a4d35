"""What is somebody else's is not there: every address with an id, also those written next year."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import uuid4

import lxml.html
import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app.models.application import Application
from app.models.evidence import Evidence
from app.models.notice import Notice
from tests.support.applications import MUNICIPALITY, SERVICE, granted
from tests.support.page_browser import PageBrowser, html_fields
from tests.support.platform import PHOTO
from tests.support.public import PUBLIC
from tests.support.sign_in import case_worker
from tests.support.snapshot import snapshot

API = "/api/"
STRANGERS = ("citizen2", "company", "operator", "caseworker-county", "caseworker-other-group")
#: what the owner wrote, and what the platform gave them
CANARIES = {"Erika", "Beispiel", "4711", "erika@example.org", "MU-2026", "Keller"}
#: endpoint -> the fields that a form or a program sends, so that only the owner is missing
FIELDS = {
    "application_pages.save": {"zaehler.nummer": "FREMD-1", "spaeter": "1"},
    "application_pages.submit": {"erklaerung": "ja"},
    "casework.complete": {**html_fields(granted()), "bestaetigt": "1"},
}
BODIES = {
    "applications.change": {"answers": {"zaehler": {"nummer": "FREMD-1"}}},
    "submission.submit": {"declaration": True},
    "tasks.complete": {"answers": granted()},
}


@dataclass(frozen=True)
class Address:
    """One method of one route, with an id for each of its arguments."""

    rule: Rule
    method: str
    path: str

    def __str__(self) -> str:
        return f"{self.method} {self.rule.rule}"

    @property
    def is_api(self) -> bool:
        """Whether programs call it."""
        return self.path.startswith(API)

    @property
    def is_casework(self) -> bool:
        """Whether it is there for case workers alone."""
        return self.rule.endpoint.partition(".")[0] in {"casework", "tasks"}

    def call(self, browser: PageBrowser, persona: str) -> TestResponse:
        """Ask as ``persona``, by cookie or by token, with all that the owner would send."""
        if self.is_api:
            return self._call_api(browser, persona)
        if self.method == "GET":
            return browser.get(self.path)
        return browser.post(self.path, FIELDS.get(self.rule.endpoint))

    def _call_api(self, browser: PageBrowser, persona: str) -> TestResponse:
        headers = {"Idempotency-Key": "k1"}
        if persona:
            headers["Authorization"] = f"Bearer {persona}"
        options = {}
        if self.rule.endpoint == "evidence.upload":
            file = FileStorage(io.BytesIO(PHOTO), "a.jpg")
            options["data"] = {"field": "/nachweise/foto_zaehler", "file": file}
        elif self.rule.endpoint in BODIES:
            options["json"] = BODIES[self.rule.endpoint]
        return browser.client.open(self.path, method=self.method, headers=headers, **options)


def addresses(app, ids: Mapping[str, str]) -> Iterator[Address]:
    """Yield all addresses that are not public; fails for an argument nobody thought of."""
    for rule in sorted(app.url_map.iter_rules(), key=str):
        if rule.endpoint in PUBLIC:
            continue
        unknown = rule.arguments - ids.keys()
        assert not unknown, f"{rule.rule}: say here what {unknown} of somebody else would be"
        _, path = rule.build({name: ids[name] for name in rule.arguments}) or ("", "")
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield Address(rule, method, path)


@pytest.fixture
def ids(desk, case_id, task_id, db_session) -> dict[str, str]:
    """One of everything, all of it the citizen's: a draft, and a case in Musterstadt."""
    draft = desk.draft()
    notice = db_session.scalars(select(Notice)).one()
    evidence = db_session.scalars(select(Evidence).where(Evidence.application_id == draft)).one()
    db_session.rollback()
    return {
        "application_id": str(draft),
        "page_id": "zaehler",
        "evidence_id": str(evidence.id),
        "case_id": str(case_id),
        "task_id": str(task_id),
        "notice_id": str(notice.id),
        "document_id": str(notice.document_id),
        "slug": MUNICIPALITY,
        "service_key": SERVICE,
    }


@pytest.fixture
def stranger(person, parts):
    """``stranger("citizen2")`` is a browser of somebody with nothing to do with the case."""
    parts.sign_in.personas["caseworker-other-group"] = case_worker(
        "caseworker-other-group", groups=("ordnung",)
    )
    return person


def owned(app, ids) -> list[Address]:
    """Leave out what shows everybody their own, such as lists."""
    shared = {"slug", "service_key"}
    return [one for one in addresses(app, ids) if one.rule.arguments - shared]


def words(answer: TestResponse) -> str:
    """Return what is told, without what differs from page to page: tokens and the address."""
    if answer.mimetype != "text/html" or answer.status_code == 303:
        return answer.text
    [main] = lxml.html.fromstring(answer.text).xpath("//main")
    return " ".join(main.text_content().split())


@pytest.mark.abuse("A14")
def test_every_public_address_exists(app):
    """What is no longer there needs no exception."""
    assert PUBLIC.keys() <= app.view_functions.keys()


@pytest.mark.abuse("A14")
def test_the_owner_and_the_case_worker_find_it(app, ids, citizen, worker):
    """The ids are right, so what strangers do not find is really there."""
    tried = 0
    for address in owned(app, ids):
        if address.method != "GET":
            continue
        browser, persona = (worker, "caseworker") if address.is_casework else (citizen, "citizen")
        answer = address.call(browser, persona)
        if address.rule.endpoint == "application_pages.receipt":
            assert answer.status_code == 404, "a draft has no receipt"
            continue
        assert answer.status_code in {200, 303}, str(address)
        tried += 1
    assert tried > 12


@pytest.mark.abuse("A14")
def test_without_a_sign_in_nothing_answers(app, ids, person, database_engine):
    before, tried = snapshot(database_engine), 0
    for address in addresses(app, ids):
        answer = address.call(person(""), "")
        if answer.status_code == 303:
            assert answer.headers["Location"].startswith("/anmelden?weiter="), str(address)
        else:
            assert answer.status_code == 401, str(address)
        assert_silent(answer, ids, address)
        tried += 1
    assert tried > 40
    assert snapshot(database_engine) == before


@pytest.mark.abuse("A14")
@pytest.mark.parametrize("persona", STRANGERS)
def test_what_is_somebody_elses_looks_as_if_it_did_not_exist(
    app, ids, stranger, persona, database_engine
):
    browser = stranger(persona)
    before, tried = snapshot(database_engine), 0
    for address in owned(app, ids):
        answer = address.call(browser, persona)
        assert answer.status_code == 404, str(address)
        assert_silent(answer, ids, address)

        invented = {**ids, **{name: str(uuid4()) for name in ids if name.endswith("_id")}}
        invented["page_id"] = ids["page_id"]
        [twin] = [one for one in addresses(app, invented) if str(one) == str(address)]
        nothing = twin.call(browser, persona)
        assert nothing.status_code == 404, str(address)
        assert words(nothing) == words(answer), str(address)
        assert set(nothing.headers.keys()) == set(answer.headers.keys()), str(address)
        tried += 1
    assert tried > 25
    assert snapshot(database_engine) == before


@pytest.mark.abuse("A14")
@pytest.mark.parametrize("persona", STRANGERS)
def test_lists_and_own_pages_hold_nothing_of_others(app, ids, stranger, persona):
    browser, tried = stranger(persona), 0
    personal = {one.rule.rule for one in owned(app, ids)}
    for address in addresses(app, ids):
        if address.rule.rule not in personal and address.method == "GET":
            assert_silent(address.call(browser, persona), ids, address)
            tried += 1
    assert tried >= 8


@pytest.mark.abuse("A14")
@pytest.mark.parametrize("persona", STRANGERS)
@pytest.mark.parametrize("press", ["weiter", "hochladen", "aktualisieren", "entfernen"])
def test_no_button_of_a_page_works_on_somebody_elses_draft(
    ids, stranger, persona, press, database_engine, parts
):
    browser, objects = stranger(persona), sorted(parts.documents.keys("evidence/"))
    before = snapshot(database_engine)
    answer = browser.post(
        f"/antrag/{ids['application_id']}/seite/nachweise",
        {
            press: ids["evidence_id"],
            "nachweise.foto_zaehler": FileStorage(io.BytesIO(PHOTO), "a.jpg"),
        },
    )
    assert answer.status_code == 404
    assert snapshot(database_engine) == before
    assert sorted(parts.documents.keys("evidence/")) == objects


@pytest.mark.abuse("A14")
@pytest.mark.parametrize("persona", STRANGERS)
def test_a_file_of_a_draft_or_of_a_case_is_only_for_its_people(
    ids, stranger, citizen, worker, persona, db_session
):
    draft = db_session.get(Application, ids["application_id"])
    for file in db_session.scalars(select(Evidence)):
        path = f"/dokumente/{file.id}"
        assert stranger(persona).get(path).status_code == 404
        assert citizen.get(path).status_code == 200
        expected = 404 if file.application_id == draft.id else 200
        assert worker.get(path).status_code == expected


@pytest.mark.abuse("A14")
def test_somebody_elses_file_cannot_be_removed_through_ones_own_draft(
    ids, desk, person, database_engine
):
    mine = desk.draft("citizen2")
    before = snapshot(database_engine, "sign_ins")
    answer = person("citizen2").post(
        f"/antrag/{mine}/seite/nachweise", {"entfernen": ids["evidence_id"]}
    )
    assert answer.status_code == 404
    after = snapshot(database_engine, "sign_ins")
    assert after["evidence"] == before["evidence"]


def assert_silent(answer: TestResponse, ids: Mapping[str, str], address: Address) -> None:
    """Fail if an answer says anything of the owner's; ids may stand in the links of a page."""
    told = words(answer)
    found = {
        canary for canary in CANARIES if canary in answer.text or canary in str(answer.headers)
    }
    assert not found, (str(address), found)
    strange = {value for name, value in ids.items() if name.endswith("_id") and value in told}
    assert not strange - {ids["page_id"]}, (str(address), strange)
