"""Anhörung im Betrieb: the small service is offered, and cases of it are begun.

Fixtures; a ``conftest.py`` that needs them imports them by name.
"""

from uuid import UUID

import pytest
from sqlalchemy import select

from app.engine.step import Snapshot
from app.models.case import Case
from app.models.municipality import Adoption
from app.models.task import Task
from app.models.transaction import transaction
from app.usecases.applicant.patch_answers import patch_answers
from app.usecases.applicant.start_draft import start_draft
from app.usecases.applicant.submit_application import submit_application
from app.usecases.casework.claim_task import claim_task
from app.usecases.casework.complete_task import complete_task
from tests.support.applications import MUNICIPALITY
from tests.support.hearing import KEY, USUAL, Variant, application, hearing_files
from tests.support.sign_in import PERSONAS


class HearingDesk:
    """Begins cases and completes their tasks without pages."""

    def __init__(self, app, parts) -> None:
        self.app = app
        self.parts = parts

    def offer(self, municipality: str = MUNICIPALITY, variant: Variant = USUAL) -> None:
        """Let a municipality offer the service."""
        p = self.parts
        with self.app.app_context(), transaction() as session:
            version = p.catalogue.publish(session, hearing_files(variant), p.clock())
            session.flush()
            values = {
                "municipality_slug": municipality,
                "service_key": KEY,
                "bundle_digest": version.digest,
                "settings": {},
                "published_at": p.clock(),
            }
            session.merge(Adoption(**values))

    def case(
        self, reference: str = "", offices: tuple[str, ...] = (), municipality: str = MUNICIPALITY
    ) -> UUID:
        """Hand in an application and return the id of its case."""
        p, person = self.parts, PERSONAS["citizen"]
        with self.app.app_context(), transaction() as session:
            draft = start_draft(
                session, municipality, KEY, person, catalogue=p.catalogue, now=p.clock()
            )
            patch_answers(
                session,
                draft.id,
                person,
                application(reference, offices),
                catalogue=p.catalogue,
                now=p.clock(),
            )
            case = submit_application(
                session,
                draft.id,
                person,
                declaration=True,
                catalogue=p.catalogue,
                engine=p.engine,
                jobs=p.jobs,
                now=p.clock(),
            )
            return case.id

    def tasks(self, case_id: UUID) -> dict[str, UUID]:
        """Return the open tasks of a case by name."""
        with self.app.app_context(), transaction() as session:
            tasks = session.scalars(
                select(Task)
                .where(
                    Task.case_id == case_id,
                    Task.completed_at.is_(None),
                    Task.cancelled_at.is_(None),
                )
                .order_by(Task.id)
            )
            return {task.name: task.id for task in tasks}

    def complete(self, task_id: UUID, answers) -> None:
        """Claim a task and complete it."""
        p, worker = self.parts, PERSONAS["caseworker"]
        with self.app.app_context(), transaction() as session:
            claim_task(session, task_id, worker, now=p.clock())
            complete_task(
                session,
                task_id,
                worker,
                answers,
                catalogue=p.catalogue,
                engine=p.engine,
                jobs=p.jobs,
                now=p.clock(),
            )

    def row(self, case_id: UUID) -> Case:
        """Read the row of a case afresh."""
        with self.app.app_context(), transaction() as session:
            return session.get_one(Case, case_id, populate_existing=True)

    def inside(self, case_id: UUID) -> Snapshot:
        """Look into the process of a case."""
        p = self.parts
        with self.app.app_context(), transaction() as session:
            case = session.get_one(Case, case_id, populate_existing=True)
            bundle = p.catalogue.bundle(session, case.bundle_digest)
            return p.engine.inspect(bundle.deployment, case.process_state)


@pytest.fixture
def hearing(app, parts, published) -> HearingDesk:
    """The service is offered by Musterstadt."""
    desk = HearingDesk(app, parts)
    desk.offer()
    return desk
