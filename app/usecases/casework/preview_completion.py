"""Vorschau: the letters that would go out if a task were completed like this."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.bundles.catalogue import Catalogue
from app.domain.identity import Identity
from app.engine.engine import Engine
from app.errors import Invalid
from app.models.application import Application
from app.models.evidence import evidence_of
from app.models.municipality import Municipality
from app.usecases.casework.open_task import OpenedTask, open_task
from app.usecases.compose_letter import LETTERS_ISSUE, ComposedLetter, compose_letter


@dataclass(frozen=True, slots=True)
class CompletionPreview:
    """The task and the letters that would follow at once; nothing was changed."""

    opened: OpenedTask
    letters: Sequence[ComposedLetter]


def preview_completion(
    session: Session,
    task_id: UUID,
    worker: Identity,
    answers: Mapping[str, Any],
    *,
    catalogue: Catalogue,
    engine: Engine,
    now: datetime,
) -> CompletionPreview:
    """Let the engine take the step in memory and compose the letters it asks for.

    :raises Missing: no such task, or not for this worker.
    :raises TaskDone: it is no longer open.
    :raises TaskNotClaimed: nobody has claimed it.
    :raises TaskTaken: somebody else has claimed it.
    :raises Invalid: the answers do not satisfy the form.
    :raises Incident: the process could not go on.
    """
    opened = open_task(session, task_id, worker, catalogue=catalogue, engine=engine, now=now)
    opened.require_held_by(worker)
    faults = opened.form.check(answers, opened.context)
    if faults:
        raise Invalid(faults)
    changes = {opened.task.form_key: opened.form.effective(answers, opened.context)}
    step = engine.complete(
        opened.bundle.deployment,
        opened.case.process_state,
        opened.task.engine_task_id,
        changes,
        now,
    )
    calls = [call for call in step.calls if call.operator == LETTERS_ISSUE]
    if not calls:
        return CompletionPreview(opened, ())
    application, municipality = session.execute(
        select(Application, Municipality)
        .join(Municipality, Municipality.slug == Application.municipality_slug)
        .where(Application.id == opened.case.application_id)
    ).one()
    evidence = session.scalars(evidence_of(application.id)).all()
    letters = [
        compose_letter(
            opened.case,
            application,
            municipality,
            opened.bundle,
            evidence,
            call,
            step.data,
            now,
            decided_by=worker.name,
        )
        for call in calls
    ]
    return CompletionPreview(opened, letters)
