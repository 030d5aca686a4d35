"""Nachweise: upload and remove files of a draft, by program."""

from typing import Any, BinaryIO, Final, cast
from uuid import UUID

from flask import Response, abort, request
from werkzeug.datastructures import FileStorage

from app.errors import FieldFault, Invalid
from app.models.evidence import Evidence
from app.models.transaction import transaction
from app.usecases.applicant.add_evidence import add_evidence
from app.usecases.applicant.remove_evidence import remove_evidence
from app.web import problems
from app.web.api.applications import own_draft
from app.web.api.blueprint import ApiBlueprint, caller
from app.web.api.evidence_schema import EvidenceSchema
from app.web.api.fields import REQUIRED
from app.web.parts import parts

evidence = ApiBlueprint("evidence", "Nachweise")

#: larger than any file we take, so that a file that is too large is named as such
MAX_REQUEST_BYTES: Final = 64 * 1024 * 1024
MULTIPART = "multipart/form-data"
_FIELD_TEXT = "JSON Pointer auf das Feld (/nachweise/foto_zaehler) oder sein Name"


@evidence.call(
    "POST",
    "/applications/<uuid:application_id>/evidence",
    "Einen Nachweis hochladen",
    gives=EvidenceSchema,
    status=201,
    requestBody={
        "required": True,
        "content": {
            MULTIPART: {
                "schema": {
                    "type": "object",
                    "required": ["field", "file"],
                    "properties": {
                        "field": {"type": "string", "description": _FIELD_TEXT},
                        "file": {"type": "string", "format": "binary"},
                    },
                }
            }
        },
    },
)
def upload(application_id: UUID) -> Evidence:
    """Add one file to a field of the form."""
    p = parts()
    request.max_content_length = MAX_REQUEST_BYTES
    field, file = _sent()
    return add_evidence(
        transaction,
        application_id,
        caller(),
        _pointer(application_id, field),
        file.filename or "",
        cast("BinaryIO", file.stream),
        documents=p.documents,
        scanner=p.scanner,
        catalogue=p.catalogue,
        now=p.clock(),
    )


@evidence.call(
    "DELETE",
    "/applications/<uuid:application_id>/evidence/<uuid:evidence_id>",
    "Einen Nachweis entfernen",
    status=204,
)
def remove(application_id: UUID, evidence_id: UUID) -> Response:
    """Take a file out of a draft."""
    p = parts()
    remove_evidence(
        transaction,
        application_id,
        caller(),
        evidence_id,
        documents=p.documents,
        catalogue=p.catalogue,
        now=p.clock(),
    )
    return Response(status=204)


def _sent() -> tuple[str, FileStorage]:
    if request.mimetype != MULTIPART:
        abort(problems.show("media_type", 415))
    field, files = request.form.get("field", ""), request.files.getlist("file")
    code, _, text = REQUIRED.partition(": ")
    faults = [FieldFault("/field", code, text)] if not field else []
    if not files or not files[0].filename:
        faults.append(FieldFault("/file", "required", "Bitte fügen Sie eine Datei bei."))
    elif len(files) > 1:
        message = "Bitte senden Sie jede Datei in einer eigenen Anfrage."
        faults.append(FieldFault("/file", "too_many_files", message))
    if faults:
        raise Invalid(faults)
    return field, files[0]


def _pointer(application_id: UUID, field: str) -> str:
    """Read ``/page/field``, ``page.field`` or a field's name that only one page has."""
    if field.startswith("/"):
        return field
    page, dot, name = field.partition(".")
    if dot:
        return f"/{page}/{name}"
    known: dict[str, Any] = dict(own_draft(application_id).form.evidence)
    found = [pointer for pointer in known if pointer.endswith(f"/{field}")]
    return found[0] if len(found) == 1 else f"/{field}"
