"""Fehler: the shape of every answer that is no success (RFC 9457)."""

from marshmallow import Schema, fields


class FaultSchema(Schema):
    """One thing wrong with the input."""

    pointer = fields.String(
        required=True, metadata={"description": "JSON Pointer (RFC 6901) auf die Angabe"}
    )
    code = fields.String(required=True)
    message = fields.String(required=True)


class ProblemSchema(Schema):
    """What went wrong; ``fields`` comes with 422."""

    type = fields.String(required=True, metadata={"examples": ["urn:problem:missing"]})
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    fields_ = fields.List(fields.Nested(FaultSchema), data_key="fields", attribute="fields")
