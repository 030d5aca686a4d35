"""Absenden: hand in an application, by program."""

from typing import Any
from uuid import UUID

from flask import url_for
from sqlalchemy.orm import Session

from app.usecases.applicant.submit_application import submit_application
from app.web.api.application_schemas import Declaration, ReceiptSchema
from app.web.api.blueprint import ApiBlueprint, caller
from app.web.api.body import Body
from app.web.api.fields import rfc3339
from app.web.api.idempotency import answer_once
from app.web.parts import parts

submission = ApiBlueprint("submission", "Absenden")


@submission.call(
    "POST",
    "/applications/<uuid:application_id>/submission",
    "Einen Antrag verbindlich absenden",
    gives=ReceiptSchema,
    status=201,
    takes=Declaration,
    key=True,
)
def submit(application_id: UUID, body: Body) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Close the draft and open its case; the same key gets the same receipt."""
    p = parts()

    def act(session: Session) -> dict[str, Any]:
        now = p.clock()
        case = submit_application(
            session,
            application_id,
            caller(),
            declaration=body.values["declaration"],
            catalogue=p.catalogue,
            engine=p.engine,
            jobs=p.jobs,
            now=now,
        )
        return {
            "case_id": str(case.id),
            "file_reference": case.file_reference,
            "submitted_at": rfc3339(now),
        }

    receipt = answer_once(f"submit/{application_id}", body, act, required=True)
    return receipt, 201, {"Location": url_for("cases.case", case_id=receipt["case_id"])}
