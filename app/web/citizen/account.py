"""Mein Konto: drafts, cases and the mailbox of an applicant."""

from itertools import chain
from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.domain.case_status import CaseStatus
from app.errors import Invalid
from app.models.base import db
from app.models.transaction import transaction
from app.usecases.applicant.account import (
    OwnCase,
    own_case,
    own_cases,
    own_drafts,
    own_notices,
    read_notice,
    unread_notices,
)
from app.usecases.applicant.download_case import download_case
from app.usecases.applicant.withdraw_application import (
    MAX_REASON,
    can_be_withdrawn,
    withdraw_application,
)
from app.usecases.evidence_items import evidence_items
from app.usecases.find_document import find_document
from app.web.citizen.case_archive import case_archive
from app.web.citizen.timeline import applicant_timeline, what_next
from app.web.documents import keep_safe, send_document
from app.web.identity import signed_in
from app.web.parts import parts
from app.web.zip_stream import zip_stream

account = Blueprint("account", __name__)

_DONE = {CaseStatus.DECIDED, CaseStatus.CLOSED, CaseStatus.WITHDRAWN}


@account.get("/konto")
def overview() -> ResponseReturnValue:
    """Show what was begun, what runs and what is done."""
    citizen, session = signed_in(), db.session()
    cases = own_cases(session, citizen)
    drafts = own_drafts(session, citizen)
    bundles = {draft.id: parts().catalogue.bundle(session, draft.bundle_digest) for draft in drafts}
    running = [case for case in cases if case.status not in _DONE]
    return render_template(
        "citizen/account.html",
        identity=citizen,
        waiting=[case for case in running if case.status == CaseStatus.WAITING],
        drafts=drafts,
        draft_titles={key: bundle.manifest.title for key, bundle in bundles.items()},
        running=[case for case in running if case.status != CaseStatus.WAITING],
        done=[case for case in cases if case.status in _DONE],
        unread=unread_notices(session, citizen),
    )


@account.get("/konto/vorgang/<uuid:case_id>")
def case(case_id: UUID) -> ResponseReturnValue:
    """Show one case: status, timeline, letters and what was handed in."""
    own = _own(case_id)
    cards = own.bundle.application_form.summary(
        own.application.answers, own.context, evidence_items(own.evidence)
    )
    return render_template(
        "citizen/case.html",
        own=own,
        case=own.case,
        cards=cards,
        entries=applicant_timeline(own),
        next_step=what_next(own),
        withdrawable=can_be_withdrawn(own.case),
    )


@account.get("/konto/vorgang/<uuid:case_id>/zurueckziehen")
def withdrawal(case_id: UUID) -> ResponseReturnValue:
    """Ask once whether the application is to be withdrawn, and why."""
    own = _own(case_id)
    if not can_be_withdrawn(own.case):
        return redirect(url_for(".case", case_id=case_id), 303)
    return _ask_for_withdrawal(own, "", "")


@account.post("/konto/vorgang/<uuid:case_id>/zurueckziehen")
def withdraw(case_id: UUID) -> ResponseReturnValue:
    """Withdraw the application, then show its case; a second click finds the same."""
    p, reason = parts(), request.form.get("grund", "")
    try:
        with transaction() as session:
            withdraw_application(
                session,
                case_id,
                signed_in(),
                reason=reason,
                catalogue=p.catalogue,
                engine=p.engine,
                jobs=p.jobs,
                now=p.clock(),
            )
    except Invalid as invalid:
        return _ask_for_withdrawal(_own(case_id), reason, invalid.fields[0].message), 422
    return redirect(url_for(".case", case_id=case_id), 303)


@account.post("/konto/vorgang/<uuid:case_id>/alles")
def download(case_id: UUID) -> ResponseReturnValue:
    """Send everything of one case as an archive, written while it is sent."""
    p = parts()
    with transaction() as session:
        taken = download_case(
            session,
            case_id,
            signed_in(),
            catalogue=p.catalogue,
            engine=p.engine,
            now=p.clock(),
        )
        entries = case_archive(taken, p.documents, p.clock())
        name = f"{taken.own.case.file_reference}.zip"
    archive = zip_stream(entries)
    first = next(archive)  # a store that fails is told while there is still a page to tell it
    return keep_safe(Response(chain([first], archive), mimetype="application/zip"), name)


@account.get("/konto/postfach")
def mailbox() -> ResponseReturnValue:
    """List the letters."""
    return render_template("citizen/mailbox.html", notices=own_notices(db.session(), signed_in()))


@account.get("/konto/postfach/<uuid:notice_id>")
def notice(notice_id: UUID) -> ResponseReturnValue:
    """Show one letter; the first time is recorded."""
    with transaction() as session:
        letter, case, document = read_notice(session, notice_id, signed_in(), now=parts().clock())
    return render_template(
        "citizen/notice.html",
        notice=letter,
        case=case,
        document=document,
        letter=Markup(letter.html),  # noqa: S704 -- made and escaped by app/letters/html.py
    )


@account.get("/dokumente/<uuid:document_id>")
def document(document_id: UUID) -> ResponseReturnValue:
    """Send a letter or a piece of evidence to its owner or the case's workers."""
    found = find_document(db.session(), document_id, signed_in())
    return send_document(found, parts().documents, inline=request.args.get("ansicht") == "1")


def _own(case_id: UUID) -> OwnCase:
    p = parts()
    return own_case(db.session(), case_id, signed_in(), catalogue=p.catalogue, engine=p.engine)


def _ask_for_withdrawal(own: OwnCase, reason: str, error: str) -> str:
    return render_template(
        "citizen/withdrawal.html",
        own=own,
        case=own.case,
        reason=reason,
        error=error,
        max_reason=MAX_REASON,
    )
