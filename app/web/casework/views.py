"""Arbeit: queues, case page and decision for case workers."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.domain.identity import Identity
from app.errors import FieldFault, Invalid, Missing, Refused
from app.forms.members import REDRAW
from app.models.base import db
from app.models.task import Task
from app.models.transaction import transaction
from app.usecases.casework.claim_task import claim_task, release_task
from app.usecases.casework.complete_task import complete_task
from app.usecases.casework.open_task import open_task
from app.usecases.casework.preview_completion import preview_completion
from app.usecases.casework.view_case import CaseFile, view_case
from app.usecases.casework.work_list import (
    WorkListFilter,
    withdrawn_cases,
    work_counts,
    work_list,
)
from app.usecases.evidence_items import evidence_items
from app.web.casework.history import history
from app.web.cursor import read_cursor, write_cursor
from app.web.identity import signed_in
from app.web.parts import parts

casework = Blueprint("casework", __name__, url_prefix="/arbeit")

_VIEWS = {"meine": "me", "frei": "nobody", "gruppe": ""}


@casework.get("")
def queue() -> ResponseReturnValue:
    """Show the work list: mine, free or all of my groups."""
    worker = _worker()
    view = request.args.get("ansicht", "gruppe")
    wanted = WorkListFilter(
        assignee=_VIEWS.get(view, ""), text=_printable(request.args.get("suche", ""))
    )
    after = read_cursor(request.args.get("ab", ""))
    found = work_list(db.session(), worker, wanted, after=after)
    return render_template(
        "casework/queue.html",
        worker=worker,
        view=view if view in _VIEWS else "gruppe",
        text=wanted.text,
        rows=found.rows,
        counts=work_counts(db.session(), worker, now=parts().clock()),
        following=write_cursor(found.after) if found.after else None,
        now=parts().clock(),
    )


@casework.get("/zurueckgezogen")
def withdrawn() -> ResponseReturnValue:
    """List the cases that applicants withdrew lately."""
    found = withdrawn_cases(db.session(), _worker(), now=parts().clock())
    return render_template("casework/withdrawn.html", cases=found)


@casework.get("/vorgang/<uuid:case_id>")
def case(case_id: UUID) -> ResponseReturnValue:
    """Show a case with the task that is open in it; of several the one asked for."""
    return _show_case(_file(case_id), request.args.get("aufgabe", ""))


@casework.get("/aufgabe/<uuid:task_id>")
def task(task_id: UUID) -> ResponseReturnValue:
    """Lead from a task to its case."""
    worker, p = _worker(), parts()
    opened = open_task(
        db.session(), task_id, worker, catalogue=p.catalogue, engine=p.engine, now=p.clock()
    )
    return redirect(url_for(".case", case_id=opened.case.id, aufgabe=task_id), 303)


@casework.post("/aufgabe/<uuid:task_id>/uebernehmen")
def claim(task_id: UUID) -> ResponseReturnValue:
    """Claim a task and open its case."""
    with transaction() as session:
        taken = claim_task(session, task_id, _worker(), now=parts().clock())
    return redirect(url_for(".case", case_id=taken.case_id, aufgabe=task_id), 303)


@casework.post("/aufgabe/<uuid:task_id>/zuruecklegen")
def release(task_id: UUID) -> ResponseReturnValue:
    """Put a task back into its queue."""
    with transaction() as session:
        released = release_task(session, task_id, _worker(), now=parts().clock())
    return redirect(url_for(".case", case_id=released.case_id, aufgabe=task_id), 303)


@casework.post("/aufgabe/<uuid:task_id>/erledigen")
def complete(task_id: UUID) -> ResponseReturnValue:
    """Complete a task; where a letter would go out, show it first and ask once."""
    p, worker = parts(), _worker()
    opened = open_task(
        db.session(), task_id, worker, catalogue=p.catalogue, engine=p.engine, now=p.clock()
    )
    opened.require_held_by(worker)
    fields = request.form.to_dict(flat=False)
    answers: dict[str, Any] = {}
    for _ in range(2):  # once more, because a page may appear through an answer of another one
        for page in opened.form.visible_pages(answers, opened.context):
            answers[page.id] = opened.form.read_page(page.id, fields, answers, opened.context)
    if "aendern" in fields or not REDRAW.isdisjoint(fields):
        return _show_case(_file(opened.case.id), str(task_id), answers=answers)
    try:
        if "bestaetigt" not in fields:
            preview = preview_completion(
                db.session(),
                task_id,
                worker,
                answers,
                catalogue=p.catalogue,
                engine=p.engine,
                now=p.clock(),
            )
            if preview.letters:
                return render_template(
                    "casework/preview.html",
                    case=opened.case,
                    task=opened.task,
                    letters=[Markup(one.html()) for one in preview.letters],  # noqa: S704 -- escaped by app/letters/html.py
                    titles=[one.text.title for one in preview.letters],
                    fields={key: list(values) for key, values in fields.items() if "." in key},
                )
        with transaction() as session:
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
    except Invalid as invalid:
        file = _file(opened.case.id)
        shown = _show_case(file, str(task_id), answers=answers, faults=invalid.fields)
        return shown, 422
    return redirect(url_for(".case", case_id=opened.case.id, erledigt=1), 303)


@casework.get("/vorgang/<uuid:case_id>/prozess.bpmn")
def diagram(case_id: UUID) -> ResponseReturnValue:
    """Send the BPMN of a case's own version, for the diagram."""
    file = _file(case_id)
    content = file.bundle.files[f"bpmn/{file.case.service_key}/process.bpmn"]
    return Response(content, mimetype="application/xml")


