"""Every call asks who calls; what is somebody else's is not there."""

import io
from uuid import uuid4

import pytest

from tests.support.api import BASE
from tests.support.applications import granted
from tests.support.samples import jpeg_photo

PUBLIC = {
    f"{BASE}/",
    f"{BASE}/openapi.json",
    f"{BASE}/municipalities",
    f"{BASE}/municipalities/<slug>/services",
    f"{BASE}/municipalities/<slug>/services/<key>",
}
BODIES = {
    "applications.change": {"answers": {}},
    "submission.submit": {"declaration": True},
    "tasks.complete": {"answers": granted()},
}


def calls(app):
    """Yield rule and method of every call of the interface, also of those written next year."""
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith(BASE):
            for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
                yield rule, method


def send(caller, rule, method, ids):
    path = rule.rule
    for name in rule.arguments:
        path = path.replace(f"<uuid:{name}>", ids[name])
    assert "<" not in path, f"no id known for {rule.rule}"
    options = {}
    if rule.endpoint == "evidence.upload":
        options["data"] = {
            "field": "/nachweise/foto_zaehler",
            "file": (io.BytesIO(jpeg_photo()), "a.jpg"),
        }
    elif rule.endpoint in BODIES:
        options["json"] = BODIES[rule.endpoint]
    return caller.call(method, path, headers={"Idempotency-Key": "k1"}, **options)


@pytest.mark.abuse("A14")
def test_without_a_token_nothing_but_the_catalogue_answers(app, api):
    seen = 0
    for rule, method in calls(app):
        ids = dict.fromkeys(rule.arguments, str(uuid4()))
        if rule.rule in PUBLIC:
            continue
        for token in ("", "forged"):
            answer = send(api(token), rule, method, ids)
            assert answer.status_code == 401, rule
            assert answer.headers["WWW-Authenticate"] == "Bearer"
            seen += 1
    assert seen > 30


@pytest.mark.abuse("A14")
@pytest.mark.parametrize("stranger", ["citizen2", "company", "caseworker-county"])
def test_what_is_somebody_elses_looks_as_if_it_did_not_exist(
    app, api, citizen, receipt, task_id, draft, stranger
):
    begun = citizen.post(
        "/applications", {"municipality": "musterstadt", "service": "wasserzwischenzaehler"}
    )
    [notice] = citizen.get("/mailbox/notices").json["items"]
    [photo] = citizen.get(f"/applications/{draft}").json["evidence"]
    foreign = {
        "application_id": begun.json["id"],
        "evidence_id": photo["id"],
        "case_id": receipt["case_id"],
        "notice_id": notice["id"],
        "document_id": notice["document_id"],
        "task_id": task_id,
    }
    canaries = {"Beispiel", "4711-08", receipt["file_reference"], "Gartenweg", *foreign.values()}
    tried = 0
    for rule, method in calls(app):
        if not rule.arguments or rule.rule in PUBLIC:
            continue
        answer = send(api(stranger), rule, method, foreign)
        invented = send(api(stranger), rule, method, dict.fromkeys(foreign, str(uuid4())))
        assert answer.status_code == 404, (method, rule)
        assert answer.data == invented.data, (method, rule)
        assert answer.headers == invented.headers, (method, rule)
        assert not {canary for canary in canaries if canary in answer.text}, (method, rule)
        tried += 1
    assert tried >= 14
    assert api(stranger).get(photo["content_url"]).status_code == 404
    assert citizen.get(f"/applications/{begun.json['id']}").json["revision"] == 1


@pytest.mark.abuse("A14")
def test_lists_hold_nothing_of_others(api, receipt):
    stranger = api("citizen2")
    for path in ("/applications", "/cases", "/mailbox/notices"):
        assert stranger.get(path).json["items"] == []


def test_a_case_worker_reads_no_drafts_and_no_mailbox_of_applicants(worker, receipt, draft):
    assert worker.get(f"/applications/{draft}").status_code == 404
    assert worker.get("/mailbox/notices").json["items"] == []


def test_an_unknown_address_or_method_is_a_problem_in_json(citizen):
    for answer, status in (
        (citizen.call("GET", "/gibt-es-nicht"), 404),
        (citizen.call("PUT", "/applications"), 405),
        (citizen.call("GET", "/applications/keine-uuid"), 404),
    ):
        assert answer.status_code == status
        assert answer.mimetype == "application/problem+json"
