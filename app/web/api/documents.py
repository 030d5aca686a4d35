"""Dokumente: the bytes of letters and evidence."""

from uuid import UUID

from flask import Response

from app.models.base import db
from app.usecases.find_document import find_document
from app.web.api.blueprint import ApiBlueprint, caller
from app.web.documents import send_document
from app.web.parts import parts

documents = ApiBlueprint("documents", "Dokumente")


@documents.call(
    "GET",
    "/documents/<uuid:document_id>/content",
    "Inhalt eines Schreibens oder Nachweises",
    responses={
        "200": {
            "description": "Die Datei",
            "content": {
                "application/octet-stream": {"schema": {"type": "string", "format": "binary"}}
            },
        }
    },
)
def content(document_id: UUID) -> Response:
    """Stream a document to its owner or the case's workers, as a download."""
    found = find_document(db.session(), document_id, caller())
    return send_document(found, parts().documents, inline=False)
