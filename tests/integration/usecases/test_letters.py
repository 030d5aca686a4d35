"""Letters are written, stored and announced once, whatever fails in between."""

import dataclasses
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app.bundles.archive import read_folders
from app.models.case import Case
from app.models.incident import IncidentRecord
from app.models.municipality import Adoption
from app.models.notice import Document, Notice
from app.models.timer import Timer
from app.models.transaction import transaction
from app.usecases.operations.retry_case import retry_case
from app.worker import handlers
from storage.documents import StoreUnavailable
from tests.support.applications import MUNICIPALITY, SERVICE, granted
from tests.support.page_browser import html_fields
from tests.support.platform import ROOT
from tests.support.snapshot import snapshot


@pytest.fixture
def pending(desk, parts):
    """The one job that asks for the receipt of a fresh case."""
    desk.case()
    [job] = parts.jobs.jobs
    parts.jobs.jobs.clear()
    assert job.name == "run_service_call"
    return job


class BrokenQueue:
    """A queue whose database has just gone away."""

    def defer(self, *_args) -> None:
        raise OperationalError("INSERT", {}, Exception("the connection broke"))


@pytest.fixture
def run(app, parts):
    """Run a job as the worker would, with some parts replaced."""

    def once(job, **other_parts) -> None:
        known = handlers(app, dataclasses.replace(parts, **other_parts))
        known[job.name](**job.arguments)

    return once


@pytest.fixture
def rows(db_session):
    def read(model):
        db_session.rollback()
        db_session.expire_all()
        return list(db_session.scalars(select(model)))

    return read


@pytest.fixture
def broken_receipt(app, parts, clock, published):
    """Musterstadt offers a version whose receipt needs what an applicant need not have said."""
    path = f"bpmn/{SERVICE}/letters/eingang.toml"
    files = dict(read_folders(ROOT, SERVICE))
    files[path] += (
        b'\n[[block]]\ntype = "paragraph"\ntext = "{antrag.antragsteller[\'telefon\']}"\n'
    )
    with app.app_context(), transaction() as session:
        version = parts.catalogue.publish(session, files, clock())
        session.flush()
        session.get(Adoption, (MUNICIPALITY, SERVICE)).bundle_digest = version.digest


def test_a_letter_is_stored_and_lies_in_the_mailbox(pending, run, rows, parts):
    assert rows(Notice) == []
    run(pending)
    [notice], [document], [case] = rows(Notice), rows(Document), rows(Case)
    assert (notice.kind, notice.recipient) == ("receipt", case.applicant)
    assert b"".join(parts.documents.read(document.object_key)).startswith(b"%PDF")
    assert notice.document_id == document.id
    assert [job.name for job in parts.jobs.jobs] == ["notify_recipient"]
    assert parts.jobs.jobs[0].arguments == {"notice_id": str(notice.id)}


@pytest.mark.promise("P3")
def test_running_the_same_job_again_changes_nothing(pending, run, parts, database_engine):
    run(pending)
    before, objects = snapshot(database_engine), sorted(parts.documents.keys("letters/"))
    parts.jobs.jobs.clear()
    run(pending)
    assert snapshot(database_engine) == before
    assert parts.jobs.jobs == []
    assert sorted(parts.documents.keys("letters/")) == objects


@pytest.mark.promise("P3")
def test_every_handler_may_run_twice(desk, worker, citizen, app, parts, database_engine, clock):
    """Walk through a whole case; each job, and the periodic ones, run twice."""
    known = handlers(app, parts)

    def twice() -> list[str]:
        done = []
        while parts.jobs.jobs:
            job = parts.jobs.jobs.pop(0)
            known[job.name](**job.arguments)
            asked, before = list(parts.jobs.jobs), snapshot(database_engine)
            known[job.name](**job.arguments)
            assert parts.jobs.jobs == asked, job.name
            assert snapshot(database_engine) == before, job.name
            done.append(job.name)
        for name in ("fire_timers", "sweep"):
            known[name]()
            asked, before = list(parts.jobs.jobs), snapshot(database_engine)
            known[name]()
            assert (parts.jobs.jobs, snapshot(database_engine)) == (asked, before), name
        return done

    case_id = desk.case()
    assert twice() == ["run_service_call", "notify_recipient"]
    here = f"/arbeit/aufgabe/{desk.open_task(case_id)}"
    worker.post(f"{here}/uebernehmen")
    worker.post(f"{here}/erledigen", {**html_fields(granted()), "bestaetigt": "1"})
    assert twice() == ["run_service_call", "notify_recipient"]
    clock.now = clock.now.replace(year=2032, month=12)
    known["fire_timers"]()
    assert twice() == ["run_service_call", "notify_recipient"]
    assert len(parts.mail.sent) == 3


