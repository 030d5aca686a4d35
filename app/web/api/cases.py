"""Vorgänge: the applicant's or the case worker's view, by role."""

from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.domain.case_status import CASE_STATUS_TEXT, CaseStatus
from app.errors import Missing
from app.models.base import db
from app.models.case import Case
from app.models.case_event import CaseEvent
from app.models.task import Task, case_is_worked_on_by
from app.usecases.applicant.account import OwnCase, own_case
from app.usecases.applicant.withdraw_application import withdraw_application
from app.usecases.casework.view_case import CaseFile, view_case
from app.web.api.blueprint import ApiBlueprint, caller
from app.web.api.body import Body
from app.web.api.case_schemas import (
    CaseListSchema,
    CaseSchema,
    HistorySchema,
    Withdrawal,
    WithdrawnSchema,
)
from app.web.api.fields import rfc3339
from app.web.api.idempotency import answer_once
from app.web.api.mailbox import notice_item
from app.web.api.paging import PageQuery, by_name, newest_first
from app.web.parts import parts

cases = ApiBlueprint("cases", "Vorgänge")


@cases.call(
    "GET",
    "/cases",
    "Eigene Vorgänge, für Sachbearbeitung auch die ihrer Gruppen, neueste zuerst",
    gives=CaseListSchema,
    query=PageQuery,
)
def listing(page: dict[str, Any]) -> dict[str, Any]:
    """List the cases the caller applied for or works on."""
    reader = caller()
    mine = Case.applicant == reader.key
    if reader.works_cases():
        mine = or_(mine, case_is_worked_on_by(reader))
    rows, following = newest_first(
        db.session(), select(Case).where(mine), Case.received_at, Case.id, page
    )
    return {"items": [_item(case) for (case,) in rows], "next_cursor": following}


@cases.call("GET", "/cases/<uuid:case_id>", "Ein Vorgang", gives=CaseSchema)
def case(case_id: UUID) -> dict[str, Any]:
    """Show one case."""
    file = _file(case_id)
    shown = {
        **_item(file.case),
        "answers": file.application.answers,
        "evidence": file.evidence,
        "notices": [notice_item(notice) for notice in file.notices],
        "withdrawal_reason": file.case.withdrawal_reason,
    }
    if isinstance(file, OwnCase):
        return {**shown, "view": "applicant"}
    return {
        **shown,
        "view": "caseworker",
        "tasks": [_task(task) for task in file.tasks],
        "data": file.data,
    }


@cases.call(
    "GET",
    "/cases/<uuid:case_id>/history",
    "Was in einem Vorgang geschah, der Reihe nach",
    gives=HistorySchema,
    query=PageQuery,
)
def history(page: dict[str, Any], case_id: UUID) -> dict[str, Any]:
    """List the lines of the history that the caller may see."""
    file = _file(case_id)
    is_own = isinstance(file, OwnCase)
    shown, following = by_name(file.events, lambda event: f"{event.id:019}", page)
    return {
        "items": [_event(event, file.case, is_own=is_own) for event in shown],
        "next_cursor": following,
    }


@cases.call(
    "POST",
    "/cases/<uuid:case_id>/withdrawal",
    "Den eigenen Antrag zurückziehen, solange nicht entschieden ist",
    gives=WithdrawnSchema,
    takes=Withdrawal,
    key=False,
)
def withdraw(case_id: UUID, body: Body) -> dict[str, Any]:
    """Withdraw the caller's application; once more changes nothing."""
    p = parts()

    def act(session: Session) -> dict[str, Any]:
        case = withdraw_application(
            session,
            case_id,
            caller(),
            reason=body.values["reason"],
            catalogue=p.catalogue,
            engine=p.engine,
            jobs=p.jobs,
            now=p.clock(),
        )
        return {
            "case_id": str(case.id),
            "file_reference": case.file_reference,
            "status": case.status,
            "running": case.running,
            "withdrawn_at": rfc3339(case.withdrawn_at) if case.withdrawn_at else None,
        }

    return answer_once(f"withdraw/{case_id}", body, act)


def _file(case_id: UUID) -> OwnCase | CaseFile:
    p, reader = parts(), caller()
    if reader.works_cases():
        try:
            return view_case(
                db.session(),
                case_id,
                reader,
                catalogue=p.catalogue,
                engine=p.engine,
                now=p.clock(),
            )
        except Missing:
            pass
    return own_case(db.session(), case_id, reader, catalogue=p.catalogue, engine=p.engine)


def _item(case: Case) -> dict[str, Any]:
    return {
        "id": case.id,
        "application_id": case.application_id,
        "file_reference": case.file_reference,
        "municipality": case.municipality_slug,
        "service": case.service_key,
        "service_title": case.service_title,
        "applicant_name": case.applicant_name,
        "status": case.status,
        "status_text": CASE_STATUS_TEXT[CaseStatus(case.status)],
        "milestone": case.milestone,
        "running": case.running,
        "received_at": case.received_at,
        "decided_at": case.decided_at,
        "closed_at": case.closed_at,
        "withdrawn_at": case.withdrawn_at,
    }


def _task(task: Task) -> dict[str, Any]:
    return {
        "id": task.id,
        "name": task.name,
        "queue": task.queue,
        "open": task.is_open,
        "created_at": task.created_at,
        "due_at": task.due_at,
        "claimed_by": task.claimed_by_name,
        "completed_at": task.completed_at,
    }


def _event(event: CaseEvent, case: Case, *, is_own: bool) -> dict[str, Any]:
    """Lay out one line; an applicant is not told which member of staff it was."""
    if not event.actor:
        actor = "system"
    else:
        actor = "applicant" if event.actor == case.applicant else "authority"
    return {
        "id": event.id,
        "at": event.at,
        "kind": event.kind,
        "actor": actor,
        "actor_name": "" if is_own and actor == "authority" else event.actor_name,
        "public": event.public,
        "detail": event.detail,
    }
