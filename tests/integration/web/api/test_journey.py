"""From the first answer to the decision in the mailbox, by program alone."""

import hashlib

from tests.support.applications import METER_PHOTO, MUNICIPALITY, SERVICE, granted, new_meter
from tests.support.samples import jpeg_photo


def test_a_citizen_applies_a_case_worker_grants_and_the_decision_arrives(
    citizen, worker, run_jobs, parts, clock
):
    # find the service
    offer = citizen.get(f"/municipalities/{MUNICIPALITY}/services/{SERVICE}").json
    assert offer["title"] == "Wasserzwischenzähler anmelden"
    assert [form["key"] for form in offer["forms"]] == ["antrag"]

    # a draft is prefilled and says what is missing
    begun = citizen.post("/applications", {"municipality": MUNICIPALITY, "service": SERVICE})
    assert begun.status_code == 201
    draft = begun.json
    here = f"/applications/{draft['id']}"
    assert begun.headers["Location"] == f"/api/v1{here}"
    assert draft["state"] == "draft"
    assert draft["answers"]["antragsteller"]["nachname"] == "Beispiel"
    assert draft["created_at"] == "2026-11-18T09:30:00Z"
    missing = {page["id"]: page["faults"] for page in draft["pages"] if not page["complete"]}
    assert missing["anlass"][0]["pointer"] == "/anlass/art"

    # answers in two steps, then the photo
    assert citizen.patch(here, {"answers": {"anlass": {"art": "ersteinbau"}}}).status_code == 200
    patched = citizen.patch(here, new_meter()).json
    assert patched["revision"] == 3
    assert [page["id"] for page in patched["pages"] if not page["complete"]] == ["nachweise"]
    photo = jpeg_photo()
    uploaded = citizen.upload(f"{here}/evidence", METER_PHOTO, "Zähler.jpg", photo)
    assert uploaded.status_code == 201
    kept = citizen.get(uploaded.json["content_url"]).data
    assert uploaded.json["sha256"] == hashlib.sha256(kept).hexdigest()
    assert uploaded.json["scan"] == "not_scanned"
    assert all(page["complete"] for page in citizen.get(here).json["pages"])

    # submission gives a file reference
    receipt = citizen.post(f"{here}/submission", {"declaration": True}, key="k1")
    assert receipt.status_code == 201
    case_id = receipt.json["case_id"]
    assert receipt.json["file_reference"] == "MU-2026-000001"
    assert receipt.json["submitted_at"] == "2026-11-18T09:30:00Z"
    assert citizen.get(here).json["case_id"] == case_id
    assert "notify_recipient" in run_jobs()

    # the case worker finds, claims and completes the task
    [task] = worker.get("/tasks?assignee=nobody").json["items"]
    assert task["file_reference"] == "MU-2026-000001"
    opened = worker.get(f"/tasks/{task['id']}").json
    assert opened["data"]["antrag"]["zaehler"]["nummer"] == "4711-08"
    assert opened["form"]["key"] == "pruefung"
    seen = worker.get(opened["evidence"][0]["content_url"])
    assert seen.data == kept
    claimed = worker.post(f"/tasks/{task['id']}/claim")
    assert claimed.json["claimed_by_me"] is True
    done = worker.post(f"/tasks/{task['id']}/completion", {"answers": granted()})
    assert done.status_code == 200, done.json
    assert done.json["case_id"] == case_id
    assert done.json["next_tasks"] == []
    run_jobs()

    # the decision lies in the mailbox, with its PDF
    assert citizen.get(f"/cases/{case_id}").json["status"] in {"decided", "closed"}
    notices = citizen.get("/mailbox/notices").json["items"]
    assert sorted(notice["kind"] for notice in notices) == ["decision", "receipt"]
    decision = next(notice for notice in notices if notice["kind"] == "decision")
    assert decision["first_read_at"] is None
    read = citizen.get(f"/mailbox/notices/{decision['id']}").json
    assert read["first_read_at"] == "2026-11-18T09:30:00Z"
    assert "4711-08" in read["html"]
    pdf = citizen.get(read["document"]["content_url"])
    assert pdf.data.startswith(b"%PDF")
    assert hashlib.sha256(pdf.data).hexdigest() == read["document"]["sha256"]
    assert len(parts.mail.sent) == 2
    assert all("4711-08" not in mail.body for mail in parts.mail.sent)

    # the first reading stays the first
    clock.now = clock.now.replace(hour=15)
    again = citizen.get(f"/mailbox/notices/{decision['id']}").json
    assert again["first_read_at"] == "2026-11-18T09:30:00Z"
    kinds = [event["kind"] for event in citizen.get(f"/cases/{case_id}/history").json["items"]]
    assert kinds[0] == "submitted"
    assert kinds.count("notice_read") == 1


def test_a_completed_task_names_the_next_one_of_the_same_case(worker, task_id):
    worker.post(f"/tasks/{task_id}/claim")
    done = worker.post(f"/tasks/{task_id}/completion", {"answers": granted(inspection=True)})
    [following] = done.json["next_tasks"]
    assert following["form_key"] == "abnahme"
    assert worker.get(f"/tasks/{following['id']}").json["form"]["key"] == "abnahme"


def test_a_form_of_one_page_may_be_answered_without_naming_the_page(worker, task_id):
    worker.post(f"/tasks/{task_id}/claim")
    answers = granted()["entscheidung"]
    done = worker.post(f"/tasks/{task_id}/completion", {"answers": answers})
    assert done.status_code == 200, done.json
