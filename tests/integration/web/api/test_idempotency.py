"""The same request twice has one effect, however it comes."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from app.models.application import Application
from app.models.case import Case
from app.models.idempotency_key import IdempotencyKey
from tests.support.applications import MUNICIPALITY, SERVICE, granted

START = {"municipality": MUNICIPALITY, "service": SERVICE}


def count(db_session, model) -> int:
    return db_session.scalar(select(func.count()).select_from(model))


@pytest.mark.promise("P2")
def test_the_same_key_gets_the_same_receipt(citizen, draft, db_session, parts):
    path = f"/applications/{draft}/submission"
    first = citizen.post(path, {"declaration": True}, key="k1")
    jobs = list(parts.jobs.jobs)
    second = citizen.post(path, {"declaration": True}, key="k1")
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json == second.json
    assert first.headers["Location"] == second.headers["Location"]
    assert count(db_session, Case) == 1
    assert parts.jobs.jobs == jobs


@pytest.mark.promise("P2")
def test_eight_at_once_open_one_case(api, draft, db_session):
    callers = [api("citizen") for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(
                lambda caller: caller.post(
                    f"/applications/{draft}/submission", {"declaration": True}, key="k1"
                ),
                callers,
            )
        )
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json["file_reference"] for answer in answers}) == 1
    assert count(db_session, Case) == 1


@pytest.mark.promise("P2")
def test_eight_at_once_with_eight_keys_open_one_case(api, draft, db_session):
    callers = [api("citizen") for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(
                lambda pair: pair[1].post(
                    f"/applications/{draft}/submission", {"declaration": True}, key=f"k{pair[0]}"
                ),
                enumerate(callers),
            )
        )
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
    assert count(db_session, Case) == 1


@pytest.mark.parametrize("other", [{"declaration": False}, {"declaration": True, "note": "x"}, {}])
def test_the_same_key_with_another_body_is_a_conflict(citizen, draft, other):
    path = f"/applications/{draft}/submission"
    citizen.post(path, {"declaration": True}, key="k1")
    conflict = citizen.post(path, other, key="k1")
    assert conflict.status_code == 409
    assert conflict.json["type"] == "urn:problem:idempotency_key_reused"


def test_spaces_and_order_do_not_make_another_body(citizen, db_session):
    for body in (
        b'{"municipality": "musterstadt", "service": "wasserzwischenzaehler"}',
        b'{"service":"wasserzwischenzaehler","municipality":"musterstadt"}',
    ):
        answer = citizen.call(
            "POST",
            "/applications",
            data=body,
            content_type="application/json",
            headers={"Idempotency-Key": "k1"},
        )
        assert answer.status_code == 201
    assert count(db_session, Application) == 1


def test_submission_without_a_key_is_a_bad_request(citizen, draft, db_session):
    answer = citizen.post(f"/applications/{draft}/submission", {"declaration": True})
    assert answer.status_code == 400
    assert answer.json["type"] == "urn:problem:idempotency_key_missing"
    assert count(db_session, Case) == 0


@pytest.mark.parametrize("key", ["mit leerzeichen", "k" * 256, "schlüssel"])
def test_an_unusable_key_is_a_bad_request(citizen, draft, key):
    answer = citizen.post(f"/applications/{draft}/submission", {"declaration": True}, key=key)
    assert answer.status_code == 400
    assert answer.json["type"] == "urn:problem:idempotency_key_unusable"


def test_a_failed_submission_does_not_use_the_key_up(citizen, draft, db_session):
    path = f"/applications/{draft}/submission"
    refused = citizen.post(path, {"declaration": False}, key="k1")
    assert refused.status_code == 422
    assert refused.json["fields"][0]["pointer"] == "/declaration"
    assert citizen.post(path, {"declaration": True}, key="k1").status_code == 201
    assert count(db_session, Case) == 1


def test_keys_of_two_people_do_not_meet(api, db_session):
    for persona in ("citizen", "citizen2"):
        assert api(persona).post("/applications", START, key="k1").status_code == 201
    assert count(db_session, Application) == 2


def test_nothing_personal_is_kept_with_the_key(citizen, db_session):
    citizen.post("/applications", START, key="k1")
    kept = db_session.scalar(select(IdempotencyKey))
    assert list(kept.answer) == ["id"]


@pytest.mark.promise("P5")
def test_a_completion_sent_twice_is_one_completion(worker, task_id, parts):
    worker.post(f"/tasks/{task_id}/claim", key="c1")
    assert worker.post(f"/tasks/{task_id}/claim", key="c1").status_code == 200
    first = worker.post(f"/tasks/{task_id}/completion", {"answers": granted()}, key="k1")
    jobs = list(parts.jobs.jobs)
    second = worker.post(f"/tasks/{task_id}/completion", {"answers": granted()}, key="k1")
    assert first.json == second.json
    assert parts.jobs.jobs == jobs
    third = worker.post(f"/tasks/{task_id}/completion", {"answers": granted()}, key="k2")
    assert third.json["type"] == "urn:problem:task_done"
