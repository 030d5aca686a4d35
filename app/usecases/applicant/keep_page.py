"""Zwischenstand: keep what was typed on a page as it is, right or not."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.bundles.catalogue import Catalogue
from app.domain.identity import Identity
from app.errors import Missing
from app.usecases.applicant.draft import open_draft


def keep_page(
    session: Session,
    application_id: UUID,
    citizen: Identity,
    page_id: str,
    fields: Mapping[str, Sequence[str]],
    *,
    revision: int | None,
    catalogue: Catalogue,
    now: datetime,
) -> None:
    """Keep a page on the way to an upload or a break; it still counts as open until it is right.

    A page that says nothing new is kept whatever ``revision`` it was shown with.

    :raises Missing: no such draft or page, or not this citizen's.
    :raises AlreadySubmitted: handed in before.
    :raises ChangedMeanwhile: another tab saved since ``revision`` was shown.
    """
    draft = open_draft(session, application_id, citizen, catalogue=catalogue, now=now, lock=True)
    application = draft.application
    application.require_draft()
    visible = draft.form.visible_pages(application.answers, draft.context)
    if page_id not in {page.id for page in visible}:
        raise Missing(page_id)
    typed = draft.form.read_page(page_id, fields, application.answers, draft.context)
    if typed != application.answers.get(page_id, {}):
        application.change({**application.answers, page_id: typed}, now=now, revision=revision)
