"""One of several instances of a task, by program."""

from tests.support.hearing import TASK, opinion


def test_an_instance_shows_its_item_and_checks_its_own_form(worker, hearing):
    case_id = hearing.case("MU-2026-000999", ("Bauamt", "Umweltamt"))
    task_id = hearing.tasks(case_id)[f"{TASK} (2 von 2)"]
    shown = worker.get(f"/tasks/{task_id}").json
    assert shown["name"] == f"{TASK} (2 von 2)"
    assert shown["data"]["stelle"] == "Umweltamt"
    assert shown["data"]["durchlauf"] == {"nummer": 2, "anzahl": 2}

    worker.post(f"/tasks/{task_id}/claim")
    path = f"/tasks/{task_id}/completion"
    refused = worker.post(path, {"answers": opinion("dagegen")}, key="a")
    assert refused.status_code == 422
    assert [fault["pointer"] for fault in refused.json["fields"]] == ["/votum/auflage"]
    done = worker.post(path, {"answers": opinion("dagegen", "Bäume erhalten")}, key="b")
    assert [one["name"] for one in done.json["next_tasks"]] == [f"{TASK} (1 von 2)"]
