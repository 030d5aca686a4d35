"""Seite speichern: keep one page of the form when it is right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.bundles.catalogue import Catalogue
from app.domain.identity import Identity
from app.errors import FieldFault, Missing
from app.usecases.applicant.draft import Draft, open_draft


@dataclass(frozen=True, slots=True)
class SavedPage:
    """What became of a page: ``faults`` empty means saved.

    ``answers`` holds what was typed in either case, to be shown again; ``next_page`` is the page
    to go on with, None when all are done.
    """

    draft: Draft
    answers: Mapping[str, Any]
    faults: Sequence[FieldFault]
    next_page: str | None


def save_page(
    session: Session,
    application_id: UUID,
    citizen: Identity,
    page_id: str,
    fields: Mapping[str, Sequence[str]],
    *,
    revision: int | None,
    catalogue: Catalogue,
    now: datetime,
) -> SavedPage:
    """Read one page's raw HTML ``fields``, check them and keep them if nothing is wrong.

    :raises Missing: no such draft or page, or not this citizen's.
    :raises AlreadySubmitted: handed in before.
    :raises ChangedMeanwhile: another tab saved since ``revision`` was shown.
    """
    draft = open_draft(session, application_id, citizen, catalogue=catalogue, now=now, lock=True)
    application, form = draft.application, draft.form
    application.require_draft()
    application.require_revision(revision)
    if page_id not in {page.id for page in form.visible_pages(application.answers, draft.context)}:
        raise Missing(page_id)
    typed = form.read_page(page_id, fields, application.answers, draft.context)
    answers = {**application.answers, page_id: typed}
    found = [one for one in draft.infected(answers) if one.pointer.startswith(f"/{page_id}/")]
    faults = [*form.check_page(page_id, answers, draft.context), *found]
    if faults:
        return SavedPage(draft, answers, faults, page_id)
    application.change(answers, now=now, revision=revision)
    application.identity = citizen.to_dict()
    if page_id not in application.completed_pages:
        application.completed_pages = [*application.completed_pages, page_id]
    return SavedPage(draft, answers, (), _page_after(draft, page_id))


def _page_after(draft: Draft, page_id: str) -> str | None:
    pages = [page.id for page in draft.form.visible_pages(draft.application.answers, draft.context)]
    if draft.first_open_page() is None:
        return None
    following = pages[pages.index(page_id) + 1 :] if page_id in pages else []
    return following[0] if following else draft.first_open_page()
