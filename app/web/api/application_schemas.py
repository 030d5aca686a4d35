"""Anträge, wie die Schnittstelle sie nimmt und zeigt."""

from marshmallow import Schema, fields

from app.web.api.evidence_schema import EvidenceSchema
from app.web.api.fields import Answers, ApiSchema, Flag, Text, Time
from app.web.api.problem_schema import FaultSchema


class ApplicationStart(ApiSchema):
    """What a draft begins with."""

    municipality = Text(required=True, metadata={"examples": ["musterstadt"]})
    service = Text(required=True, metadata={"examples": ["wasserzwischenzaehler"]})
    answers = Answers(load_default=dict)


class ApplicationPatch(ApiSchema):
    """A JSON Merge Patch of a draft (RFC 7396): null removes an answer."""

    answers = Answers(required=True, removable=True)


class Declaration(ApiSchema):
    """The declaration under an application."""

    declaration = Flag(required=True)


class PageSchema(Schema):
    """One page of the form and what is missing or wrong on it."""

    id = fields.String(required=True)
    title = fields.String(required=True)
    complete = fields.Boolean(required=True)
    faults = fields.List(fields.Nested(FaultSchema), required=True)


class ApplicationItemSchema(Schema):
    """An application in a list."""

    id = fields.UUID(required=True)
    municipality = fields.String(required=True)
    service = fields.String(required=True)
    state = fields.String(required=True, metadata={"enum": ["draft", "submitted"]})
    revision = fields.Integer(required=True)
    created_at = Time(required=True)
    updated_at = Time(required=True)
    submitted_at = Time(required=True, allow_none=True)


class ApplicationListSchema(Schema):
    """A page of applications."""

    items = fields.List(fields.Nested(ApplicationItemSchema), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class ApplicationSchema(ApplicationItemSchema):
    """An application with answers, pages and evidence."""

    answers = fields.Dict(required=True)
    pages = fields.List(fields.Nested(PageSchema), required=True)
    evidence = fields.List(fields.Nested(EvidenceSchema), required=True)
    case_id = fields.UUID()


class ReceiptSchema(Schema):
    """What became of a submitted application."""

    case_id = fields.UUID(required=True)
    file_reference = fields.String(required=True)
    submitted_at = Time(required=True)
