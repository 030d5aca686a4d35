"""Ich: who the token speaks for."""

from marshmallow import Schema, fields

from app.domain.assurance import AssuranceLevel
from app.domain.identity import Identity, PersonType, Role
from app.web.api.blueprint import ApiBlueprint, caller

me = ApiBlueprint("me", "Ich")


class IdentitySchema(Schema):
    """A person or organisation with its roles."""

    issuer = fields.String(required=True)
    subject = fields.String(required=True)
    name = fields.String(required=True)
    person_type = fields.Enum(PersonType, by_value=True, required=True)
    assurance = fields.Enum(AssuranceLevel, required=True)
    roles = fields.List(fields.Enum(Role, by_value=True), required=True)
    municipality = fields.String(required=True)
    groups = fields.List(fields.String(), required=True)


@me.call("GET", "/me", "Wer das Zugriffstoken innehat", gives=IdentitySchema)
def identity() -> Identity:
    """Tell who the caller is."""
    return caller()
