"""Withdrawing an application by program."""

import pytest

from tests.support.applications import granted


@pytest.fixture
def path(receipt) -> str:
    return f"/cases/{receipt['case_id']}/withdrawal"


def test_the_applicant_withdraws_and_both_sides_see_why(citizen, worker, receipt, path):
    done = citizen.post(path, {"reason": "Wir ziehen um.\nNächste Woche."})
    assert done.status_code == 200, done.text
    assert done.json == {
        "case_id": receipt["case_id"],
        "file_reference": receipt["file_reference"],
        "status": "withdrawn",
        "running": False,
        "withdrawn_at": "2026-11-18T09:30:00Z",
    }
    for reader in (citizen, worker):
        shown = reader.get(f"/cases/{receipt['case_id']}").json
        assert shown["status_text"] == "Zurückgezogen"
        assert shown["withdrawal_reason"] == "Wir ziehen um.\nNächste Woche."
        kinds = [one["kind"] for one in reader.get(f"/cases/{shown['id']}/history").json["items"]]
        assert "withdrawn" in kinds
    assert worker.get("/tasks").json["items"] == []


def test_no_reason_is_needed_and_once_more_changes_nothing(citizen, path):
    first = citizen.post(path, {})
    assert citizen.post(path, {"reason": "anders"}).json == first.json


def test_the_same_key_gets_the_same_answer(citizen, path):
    first = citizen.post(path, {"reason": "so"}, key="k")
    assert citizen.post(path, {"reason": "so"}, key="k").json == first.json
    assert citizen.post(path, {"reason": "anders"}, key="k").status_code == 409


def test_only_the_applicant_may(worker, api, path):
    for caller in (worker, api("citizen2")):
        assert caller.post(path, {}).status_code == 404
    assert api("").post(path, {}).status_code == 401


def test_after_the_decision_it_is_a_conflict(citizen, worker, path, task_id, run_jobs):
    worker.post(f"/tasks/{task_id}/claim")
    worker.post(f"/tasks/{task_id}/completion", {"answers": granted()})
    run_jobs()
    late = citizen.post(path, {})
    assert late.status_code == 409
    assert late.json["type"] == "urn:problem:too_late_to_withdraw"


@pytest.mark.parametrize("reason", ["x" * 1001, "a\x07b", 7, None])
def test_an_unusable_reason_is_refused(citizen, path, reason):
    refused = citizen.post(path, {"reason": reason})
    assert refused.status_code == 422
    assert [one["pointer"] for one in refused.json["fields"]] == ["/reason"]
