"""Plattform mit Attrappen: a published service, people with browsers, jobs by hand.

Fixtures; a ``conftest.py`` that needs them imports them by name.
"""

import dataclasses
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from app.bundles.catalogue import Catalogue
from app.engine.engine import Engine
from app.models.transaction import transaction
from app.usecases.applicant.add_evidence import add_evidence
from app.usecases.applicant.patch_answers import patch_answers
from app.usecases.applicant.start_draft import start_draft
from app.usecases.applicant.submit_application import submit_application
from app.usecases.casework.work_list import WorkListFilter, work_list
from app.usecases.operations.load_demo import load_demo
from app.wiring import connect
from app.worker import handlers
from tests.support.applications import METER_PHOTO, MUNICIPALITY, SERVICE, new_meter
from tests.support.page_browser import PageBrowser
from tests.support.samples import jpeg_photo
from tests.support.sign_in import PERSONAS, FakeSignIn

ROOT = Path(__file__).parents[2]
#: a Wednesday morning, two days after the usual meter was built in
NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)


class StandingClock:
    """Stands still until told otherwise."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.now

    def move(self, **distance: float) -> None:
        """Go on; named as for ``timedelta``."""
        self.now += timedelta(**distance)


class Desk:
    """Brings applications to where a test begins, by the shortest way."""

    def __init__(self, app, parts) -> None:
        self.app = app
        self.parts = parts

    def begin(self, persona: str = "citizen", **pages) -> UUID:
        """Return the id of a draft with all answers but the photo; ``pages`` replace some."""
        p = self.parts
        with self.app.app_context(), transaction() as session:
            draft = start_draft(
                session,
                MUNICIPALITY,
                SERVICE,
                PERSONAS[persona],
                catalogue=p.catalogue,
                now=p.clock(),
            )
            patch_answers(
                session,
                draft.id,
                PERSONAS[persona],
                new_meter(**pages),
                catalogue=p.catalogue,
                now=p.clock(),
            )
            return draft.id

    def draft(self, persona: str = "citizen", **pages) -> UUID:
        """Return the id of a draft that can be handed in."""
        draft_id, p = self.begin(persona, **pages), self.parts
        with self.app.app_context():
            add_evidence(
                transaction,
                draft_id,
                PERSONAS[persona],
                METER_PHOTO,
                "Zähler im Keller.jpg",
                io.BytesIO(PHOTO),
                documents=p.documents,
                scanner=p.scanner,
                catalogue=p.catalogue,
                now=p.clock(),
            )
            with transaction() as session:
                patch_answers(
                    session,
                    draft_id,
                    PERSONAS[persona],
                    {},
                    catalogue=p.catalogue,
                    now=p.clock(),
                )
        return draft_id

    def case(self, persona: str = "citizen", **pages) -> UUID:
        """Return the id of a case whose receipt is on its way: its first job has not run yet."""
        draft_id, p = self.draft(persona, **pages), self.parts
        with self.app.app_context(), transaction() as session:
            case = submit_application(
                session,
                draft_id,
                PERSONAS[persona],
                declaration=True,
                catalogue=p.catalogue,
                engine=p.engine,
                jobs=p.jobs,
                now=p.clock(),
            )
            return case.id

    def open_task(self, case_id: UUID) -> UUID:
        """Return the id of the one open task of a case."""
        with self.app.app_context(), transaction() as session:
            found = work_list(session, PERSONAS["caseworker"], WorkListFilter(), limit=200)
            [task] = [task for task, case in found.rows if case.id == case_id]
            return task.id


PHOTO = jpeg_photo(320, 240)


@pytest.fixture(scope="session")
def warm_catalogue() -> Catalogue:
    """Versions never change, so all tests of a process may share what was compiled."""
    return Catalogue(Engine())


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def parts(config, clock, warm_catalogue):
    return dataclasses.replace(
        connect(config), sign_in=FakeSignIn(), clock=clock, catalogue=warm_catalogue
    )


@pytest.fixture
def published(app, parts, clock) -> None:
    """The sample service is offered by Musterstadt."""
    with app.app_context(), transaction() as session:
        load_demo(session, ROOT, catalogue=parts.catalogue, now=clock())


@pytest.fixture
def person(app, published) -> Callable[[str], PageBrowser]:
    """``person("citizen")`` is a browser of that persona, ``person("")`` of nobody."""

    def browser(persona: str) -> PageBrowser:
        browser = PageBrowser(app)
        if persona:
            browser.sign_in(persona)
        return browser

    return browser


@pytest.fixture
def citizen(person) -> PageBrowser:
    return person("citizen")


@pytest.fixture
def worker(person) -> PageBrowser:
    return person("caseworker")


@pytest.fixture
def desk(app, parts, published) -> Desk:
    return Desk(app, parts)


@pytest.fixture
def run_jobs(app, parts) -> Callable[[], list[str]]:
    """Run what is due until nothing is left, as the worker would; returns the names."""

    def due():
        now = parts.clock()
        return next((one for one in parts.jobs.jobs if (one.not_before or now) <= now), None)

    def run() -> list[str]:
        done = []
        known = handlers(app, parts)
        while (job := due()) is not None:
            parts.jobs.jobs.remove(job)
            known[job.name](**job.arguments)
            done.append(job.name)
        return done

    return run


@pytest.fixture
def case_id(desk, run_jobs) -> UUID:
    """Id of a case whose receipt has been issued; a case worker's task is open."""
    found = desk.case()
    run_jobs()
    return found


@pytest.fixture
def task_id(desk, case_id) -> UUID:
    return desk.open_task(case_id)
