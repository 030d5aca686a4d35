"""Requests keep to their budget of statements, on warm caches."""

from contextlib import contextmanager

import pytest

from app.models.base import db
from tests.support.applications import MUNICIPALITY, SERVICE, granted
from tests.support.statements import counted

#: the sample queue takes no statement; the real one takes one for all jobs of a request
JOBS = 1


@pytest.fixture
def budget(app):
    """Fail if a block asks the database more often than allowed."""

    @contextmanager
    def within(statements: int, commits: int):
        with app.app_context():
            engine = db.engine
        with counted(engine) as count:
            yield
        shown = "\n".join(line.split("\n")[0][:100] for line in count.statements)
        assert len(count.statements) <= statements, shown
        assert count.commits <= commits

    return within


def test_a_service_takes_three(api, budget):
    api("").get(f"/municipalities/{MUNICIPALITY}/services/{SERVICE}")
    with budget(3, 0):
        api("").get(f"/municipalities/{MUNICIPALITY}/services/{SERVICE}")


def test_a_draft_takes_three(citizen, draft, budget):
    with budget(3, 0):
        citizen.get(f"/applications/{draft}")


def test_a_patch_takes_five(citizen, draft, budget):
    with budget(5, 1):
        assert citizen.patch(f"/applications/{draft}", {"zaehler": {"stellen": 6}}).json


def test_a_submission_takes_twelve(citizen, draft, budget):
    with budget(12 - JOBS, 1):
        done = citizen.post(f"/applications/{draft}/submission", {"declaration": True}, key="k")
        assert done.status_code == 201


def test_the_work_list_takes_three(worker, task_id, budget):
    with budget(3, 0):
        assert len(worker.get("/tasks").json["items"]) == 1


def test_a_task_takes_three(worker, task_id, budget):
    with budget(3, 0):
        assert worker.get(f"/tasks/{task_id}").status_code == 200


def test_a_case_takes_eight(citizen, worker, receipt, budget):
    for reader in (citizen, worker):
        with budget(8, 0):
            assert reader.get(f"/cases/{receipt['case_id']}").status_code == 200


def test_a_completion_takes_twelve(worker, task_id, budget):
    worker.post(f"/tasks/{task_id}/claim")
    with budget(12 - JOBS, 1):
        done = worker.post(f"/tasks/{task_id}/completion", {"answers": granted()}, key="k")
        assert done.status_code == 200, done.json
