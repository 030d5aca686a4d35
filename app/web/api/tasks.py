"""Aufgaben: work list, claim, release and completion, by program."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import request
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import Missing, Refused
from app.models.base import db
from app.models.case import Case
from app.models.evidence import Evidence
from app.models.task import Task, open_tasks_for
from app.usecases.casework.claim_task import claim_task, release_task
from app.usecases.casework.complete_task import complete_task
from app.usecases.casework.open_task import OpenedTask, open_task
from app.usecases.casework.work_list import WorkListFilter, work_list
from app.web.api.blueprint import ApiBlueprint, caller
from app.web.api.body import Body
from app.web.api.fields import rfc3339
from app.web.api.form_shape import form_shape
from app.web.api.idempotency import answer_once
from app.web.api.task_schemas import (
    ClaimSchema,
    Completion,
    NoContent,
    ProgressSchema,
    TaskDetailSchema,
    TaskListSchema,
    TaskQuery,
)
from app.web.cursor import read_cursor, write_cursor
from app.web.parts import parts

tasks = ApiBlueprint("tasks", "Aufgaben")


def require_case_work() -> None:
    """Keep everybody out who works on no cases; a single task does not exist for them."""
    if not caller().works_cases():
        raise Missing("tasks") if request.view_args else Refused("tasks")


tasks.before_request(require_case_work)


@tasks.call("GET", "/tasks", "Arbeitsliste nach Frist", gives=TaskListSchema, query=TaskQuery)
def listing(query: dict[str, Any]) -> dict[str, Any]:
    """List the open tasks of the caller's groups."""
    wanted = WorkListFilter(
        assignee=query["assignee"],
        queue=query["queue"],
        service=query["service"],
        due_before=query["due_before"],
        text=query["q"].strip(),
    )
    found = work_list(
        db.session(),
        caller(),
        wanted,
        after=read_cursor(query["cursor"]),
        limit=query["limit"],
    )
    return {
        "items": [_item(task, case) for task, case in found.rows],
        "next_cursor": write_cursor(found.after) if found.after else None,
    }


@tasks.call(
    "GET",
    "/tasks/<uuid:task_id>",
    "Eine Aufgabe mit Formular und Daten",
    gives=TaskDetailSchema,
)
def task(task_id: UUID) -> dict[str, Any]:
    """Show one open task."""
    opened = _open(db.session(), task_id)
    evidence = db.session().scalars(
        select(Evidence)
        .where(Evidence.application_id == opened.case.application_id)
        .order_by(Evidence.uploaded_at, Evidence.id)
    )
    return {
        **_item(opened.task, opened.case),
        "form": form_shape(opened.form),
        "data": opened.data,
        "evidence": evidence.all(),
        "case": opened.case,
    }


@tasks.call(
    "POST",
    "/tasks/<uuid:task_id>/claim",
    "Eine Aufgabe übernehmen",
    gives=ClaimSchema,
    takes=NoContent,
    key=False,
)
def claim(task_id: UUID, body: Body) -> dict[str, Any]:
    """Make the caller the one who holds the task."""

    def act(session: Session) -> dict[str, Any]:
        body.values  # noqa: B018 - refuses what nobody would read
        return _claim(claim_task(session, task_id, caller(), now=parts().clock()))

    return answer_once(f"claim/{task_id}", body, act)


@tasks.call(
    "POST",
    "/tasks/<uuid:task_id>/release",
    "Eine Aufgabe zurücklegen",
    gives=ClaimSchema,
    takes=NoContent,
    key=False,
)
def release(task_id: UUID, body: Body) -> dict[str, Any]:
    """Put the task back into its queue."""

    def act(session: Session) -> dict[str, Any]:
        body.values  # noqa: B018 - refuses what nobody would read
        return _claim(release_task(session, task_id, caller(), now=parts().clock()))

    return answer_once(f"release/{task_id}", body, act)


@tasks.call(
    "POST",
    "/tasks/<uuid:task_id>/completion",
    "Eine Aufgabe erledigen",
    gives=ProgressSchema,
    takes=Completion,
    key=False,
)
def complete(task_id: UUID, body: Body) -> dict[str, Any]:
    """Check the form and move the process on; says what is to do next in the same case."""
    p = parts()

    def act(session: Session) -> dict[str, Any]:
        opened = complete_task(
            session,
            task_id,
            caller(),
            _by_page(session, task_id, body.values["answers"]),
            catalogue=p.catalogue,
            engine=p.engine,
            jobs=p.jobs,
            now=p.clock(),
        )
        following = session.scalars(
            open_tasks_for(caller())
            .with_only_columns(Task, maintain_column_froms=True)
            .where(Task.case_id == opened.case.id)
            .order_by(Task.created_at, Task.id)
        )
        return {
            "case_id": str(opened.case.id),
            "status": opened.case.status,
            "next_tasks": [_next(one) for one in following],
        }

    return answer_once(f"complete/{task_id}", body, act)


def _open(session: Session, task_id: UUID) -> OpenedTask:
    p = parts()
    return open_task(
        session, task_id, caller(), catalogue=p.catalogue, engine=p.engine, now=p.clock()
    )


def _by_page(session: Session, task_id: UUID, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """Put the answers of a form with a single page below that page, if they are not there yet.

    No answer of a form is an object, so a value that is none shows that the pages were left out.
    """
    if all(isinstance(value, Mapping) for value in answers.values()):
        return answers
    pages = _open(session, task_id).form.pages
    return {pages[0].id: answers} if len(pages) == 1 else answers


def _item(task: Task, case: Case) -> dict[str, Any]:
    return {
        "id": task.id,
        "name": task.name,
        "queue": task.queue,
        "form_key": task.form_key,
        "case_id": case.id,
        "file_reference": case.file_reference,
        "service": case.service_key,
        "service_title": case.service_title,
        "municipality": task.municipality_slug,
        "applicant_name": case.applicant_name,
        "created_at": task.created_at,
        "due_at": task.due_at,
        "claimed_by": task.claimed_by_name,
        "claimed_by_me": task.claimed_by == caller().key,
        "claimed_at": task.claimed_at,
    }


def _claim(task: Task) -> dict[str, Any]:
    return {
        "id": str(task.id),
        "case_id": str(task.case_id),
        "claimed_by_me": task.claimed_by == caller().key,
        "claimed_at": rfc3339(task.claimed_at) if task.claimed_at else None,
    }


def _next(task: Task) -> dict[str, Any]:
    return {
        "id": str(task.id),
        "name": task.name,
        "queue": task.queue,
        "form_key": task.form_key,
        "due_at": rfc3339(task.due_at) if task.due_at else None,
    }
