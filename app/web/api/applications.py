"""Anträge: begin, fill in, look at and discard, by program."""

from typing import Any
from uuid import UUID

from flask import Response, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from app.models.application import Application
from app.models.base import db
from app.models.transaction import transaction
from app.usecases.applicant.account import case_of_application
from app.usecases.applicant.discard_draft import discard_draft
from app.usecases.applicant.draft import Draft, open_draft
from app.usecases.applicant.patch_answers import patch_answers
from app.usecases.applicant.start_draft import start_draft
from app.web.api.application_schemas import (
    ApplicationListSchema,
    ApplicationPatch,
    ApplicationSchema,
    ApplicationStart,
)
from app.web.api.blueprint import ApiBlueprint, caller
from app.web.api.body import JSON, MERGE_PATCH, Body
from app.web.api.idempotency import answer_once
from app.web.api.paging import PageQuery, newest_first
from app.web.parts import parts

applications = ApiBlueprint("applications", "Anträge")


@applications.call(
    "GET",
    "/applications",
    "Eigene Anträge und Entwürfe, zuletzt geänderte zuerst",
    gives=ApplicationListSchema,
    query=PageQuery,
)
def listing(page: dict[str, Any]) -> dict[str, Any]:
    """List the caller's applications."""
    own = (
        select(Application)
        .where(Application.applicant == caller().key)
        .options(defer(Application.answers), defer(Application.identity))
    )
    rows, following = newest_first(db.session(), own, Application.updated_at, Application.id, page)
    return {"items": [_item(application) for (application,) in rows], "next_cursor": following}


@applications.call(
    "POST",
    "/applications",
    "Einen Entwurf beginnen",
    gives=ApplicationSchema,
    status=201,
    takes=ApplicationStart,
    key=False,
)
def start(body: Body) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Open a draft, prefilled from the token, with the answers that came along."""
    p = parts()

    def act(session: Session) -> dict[str, Any]:
        wanted, now = body.values, p.clock()
        application = start_draft(
            session,
            wanted["municipality"],
            wanted["service"],
            caller(),
            catalogue=p.catalogue,
            now=now,
        )
        if wanted["answers"]:
            patch_answers(
                session,
                application.id,
                caller(),
                wanted["answers"],
                catalogue=p.catalogue,
                now=now,
            )
        return {"id": str(application.id)}

    answer = answer_once("start_application", body, act)
    draft = own_draft(UUID(answer["id"]))
    return show(draft), 201, {"Location": url_for(".application", application_id=answer["id"])}


@applications.call(
    "GET",
    "/applications/<uuid:application_id>",
    "Ein Antrag mit Angaben und dem, was noch fehlt",
    gives=ApplicationSchema,
)
def application(application_id: UUID) -> dict[str, Any]:
    """Show one application of the caller."""
    return show(own_draft(application_id))


@applications.call(
    "PATCH",
    "/applications/<uuid:application_id>",
    "Angaben eines Entwurfs ändern (JSON Merge Patch)",
    gives=ApplicationSchema,
    takes=ApplicationPatch,
    media_types=(MERGE_PATCH, JSON),
)
def change(application_id: UUID, body: Body) -> dict[str, Any]:
    """Merge answers into a draft; an object without the member ``answers`` is taken as answers."""
    p = parts()
    is_bare = isinstance(body.content, dict) and "answers" not in body.content
    patch = Body({"answers": body.content}, body.schema) if is_bare else body
    with transaction() as session:
        draft = patch_answers(
            session,
            application_id,
            caller(),
            patch.values["answers"],
            catalogue=p.catalogue,
            now=p.clock(),
        )
    return show(draft)


@applications.call(
    "DELETE", "/applications/<uuid:application_id>", "Einen Entwurf löschen", status=204
)
def discard(application_id: UUID) -> Response:
    """Delete a draft with its files for good."""
    p = parts()
    discard_draft(
        transaction,
        application_id,
        caller(),
        documents=p.documents,
        catalogue=p.catalogue,
        now=p.clock(),
    )
    return Response(status=204)


def own_draft(application_id: UUID) -> Draft:
    """Load an application of the caller, submitted or not.

    :raises Missing: no such application, or not the caller's.
    """
    p = parts()
    return open_draft(db.session(), application_id, caller(), catalogue=p.catalogue, now=p.clock())


def show(draft: Draft) -> dict[str, Any]:
    """Lay out an application; once it is submitted nothing is missing any more."""
    application = draft.application
    shown = {
        **_item(application),
        "answers": application.answers,
        "pages": _pages(draft),
        "evidence": draft.evidence,
    }
    if application.submitted_at is not None:
        shown["case_id"] = case_of_application(db.session(), application.id, caller()).id
    return shown


def _pages(draft: Draft) -> list[dict[str, Any]]:
    application = draft.application
    faults = draft.faults() if application.submitted_at is None else []
    pages = []
    for page in draft.form.visible_pages(application.answers, draft.context):
        here = [one for one in faults if one.pointer.split("/")[1:2] == [page.id]]
        pages.append({"id": page.id, "title": page.title, "complete": not here, "faults": here})
    return pages


def _item(application: Application) -> dict[str, Any]:
    return {
        "id": application.id,
        "municipality": application.municipality_slug,
        "service": application.service_key,
        "state": "draft" if application.submitted_at is None else "submitted",
        "revision": application.revision,
        "created_at": application.created_at,
        "updated_at": application.updated_at,
        "submitted_at": application.submitted_at,
    }