def _printable(text: str) -> str:
    """Keep of a search what can stand in a reference or a name."""
    return "".join(sign for sign in text if sign.isprintable()).strip()[:100]


def _worker() -> Identity:
    worker = signed_in()
    if not worker.works_cases():
        raise Missing("casework") if request.view_args else Refused("casework")
    return worker


def _file(case_id: UUID) -> CaseFile:
    p = parts()
    return view_case(
        db.session(),
        case_id,
        _worker(),
        catalogue=p.catalogue,
        engine=p.engine,
        now=p.clock(),
    )


def _show_case(
    file: CaseFile,
    wanted: str = "",
    *,
    answers: Mapping[str, Any] | None = None,
    faults: Sequence[FieldFault] = (),
) -> str:
    worker = _worker()
    tasks = _possible_tasks(file, worker)
    current = next((one for one in tasks if str(one.id) == wanted), next(iter(tasks), None))
    pages = []
    if current is not None and current.claimed_by == worker.key:
        form = file.bundle.forms[current.form_key]
        shown, context = answers or {}, file.context_of(current)
        pages = [
            form.view_page(page.id, shown, faults, context)
            for page in form.visible_pages(shown, context)
        ]
    values = file.application.answers
    return render_template(
        "casework/case.html",
        worker=worker,
        file=file,
        case=file.case,
        task=current,
        others=[one for one in tasks if one is not current],
        pages=pages,
        faults=faults,
        cards=file.bundle.application_form.summary(
            values, file.application_context, evidence_items(file.evidence)
        ),
        history=history(file.events),
        waiting_at=[file.bundle.deployment.nodes[one].name for one in sorted(file.position.active)],
        errors=[error for page in pages for error in page.errors],
        now=file.now,
    )


def _possible_tasks(file: CaseFile, worker: Identity) -> list[Task]:
    """List the open tasks that are for the worker, those already claimed by them first."""
    roles = {role.value for role in worker.roles}
    mine = [task for task in file.open_tasks if task.claimed_by == worker.key]
    possible = [
        task
        for task in file.open_tasks
        if task not in mine and task.group_key in worker.groups and task.role in roles
    ]
    return [*mine, *possible]
