"""The interface as a program meets it: published services, personas with tokens, jobs by hand."""

import dataclasses
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.models.transaction import transaction
from app.usecases.operations.load_demo import load_demo
from app.wiring import connect
from app.worker import handlers
from tests.support.api import ApiCaller
from tests.support.applications import MUNICIPALITY, SERVICE, new_meter
from tests.support.hearing_desk import hearing  # noqa: F401 - a fixture is found by being here
from tests.support.openapi import Description
from tests.support.samples import jpeg_photo
from tests.support.sign_in import FakeSignIn

ROOT = Path(__file__).parents[4]
NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)


class Clock:
    """Stands still until told otherwise."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def parts(config, clock):
    return dataclasses.replace(connect(config), sign_in=FakeSignIn(), clock=clock)


@pytest.fixture
def published(app, parts, clock) -> None:
    """The sample service is offered by Musterstadt."""
    with app.app_context(), transaction() as session:
        load_demo(session, ROOT, catalogue=parts.catalogue, now=clock())


@pytest.fixture
def description(app) -> Description:
    return Description(app.test_client().get("/api/v1/openapi.json").json)


@pytest.fixture
def api(app, published, description) -> Callable[[str], ApiCaller]:
    """``api("citizen")`` calls as that persona, ``api("")`` without a token."""
    return lambda token: ApiCaller(app.test_client(), token, description)


@pytest.fixture
def citizen(api) -> ApiCaller:
    return api("citizen")


@pytest.fixture
def worker(api) -> ApiCaller:
    return api("caseworker")


@pytest.fixture
def run_jobs(app, parts) -> Callable[[], list[str]]:
    """Run what was deferred until nothing is left, as the worker would; returns the names."""

    def run() -> list[str]:
        done = []
        known = handlers(app, parts)
        while parts.jobs.jobs:
            job = parts.jobs.jobs.pop(0)
            known[job.name](**job.arguments)
            done.append(job.name)
        return done

    return run


@pytest.fixture
def draft(citizen) -> str:
    """Id of the citizen's complete draft, photo included."""
    begun = citizen.post(
        "/applications",
        {"municipality": MUNICIPALITY, "service": SERVICE, "answers": new_meter()},
    )
    assert begun.status_code == 201, begun.json
    application_id = begun.json["id"]
    photo = citizen.upload(
        f"/applications/{application_id}/evidence",
        "/nachweise/foto_zaehler",
        "Zähler im Keller.jpg",
        jpeg_photo(),
    )
    assert photo.status_code == 201, photo.text
    return application_id


@pytest.fixture
def receipt(citizen, draft, run_jobs) -> dict:
    """Receipt of the citizen's submitted application; the first jobs have run."""
    answer = citizen.post(
        f"/applications/{draft}/submission", {"declaration": True}, key="receipt-1"
    )
    assert answer.status_code == 201, answer.text
    run_jobs()
    return answer.json


@pytest.fixture
def task_id(worker, receipt) -> str:
    """Id of the one open task of the submitted application."""
    [task] = worker.get("/tasks").json["items"]
    assert task["case_id"] == receipt["case_id"]
    return task["id"]