def test_while_the_store_is_down_the_job_fails_and_nothing_is_half_done(
    pending, run, parts, database_engine, rows
):
    before = snapshot(database_engine)
    parts.documents.available = False
    for _ in range(2):
        with pytest.raises(StoreUnavailable):
            run(pending)
    assert snapshot(database_engine) == before
    assert parts.jobs.jobs == []

    parts.documents.available = True
    run(pending)
    assert len(rows(Notice)) == 1
    assert rows(IncidentRecord) == []


def test_a_letter_that_fails_after_it_was_stored_is_written_again(
    pending, run, parts, database_engine, rows
):
    before = snapshot(database_engine)
    with pytest.raises(OperationalError):
        run(pending, jobs=BrokenQueue())
    assert snapshot(database_engine) == before
    assert len(list(parts.documents.keys("letters/"))) == 1

    run(pending)
    [document] = rows(Document)
    assert document.object_key in set(parts.documents.keys("letters/"))
    assert len(rows(Notice)) == 1


def test_a_letter_that_cannot_be_written_waits_for_a_person(
    broken_receipt, pending, run, parts, database_engine, rows
):
    before = snapshot(database_engine, "incidents", "case_events")
    for _ in range(2):
        run(pending)
    assert snapshot(database_engine, "incidents", "case_events") == before
    [incident] = rows(IncidentRecord)
    assert incident.case_id == UUID(pending.arguments["case_id"])
    assert incident.resolved_at is None
    assert "Beispiel" not in incident.cause
    assert parts.jobs.jobs == []
    assert list(parts.documents.keys("letters/")) == []


def test_a_broken_letter_does_not_stop_the_decision(broken_receipt, pending, run, worker, desk):
    run(pending)
    task_id = desk.open_task(UUID(pending.arguments["case_id"]))
    assert worker.post(f"/arbeit/aufgabe/{task_id}/uebernehmen").status_code == 303


def test_a_letter_is_dated_in_germany(desk, run, parts, clock, rows):
    clock.now = clock.now.replace(hour=23, minute=30)
    desk.case()
    run(parts.jobs.jobs[0])
    [notice] = rows(Notice)
    assert "19.11.2026" in notice.html
    assert rows(Timer) == []


def test_a_decision_carries_the_name_of_who_took_it(desk, worker, parts, run, rows, run_jobs):
    case_id = desk.case()
    run_jobs()
    here = f"/arbeit/aufgabe/{desk.open_task(case_id)}"
    worker.post(f"{here}/uebernehmen")
    preview = worker.post(f"{here}/erledigen", html_fields(granted()))
    assert "Kim Amtlich" in preview.text.partition("aw-letter__signature")[2]

    worker.post(f"{here}/erledigen", {**html_fields(granted()), "bestaetigt": "1"})
    run_jobs()
    [receipt, decision] = sorted(rows(Notice), key=lambda notice: notice.kind, reverse=True)
    assert (receipt.kind, decision.kind) == ("receipt", "decision")
    assert "Kim Amtlich" in decision.html
    assert "Kim Amtlich" not in receipt.html


def test_a_defect_of_ours_waits_for_a_person_too(pending, run, rows, parts):
    class Store:
        def put(self, *_args) -> None:
            raise ZeroDivisionError

    run(pending, documents=Store())
    [incident] = rows(IncidentRecord)
    assert incident.cause == "ZeroDivisionError"
    assert rows(Notice) == []


def test_a_case_that_stopped_can_be_retried(app, parts, clock, pending, run, rows, worker):
    class Store:
        def put(self, *_args) -> None:
            raise ZeroDivisionError

    run(pending, documents=Store())
    [case] = rows(Case)
    page = f"/arbeit/vorgang/{case.id}"
    assert "Ein Schritt ist fehlgeschlagen" in worker.get(page).text
    with app.app_context(), transaction() as session:
        assert (
            retry_case(
                session,
                case.file_reference,
                catalogue=parts.catalogue,
                engine=parts.engine,
                jobs=parts.jobs,
                now=clock(),
            )
            == 1
        )
    [again] = parts.jobs.jobs
    run(again)
    assert len(rows(Notice)) == 1
    assert "Betrieb kann den Schritt wiederholen" not in worker.get(page).text
