"""Antrag ausfüllen: the pages of a form, the check page and submission."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.errors import AlreadySubmitted, ChangedMeanwhile, FieldFault, Invalid, Missing
from app.forms.members import REDRAW
from app.models.base import db
from app.models.transaction import transaction
from app.usecases.applicant.account import case_of_application
from app.usecases.applicant.add_evidence import MAX_EVIDENCE_BYTES
from app.usecases.applicant.discard_draft import discard_draft
from app.usecases.applicant.draft import Draft, open_draft
from app.usecases.applicant.keep_page import keep_page
from app.usecases.applicant.save_page import save_page
from app.usecases.applicant.submit_application import submit_application
from app.web.body_size import takes_up_to
from app.web.citizen.page_files import remove_file, take_files
from app.web.identity import signed_in
from app.web.parts import parts

application_pages = Blueprint("application_pages", __name__, url_prefix="/antrag")


@application_pages.get("/<uuid:application_id>/")
def resume(application_id: UUID) -> ResponseReturnValue:
    """Go to the first page that is not done, or to the check page."""
    draft = _draft(application_id)
    if draft.application.submitted_at is not None:
        return redirect(url_for(".receipt", application_id=application_id), 303)
    page_id = draft.first_open_page()
    if page_id is None:
        return redirect(url_for(".review", application_id=application_id), 303)
    return redirect(url_for(".page", application_id=application_id, page_id=page_id), 303)


@application_pages.get("/<uuid:application_id>/seite/<page_id>")
def page(application_id: UUID, page_id: str) -> ResponseReturnValue:
    """Show one page; a page beyond the first open one leads back to that (TR-03172-3 A3.3.01)."""
    draft = _draft(application_id)
    if draft.application.submitted_at is not None:
        return redirect(url_for(".receipt", application_id=application_id), 303)
    if page_id not in {one.id for one in draft.form.pages}:
        raise Missing(page_id)
    order, first_open = _page_ids(draft), draft.first_open_page()
    if page_id not in order:
        return redirect(url_for(".resume", application_id=application_id), 303)
    if first_open in order and order.index(page_id) > order.index(first_open):
        return redirect(url_for(".page", application_id=application_id, page_id=first_open), 303)
    return _show_page(draft, page_id, draft.application.answers, ())


@application_pages.post("/<uuid:application_id>/seite/<page_id>")
@takes_up_to(MAX_EVIDENCE_BYTES)
def save(application_id: UUID, page_id: str) -> ResponseReturnValue:
    """Keep a page; its buttons also upload, remove a file, or stop for today.

    Others only show it again: with the questions that follow, with an entry more or less.
    """
    fields = request.form.to_dict(flat=False)
    try:
        return _take_page(application_id, page_id, fields)
    except ChangedMeanwhile:
        return _show_conflict(application_id, page_id, fields)


def _take_page(
    application_id: UUID, page_id: str, fields: Mapping[str, Sequence[str]]
) -> ResponseReturnValue:
    seen = _revision(fields)
    here = url_for(".page", application_id=application_id, page_id=page_id)
    if not REDRAW.isdisjoint(fields):
        return _show_typed(application_id, page_id, fields, (), seen)
    action = next((one for one in ("entfernen", "hochladen", "spaeter") if one in fields), "weiter")
    if action != "weiter":
        _keep(application_id, page_id, fields, seen)
        seen = None  # what was typed is kept: the page may be shown again as it now is
    if action == "entfernen":
        remove_file(application_id, fields["entfernen"][0])
        return redirect(here, 303)
    uploaded, refused = take_files(application_id, page_id)
    seen = None if seen is None else seen + uploaded
    if refused:
        return _show_typed(application_id, page_id, fields, refused, seen)
    if action == "hochladen":
        return redirect(here, 303)
    if action == "spaeter":
        return redirect(url_for("account.overview"), 303)
    return _advance(application_id, page_id, fields, seen)


@application_pages.get("/<uuid:application_id>/pruefen")
def review(application_id: UUID) -> ResponseReturnValue:
    """Show everything once more before it becomes binding."""
    draft = _draft(application_id)
    if draft.application.submitted_at is not None:
        return redirect(url_for(".receipt", application_id=application_id), 303)
    if draft.first_open_page() is not None:
        return redirect(url_for(".resume", application_id=application_id), 303)
    return _show_review(draft, ())


@application_pages.get("/<uuid:application_id>/absenden")
@application_pages.get("/<uuid:application_id>/loeschen")
def back_to_review(application_id: UUID) -> ResponseReturnValue:
    """Lead who typed or reloaded the address of a button back to the check page."""
    _draft(application_id)
    return redirect(url_for(".review", application_id=application_id), 303)


@application_pages.post("/<uuid:application_id>/absenden")
def submit(application_id: UUID) -> ResponseReturnValue:
    """Hand in a draft, then show its receipt; a second click finds the same receipt."""
    p = parts()
    try:
        with transaction() as session:
            submit_application(
                session,
                application_id,
                signed_in(),
                declaration=request.form.get("erklaerung") == "ja",
                revision=_revision(request.form.to_dict(flat=False)),
                catalogue=p.catalogue,
                engine=p.engine,
                jobs=p.jobs,
                now=p.clock(),
            )
    except AlreadySubmitted:
        return redirect(url_for(".receipt", application_id=application_id), 303)
    except ChangedMeanwhile:
        return _show_review(_draft(application_id), (), conflict=True), 409
    except Invalid as invalid:
        return _show_review(_draft(application_id), invalid.fields), 422
    return redirect(url_for(".receipt", application_id=application_id), 303)


@application_pages.get("/<uuid:application_id>/eingegangen")
def receipt(application_id: UUID) -> ResponseReturnValue:
    """Show the file reference and what happens next."""
    draft = _draft(application_id)
    case = case_of_application(db.session(), application_id, signed_in())
    return render_template(
        "citizen/receipt.html",
        municipality=draft.municipality,
        service=draft.bundle.manifest,
        case=case,
    )


@application_pages.post("/<uuid:application_id>/loeschen")
def discard(application_id: UUID) -> ResponseReturnValue:
    """Delete a draft for good."""
    p = parts()
    discard_draft(
        transaction,
        application_id,
        signed_in(),
        documents=p.documents,
        catalogue=p.catalogue,
        now=p.clock(),
    )
    return redirect(url_for("account.overview"), 303)


def _draft(application_id: UUID) -> Draft:
    p = parts()
    return open_draft(
        db.session(), application_id, signed_in(), catalogue=p.catalogue, now=p.clock()
    )


def _keep(
    application_id: UUID, page_id: str, fields: Mapping[str, Sequence[str]], seen: int | None
) -> None:
    p = parts()
    with transaction() as session:
        keep_page(
            session,
            application_id,
            signed_in(),
            page_id,
            fields,
            revision=seen,
            catalogue=p.catalogue,
            now=p.clock(),
        )


def _advance(
    application_id: UUID, page_id: str, fields: Mapping[str, Sequence[str]], seen: int | None
) -> ResponseReturnValue:
    p = parts()
    with transaction() as session:
        saved = save_page(
            session,
            application_id,
            signed_in(),
            page_id,
            fields,
            revision=seen,
            catalogue=p.catalogue,
            now=p.clock(),
        )
    if saved.faults:
        return _show_page(saved.draft, page_id, saved.answers, saved.faults)
    if saved.next_page is None or "zur_pruefung" in fields:
        return redirect(url_for(".resume", application_id=application_id), 303)
    return redirect(url_for(".page", application_id=application_id, page_id=saved.next_page), 303)


def _page_ids(draft: Draft) -> list[str]:
    return [one.id for one in draft.form.visible_pages(draft.application.answers, draft.context)]


def _show_typed(
    application_id: UUID,
    page_id: str,
    fields: Mapping[str, Sequence[str]],
    faults: Sequence[FieldFault],
    seen: int | None,
) -> ResponseReturnValue:
    draft = _draft(application_id)
    answers = draft.application.answers
    typed = draft.form.read_page(page_id, fields, answers, draft.context)
    return _show_page(draft, page_id, {**answers, page_id: typed}, faults, seen)


def _show_conflict(
    application_id: UUID, page_id: str, fields: Mapping[str, Sequence[str]]
) -> ResponseReturnValue:
    """Show what was typed once more, with the state it would now replace."""
    draft = _draft(application_id)
    if page_id not in _page_ids(draft):
        raise ChangedMeanwhile(str(application_id))
    answers = draft.application.answers
    typed = draft.form.read_page(page_id, fields, answers, draft.context)
    shown, _ = _show_page(draft, page_id, {**answers, page_id: typed}, (), conflict=True)
    return shown, 409


def _show_page(
    draft: Draft,
    page_id: str,
    answers: Mapping[str, Any],
    faults: Sequence[FieldFault],
    seen: int | None = None,
    *,
    conflict: bool = False,
) -> tuple[str, int]:
    form = draft.form
    order = [one.id for one in form.visible_pages(answers, draft.context)]
    if page_id not in order:
        raise Missing(page_id)
    place = order.index(page_id)
    view = form.view_page(page_id, answers, faults, draft.context, draft.evidence_items())
    html = render_template(
        "citizen/form_page.html",
        municipality=draft.municipality,
        service=draft.bundle.manifest,
        application=draft.application,
        revision=draft.application.revision if seen is None else seen,
        page=view,
        faults=faults,
        step=place + 1,
        steps=_steps(draft, order),
        previous=order[place - 1] if place else None,
        reviewing=draft.first_open_page() is None,
        conflict=conflict,
    )
    return html, 422 if faults else 200


def _show_review(draft: Draft, faults: Sequence[FieldFault], *, conflict: bool = False) -> str:
    answers = draft.application.answers
    return render_template(
        "citizen/review.html",
        municipality=draft.municipality,
        service=draft.bundle.manifest,
        application=draft.application,
        cards=draft.form.summary(answers, draft.context, draft.evidence_items()),
        faults=faults,
        conflict=conflict,
        steps=len(_page_ids(draft)) + 1,
    )


def _steps(draft: Draft, order: Sequence[str]) -> int | None:
    """Count the pages and the check page; nobody knows how many before the first answer."""
    return len(order) + 1 if draft.application.completed_pages else None


def _revision(fields: Mapping[str, Sequence[str]]) -> int | None:
    """Read the state that the sent page was made from; None if it does not say."""
    text = fields.get("revision", [""])[0]
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else None
