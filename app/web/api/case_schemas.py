"""Vorgänge, wie die Schnittstelle sie zeigt."""

from marshmallow import Schema, fields

from app.domain.case_status import CaseStatus
from app.usecases.applicant.withdraw_application import MAX_REASON
from app.web.api.evidence_schema import EvidenceSchema
from app.web.api.fields import ApiSchema, Text, Time
from app.web.api.mailbox_schemas import NoticeItemSchema


class CaseItemSchema(Schema):
    """A case in a list."""

    id = fields.UUID(required=True)
    application_id = fields.UUID(required=True)
    file_reference = fields.String(required=True)
    municipality = fields.String(required=True)
    service = fields.String(required=True)
    service_title = fields.String(required=True)
    applicant_name = fields.String(required=True)
    status = fields.String(required=True, metadata={"enum": [str(one) for one in CaseStatus]})
    status_text = fields.String(required=True)
    milestone = fields.String(required=True)
    running = fields.Boolean(required=True)
    received_at = Time(required=True)
    decided_at = Time(required=True, allow_none=True)
    closed_at = Time(required=True, allow_none=True)
    withdrawn_at = Time(required=True, allow_none=True)


class CaseListSchema(Schema):
    """A page of cases."""

    items = fields.List(fields.Nested(CaseItemSchema), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class CaseTaskSchema(Schema):
    """A task of a case, open or not."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    queue = fields.String(required=True)
    open = fields.Boolean(required=True)
    created_at = Time(required=True)
    due_at = Time(required=True, allow_none=True)
    claimed_by = fields.String(required=True, allow_none=True)
    completed_at = Time(required=True, allow_none=True)


class CaseSchema(CaseItemSchema):
    """A case; ``tasks`` and ``data`` are there for case workers only."""

    view = fields.String(required=True, metadata={"enum": ["applicant", "caseworker"]})
    answers = fields.Dict(required=True)
    evidence = fields.List(fields.Nested(EvidenceSchema), required=True)
    notices = fields.List(fields.Nested(NoticeItemSchema), required=True)
    withdrawal_reason = fields.String(required=True)
    tasks = fields.List(fields.Nested(CaseTaskSchema))
    data = fields.Dict()


class Withdrawal(ApiSchema):
    """Why an applicant withdraws; they need not say."""

    reason = Text(load_default="", max_length=MAX_REASON, lines=True)


class WithdrawnSchema(Schema):
    """What a withdrawn application has become."""

    case_id = fields.UUID(required=True)
    file_reference = fields.String(required=True)
    status = fields.String(required=True)
    running = fields.Boolean(
        required=True, metadata={"description": "ob die Kommune noch etwas zu tun hat"}
    )
    withdrawn_at = Time(required=True)


class EventSchema(Schema):
    """A line of the history."""

    id = fields.Integer(required=True)
    at = Time(required=True)
    kind = fields.String(required=True)
    actor = fields.String(required=True, metadata={"enum": ["applicant", "authority", "system"]})
    actor_name = fields.String(required=True)
    public = fields.Boolean(required=True)
    detail = fields.Dict(required=True)


class HistorySchema(Schema):
    """A page of the history, in order."""

    items = fields.List(fields.Nested(EventSchema), required=True)
    next_cursor = fields.String(required=True, allow_none=True)
