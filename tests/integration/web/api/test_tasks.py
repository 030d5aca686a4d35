"""Case work by program."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.support.applications import granted


def test_whoever_works_on_no_cases_is_refused(api, published):
    for persona in ("citizen", "operator"):
        answer = api(persona).get("/tasks")
        assert answer.status_code == 403
        assert answer.json["type"] == "urn:problem:refused"


def test_another_municipality_sees_nothing(api, task_id):
    assert api("caseworker-county").get("/tasks").json == {"items": [], "next_cursor": None}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", True),
        ("queue=Sachbearbeitung", True),
        ("queue=Kasse", False),
        ("service=wasserzwischenzaehler", True),
        ("service=hund", False),
        ("assignee=nobody", True),
        ("assignee=me", False),
        ("q=MU-2026-000001", True),
        ("q=beispiel", True),
        ("q=%25", False),
        ("q=zq'%22%5C;--", False),
        ("due_before=2027-01-01", True),
        ("due_before=2026-11-19T00:00:00Z", False),
        ("sort=due_at", True),
        ("unbekannt=1", True),
    ],
)
def test_the_work_list_can_be_narrowed(worker, task_id, query, found):
    items = worker.get(f"/tasks?{query}").json["items"]
    assert [item["id"] for item in items] == ([task_id] if found else [])


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("assignee=somebody", "/assignee"),
        ("due_before=morgen", "/due_before"),
        ("due_before=2026-11-19T00:00:00", "/due_before"),
        ("due_before=0001-01-01", "/due_before"),
        ("sort=name", "/sort"),
        ("limit=0", "/limit"),
        ("limit=201", "/limit"),
        ("limit=viele", "/limit"),
        ("cursor=!!!", "/cursor"),
        ("cursor=MTIz", "/cursor"),
    ],
)
def test_a_wrong_query_is_named(worker, published, query, pointer):
    answer = worker.get(f"/tasks?{query}")
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.json["fields"]] == [pointer]


def test_a_day_begins_when_it_begins_in_germany(worker, task_id):
    due = worker.get(f"/tasks/{task_id}").json["due_at"]
    assert due == "2026-12-02T22:59:59Z"
    assert worker.get("/tasks?due_before=2026-12-02").json["items"] == []
    assert len(worker.get("/tasks?due_before=2026-12-03").json["items"]) == 1


def test_one_of_two_wins_a_claim_and_the_other_is_told(api, worker, task_id):
    callers = [worker, api("caseworker2")]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda one: one.post(f"/tasks/{task_id}/claim"), callers))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    lost = next(answer for answer in answers if answer.status_code == 409)
    assert lost.json["type"] == "urn:problem:task_taken"


def test_a_released_task_is_free_again(api, worker, task_id):
    worker.post(f"/tasks/{task_id}/claim")
    assert [task["id"] for task in worker.get("/tasks?assignee=me").json["items"]] == [task_id]
    refused = api("caseworker2").post(f"/tasks/{task_id}/release")
    assert refused.json["type"] == "urn:problem:task_taken"
    assert worker.post(f"/tasks/{task_id}/release").json["claimed_by_me"] is False
    assert worker.get("/tasks?assignee=me").json["items"] == []


def test_an_unclaimed_task_cannot_be_completed(worker, task_id):
    answer = worker.post(f"/tasks/{task_id}/completion", {"answers": granted()})
    assert answer.status_code == 409
    assert answer.json["type"] == "urn:problem:task_not_claimed"


def test_a_task_somebody_else_holds_cannot_be_completed(api, worker, task_id):
    api("caseworker2").post(f"/tasks/{task_id}/claim")
    answer = worker.post(f"/tasks/{task_id}/completion", {"answers": granted()})
    assert answer.json["type"] == "urn:problem:task_taken"


@pytest.mark.parametrize(
    ("answers", "pointer"),
    [
        ({}, "/entscheidung/ergebnis"),
        ({"entscheidung": {"ergebnis": "abgelehnt"}}, "/entscheidung/begruendung"),
        ({"ergebnis": "vielleicht"}, "/entscheidung/ergebnis"),
        ({"entscheidung": {"ergebnis": ["bewilligt"]}}, "/entscheidung/ergebnis"),
        ({**granted(), "vorgang": {}}, "/vorgang"),
    ],
)
def test_wrong_answers_change_nothing(worker, task_id, parts, answers, pointer):
    worker.post(f"/tasks/{task_id}/claim")
    jobs = list(parts.jobs.jobs)
    refused = worker.post(f"/tasks/{task_id}/completion", {"answers": answers})
    assert refused.status_code == 422
    assert pointer in {fault["pointer"] for fault in refused.json["fields"]}
    assert parts.jobs.jobs == jobs
    assert worker.get(f"/tasks/{task_id}").status_code == 200


def test_a_claim_takes_no_fields(worker, task_id):
    refused = worker.post(f"/tasks/{task_id}/claim", {"assignee": "x"})
    assert refused.json["fields"][0]["code"] == "unknown_field"
    assert worker.get("/tasks?assignee=me").json["items"] == []
