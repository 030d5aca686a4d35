"""Nachweise, wie die Schnittstelle sie zeigt."""

from typing import Any

from flask import url_for
from marshmallow import Schema, fields

from app.models.evidence import Evidence
from app.web.api.fields import Time


class EvidenceSchema(Schema):
    """One uploaded file."""

    id = fields.UUID(required=True)
    field = fields.String(
        required=True, metadata={"description": "JSON Pointer auf das Feld im Formular"}
    )
    name = fields.String(required=True)
    media_type = fields.String(required=True)
    size_bytes = fields.Integer(required=True)
    sha256 = fields.String(required=True)
    scan = fields.String(
        required=True,
        metadata={
            "enum": ["not_scanned", "waiting", "clean", "infected"],
            "description": "Virenprüfung",
        },
    )
    uploaded_at = Time(required=True)
    content_url = fields.Method("content_address", required=True, metadata={"type": "string"})

    def content_address(self, evidence: Evidence) -> str:
        """Say where its bytes are."""
        return document_address(evidence.id)


def document_address(document_id: Any) -> str:
    """Return the path of a document's bytes."""
    return url_for("documents.content", document_id=document_id)
