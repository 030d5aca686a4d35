"""Antrag absenden: close the draft and open a case."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from app.bundles.case_values import case_values
from app.bundles.catalogue import Catalogue
from app.connectors.jobs import JobQueue
from app.domain.case_status import CaseStatus
from app.domain.file_reference import file_reference
from app.domain.identity import Identity
from app.engine.engine import Engine
from app.errors import AssuranceTooLow, DeclarationMissing, FieldFault, Invalid
from app.models.case import Case, file_reference_numbers
from app.models.evidence import Evidence
from app.usecases.applicant.draft import open_draft
from app.usecases.case_step import Actor, Happening, save_step


def submit_application(
    session: Session,
    application_id: UUID,
    citizen: Identity,
    *,
    declaration: bool,
    revision: int | None = None,
    catalogue: Catalogue,
    engine: Engine,
    jobs: JobQueue,
    now: datetime,
) -> Case:
    """Close the citizen's draft for good, give it a file reference and start its process.

    ``revision`` is the state the citizen saw last; None: what stands there counts.

    Files of fields that the final answers no longer ask for are not handed on but removed.
    Adds to ``session`` and leaves the commit to the caller; ``now`` is aware and in UTC.

    :raises Missing: no such draft, or not this citizen's.
    :raises AlreadySubmitted: handed in before.
    :raises ChangedMeanwhile: it is no longer what the citizen saw.
    :raises AssuranceTooLow: the service demands a stronger sign-in.
    :raises DeclarationMissing: the declaration was not made.
    :raises Invalid: the answers do not satisfy the form.
    :raises Incident: the process cannot start.
    """
    draft = open_draft(session, application_id, citizen, catalogue=catalogue, now=now, lock=True)
    application, bundle = draft.application, draft.bundle
    application.require_draft()
    application.require_revision(revision)
    if citizen.assurance < bundle.manifest.assurance:
        raise AssuranceTooLow(application.service_key)
    if not declaration:
        message = "Bitte bestätigen Sie die Erklärung, bevor Sie absenden."
        raise DeclarationMissing([FieldFault("/declaration", "required", message)])
    faults = draft.faults()
    if faults:
        raise Invalid(faults)

    answers = draft.form.effective(application.answers, draft.context)
    application.submit(at=now)
    application.answers = answers
    for file in draft.evidence:
        if not _is_named(file, answers):
            session.delete(file)  # its bytes go with the next sweep
    application.identity = citizen.to_dict()
    number = session.scalar(file_reference_numbers.next_value())
    reference = file_reference(draft.municipality.file_reference_prefix, int(number or 0), now)
    values = case_values(
        file_reference=reference,
        received_at=now,
        municipality=draft.municipality.name,
        applicant=citizen,
        settings=draft.settings,
    )
    step = engine.start(bundle.deployment, {"antrag": answers, "vorgang": values}, now)
    case = Case(
        id=uuid4(),
        application_id=application.id,
        municipality_slug=application.municipality_slug,
        service_key=application.service_key,
        service_title=bundle.manifest.title,
        bundle_digest=bundle.digest,
        file_reference=reference,
        applicant=citizen.key,
        applicant_name=citizen.name,
        status=CaseStatus.RECEIVED.value,
        milestone="",
        running=True,
        received_at=now,
        decided_at=None,
        closed_at=None,
        revision=0,
        process_state=step.state,
    )
    session.add(case)
    save_step(
        session,
        case,
        bundle,
        step,
        actor=Actor(citizen.key, citizen.name),
        happenings=[Happening("submitted", public=True)],
        jobs=jobs,
        now=now,
        is_new=True,
    )
    return case


def _is_named(file: Evidence, answers: Mapping[str, Any]) -> bool:
    """Tell whether the answers still hold the file; a field is ``/<page>/<name>``."""
    page, name = file.field.removeprefix("/").split("/", 1)
    return str(file.id) in answers.get(page, {}).get(name, ())
