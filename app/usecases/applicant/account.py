"""Mein Konto: what an applicant has begun, handed in and received."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, undefer

from app.bundles.bundle import Bundle
from app.bundles.catalogue import Catalogue
from app.domain.identity import Identity
from app.engine.engine import Engine
from app.errors import Missing
from app.forms.form import FormContext
from app.models.application import Application
from app.models.case import Case
from app.models.case_event import CaseEvent
from app.models.evidence import Evidence, evidence_of
from app.models.municipality import Municipality
from app.models.notice import Document, Notice
from app.usecases.case_step import Actor, Happening, record


@dataclass(frozen=True, slots=True)
class OwnCase:
    """A case as its applicant sees it; ``events`` are the public lines of its history."""

    case: Case
    application: Application
    municipality: Municipality
    bundle: Bundle
    events: Sequence[CaseEvent]
    notices: Sequence[Notice]
    evidence: Sequence[Evidence]
    context: FormContext


def own_drafts(session: Session, citizen: Identity) -> Sequence[Application]:
    """List the drafts, the last changed first."""
    return session.scalars(
        select(Application)
        .where(Application.applicant == citizen.key, Application.submitted_at.is_(None))
        .order_by(Application.updated_at.desc())
        .limit(100)
    ).all()


def own_cases(session: Session, citizen: Identity, *, limit: int = 100) -> Sequence[Case]:
    """List the cases, the newest first."""
    return session.scalars(
        select(Case)
        .where(Case.applicant == citizen.key)
        .order_by(Case.received_at.desc(), Case.id)
        .limit(limit)
    ).all()


def own_case(
    session: Session, case_id: UUID, citizen: Identity, *, catalogue: Catalogue, engine: Engine
) -> OwnCase:
    """Load one case with what its applicant may see.

    :raises Missing: no such case, or not this citizen's.
    """
    row = session.execute(
        select(Case, Application, Municipality)
        .join(Application, Application.id == Case.application_id)
        .join(Municipality, Municipality.slug == Case.municipality_slug)
        .where(Case.id == case_id, Case.applicant == citizen.key)
        .options(undefer(Case.process_state))
    ).one_or_none()
    if row is None:
        raise Missing(str(case_id))
    case, application, municipality = row
    bundle = catalogue.bundle(session, case.bundle_digest)
    values = engine.inspect(bundle.deployment, case.process_state).data
    return OwnCase(
        case=case,
        application=application,
        municipality=municipality,
        bundle=bundle,
        events=session.scalars(
            select(CaseEvent)
            .where(CaseEvent.case_id == case_id, CaseEvent.public.is_(True))
            .order_by(CaseEvent.id)
        ).all(),
        notices=session.scalars(
            select(Notice).where(Notice.case_id == case_id).order_by(Notice.provided_at)
        ).all(),
        evidence=session.scalars(evidence_of(application.id)).all(),
        context=FormContext(now=case.received_at, values=values),
    )


def case_of_application(session: Session, application_id: UUID, citizen: Identity) -> Case:
    """Find the case that a submitted application became.

    :raises Missing: no such case, or not this citizen's.
    """
    case = session.scalar(
        select(Case).where(Case.application_id == application_id, Case.applicant == citizen.key)
    )
    if case is None:
        raise Missing(str(application_id))
    return case


def own_notices(session: Session, citizen: Identity) -> Sequence[tuple[Notice, Case]]:
    """List the letters in the mailbox, the newest first, with their cases."""
    rows = session.execute(
        select(Notice, Case)
        .join(Case, Case.id == Notice.case_id)
        .where(Notice.recipient == citizen.key)
        .order_by(Notice.provided_at.desc(), Notice.id)
        .limit(200)
    ).all()
    return [(notice, case) for notice, case in rows]


def unread_notices(session: Session, citizen: Identity) -> int:
    """Count the letters that were never opened."""
    found = session.scalar(
        select(func.count()).where(Notice.recipient == citizen.key, Notice.first_read_at.is_(None))
    )
    return int(found or 0)


def read_notice(
    session: Session, notice_id: UUID, citizen: Identity, *, now: datetime
) -> tuple[Notice, Case, Document]:
    """Open a letter; the first time is recorded with the case (proof of reading).

    :raises Missing: no such letter, or not this citizen's.
    """
    row = session.execute(
        select(Notice, Case, Document)
        .join(Case, Case.id == Notice.case_id)
        .join(Document, Document.id == Notice.document_id)
        .where(Notice.id == notice_id, Notice.recipient == citizen.key)
    ).one_or_none()
    if row is None:
        raise Missing(str(notice_id))
    notice, case, document = row
    if notice.first_read_at is None:
        held = session.get(Notice, notice_id, with_for_update=True, populate_existing=True)
        if held is not None and held.first_read_at is None:
            held.first_read_at = now
            happening = Happening(
                "notice_read",
                public=True,
                detail={"notice": str(notice_id), "subject": notice.subject},
            )
            record(session, case, [happening], actor=Actor(citizen.key, citizen.name), now=now)
    return notice, case, document
