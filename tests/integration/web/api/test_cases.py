"""Cases, letters and history, as the applicant and as the case worker see them."""

from tests.support.applications import granted


def test_the_applicant_sees_the_case_without_the_work_on_it(citizen, receipt):
    [item] = citizen.get("/cases").json["items"]
    assert item["id"] == receipt["case_id"]
    shown = citizen.get(f"/cases/{receipt['case_id']}").json
    assert shown["view"] == "applicant"
    assert shown["status_text"] == "In Bearbeitung"
    assert [notice["kind"] for notice in shown["notices"]] == ["receipt"]
    assert [file["field"] for file in shown["evidence"]] == ["/nachweise/foto_zaehler"]
    assert "tasks" not in shown
    assert "data" not in shown


def test_the_case_worker_sees_tasks_and_data(worker, receipt):
    [item] = worker.get("/cases").json["items"]
    assert item["applicant_name"] == "Erika Beispiel"
    shown = worker.get(f"/cases/{receipt['case_id']}").json
    assert shown["view"] == "caseworker"
    assert [task["open"] for task in shown["tasks"]] == [True]
    assert shown["data"]["vorgang"]["aktenzeichen"] == receipt["file_reference"]


def test_the_history_names_staff_to_staff_only(citizen, worker, receipt, task_id):
    worker.post(f"/tasks/{task_id}/claim")
    worker.post(f"/tasks/{task_id}/completion", {"answers": granted()})
    path = f"/cases/{receipt['case_id']}/history"
    own = citizen.get(path)
    assert "Amtlich" not in own.text
    assert all(event["public"] for event in own.json["items"])
    assert {event["actor"] for event in own.json["items"]} <= {"applicant", "authority", "system"}
    inside = worker.get(path).json["items"]
    done = next(event for event in inside if event["kind"] == "task_completed")
    assert (done["actor"], done["actor_name"]) == ("authority", "Kim Amtlich")


def test_the_history_comes_page_by_page(citizen, receipt):
    path = f"/cases/{receipt['case_id']}/history"
    whole = citizen.get(path).json["items"]
    first = citizen.get(f"{path}?limit=1").json
    rest = citizen.get(f"{path}?cursor={first['next_cursor']}").json
    assert first["items"] + rest["items"] == whole
    assert rest["next_cursor"] is None


def test_a_list_of_letters_neither_shows_nor_reads_them(citizen, receipt):
    [notice] = citizen.get("/mailbox/notices").json["items"]
    assert "html" not in notice
    assert citizen.get("/mailbox/notices").json["items"][0]["first_read_at"] is None
    assert citizen.get(f"/mailbox/notices/{notice['id']}").json["first_read_at"]


def test_a_letter_can_be_downloaded_by_both_sides(citizen, worker, receipt):
    [notice] = citizen.get("/mailbox/notices").json["items"]
    for reader in (citizen, worker):
        answer = reader.get(notice["content_url"])
        assert answer.mimetype == "application/pdf"
        assert answer.data.startswith(b"%PDF")
