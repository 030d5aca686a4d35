"""Alles herunterladen: what an applicant may take home of one case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.bundles.catalogue import Catalogue
from app.domain.identity import Identity
from app.engine.engine import Engine
from app.models.notice import Document, Notice
from app.usecases.applicant.account import OwnCase, own_case
from app.usecases.case_step import Actor, Happening, record


@dataclass(frozen=True, slots=True)
class TakenHome:
    """A case with the letters that were sent to its applicant, in the order they came."""

    own: OwnCase
    letters: Sequence[Document]


def download_case(
    session: Session,
    case_id: UUID,
    citizen: Identity,
    *,
    catalogue: Catalogue,
    engine: Engine,
    now: datetime,
) -> TakenHome:
    """Load everything of one case and note in its history that it was taken.

    :raises Missing: no such case, or not this citizen's.
    """
    own = own_case(session, case_id, citizen, catalogue=catalogue, engine=engine)
    letters = session.scalars(
        select(Document)
        .join(Notice, Notice.document_id == Document.id)
        .where(Notice.case_id == case_id, Notice.recipient == citizen.key)
        .order_by(Notice.provided_at, Notice.id)
    ).all()
    happening, actor = Happening("downloaded"), Actor(citizen.key, citizen.name)
    record(session, own.case, [happening], actor=actor, now=now)
    return TakenHome(own, letters)
