"""Postfach, wie die Schnittstelle es zeigt."""

from marshmallow import Schema, fields

from app.web.api.fields import Time


class NoticeItemSchema(Schema):
    """A letter in a list."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True, metadata={"enum": ["receipt", "decision", "reminder"]})
    subject = fields.String(required=True)
    case_id = fields.UUID(required=True)
    document_id = fields.UUID(required=True)
    content_url = fields.String(required=True)
    provided_at = Time(required=True, description="Zeitpunkt der Bereitstellung")
    first_read_at = Time(required=True, allow_none=True)


class NoticeListSchema(Schema):
    """A page of letters."""

    items = fields.List(fields.Nested(NoticeItemSchema), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class DocumentSchema(Schema):
    """The PDF of a letter."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    media_type = fields.String(required=True)
    size_bytes = fields.Integer(required=True)
    sha256 = fields.String(required=True)
    content_url = fields.String(required=True)


class NoticeSchema(NoticeItemSchema):
    """A letter with its text."""

    file_reference = fields.String(required=True)
    html = fields.String(required=True, metadata={"description": "barrierefreie Fassung"})
    document = fields.Nested(DocumentSchema, required=True)
