"""Aufgaben, wie die Schnittstelle sie nimmt und zeigt."""

from marshmallow import Schema, fields

from app.web.api.evidence_schema import EvidenceSchema
from app.web.api.fields import Answers, ApiSchema, Choice, Moment, Text, Time
from app.web.api.paging import PageQuery
from app.web.api.service_schemas import FormSchema


class TaskQuery(PageQuery):
    """Which tasks; everything may be left out."""

    queue = Text(load_default="")
    assignee = Choice("", "me", "nobody", load_default="")
    service = Text(load_default="")
    due_before = Moment(load_default=None, metadata={"type": "string", "format": "date-time"})
    q = Text(
        load_default="",
        max_length=100,
        metadata={"description": "sucht in Aktenzeichen und Namen"},
    )
    sort = Choice("due_at", load_default="due_at")


class NoContent(ApiSchema):
    """A body without any field; it may be left out."""


class Completion(ApiSchema):
    """The answers of a task's form."""

    answers = Answers(required=True, flat=True)


class TaskSchema(Schema):
    """An open task in a list."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    queue = fields.String(required=True)
    form_key = fields.String(required=True)
    case_id = fields.UUID(required=True)
    file_reference = fields.String(required=True)
    service = fields.String(required=True)
    service_title = fields.String(required=True)
    municipality = fields.String(required=True)
    applicant_name = fields.String(required=True)
    created_at = Time(required=True)
    due_at = Time(required=True, allow_none=True)
    claimed_by = fields.String(
        required=True, allow_none=True, metadata={"description": "Name der Person"}
    )
    claimed_by_me = fields.Boolean(required=True)
    claimed_at = Time(required=True, allow_none=True)


class TaskListSchema(Schema):
    """A page of the work list."""

    items = fields.List(fields.Nested(TaskSchema), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class TaskCaseSchema(Schema):
    """The case a task belongs to."""

    id = fields.UUID(required=True)
    file_reference = fields.String(required=True)
    status = fields.String(required=True)
    milestone = fields.String(required=True)
    received_at = Time(required=True)


class TaskDetailSchema(TaskSchema):
    """A task with its form, the data of its case and the evidence."""

    form = fields.Nested(FormSchema, required=True)
    data = fields.Dict(required=True)
    evidence = fields.List(fields.Nested(EvidenceSchema), required=True)
    case = fields.Nested(TaskCaseSchema, required=True)


class ClaimSchema(Schema):
    """Who holds a task now."""

    id = fields.UUID(required=True)
    case_id = fields.UUID(required=True)
    claimed_by_me = fields.Boolean(required=True)
    claimed_at = Time(required=True, allow_none=True)


class NextTaskSchema(Schema):
    """A task of the same case that the caller may work on."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    queue = fields.String(required=True)
    form_key = fields.String(required=True)
    due_at = Time(required=True, allow_none=True)


class ProgressSchema(Schema):
    """Where a case stands after a task."""

    case_id = fields.UUID(required=True)
    status = fields.String(required=True)
    next_tasks = fields.List(fields.Nested(NextTaskSchema), required=True)
