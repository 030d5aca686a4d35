"""Kommunen und Leistungen, wie die Schnittstelle sie zeigt."""

from marshmallow import Schema, fields

from app.domain.assurance import AssuranceLevel
from app.domain.identity import PersonType


class MunicipalitySchema(Schema):
    """One municipality."""

    slug = fields.String(required=True)
    name = fields.String(required=True)
    ars = fields.String(
        required=True, metadata={"description": "Amtlicher Regionalschlüssel, 12 Ziffern"}
    )
    services_url = fields.String(required=True)


class MunicipalityListSchema(Schema):
    """A page of municipalities."""

    items = fields.List(fields.Nested(MunicipalitySchema), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class ServiceItemSchema(Schema):
    """A published service in a list."""

    key = fields.String(required=True)
    municipality = fields.String(required=True)
    title = fields.String(required=True)
    summary = fields.String(required=True)
    leika_key = fields.String(required=True, allow_none=True)
    assurance = fields.Enum(
        AssuranceLevel, required=True, metadata={"description": "nötiges Vertrauensniveau"}
    )
    person_types = fields.List(fields.Enum(PersonType, by_value=True), required=True)
    fee_cents = fields.Integer(required=True)
    fee_text = fields.String(required=True)
    minutes = fields.Integer(required=True, metadata={"description": "Dauer des Ausfüllens"})
    processing_time = fields.String(required=True)
    keywords = fields.List(fields.String(), required=True)
    maturity = fields.Integer(
        required=True, allow_none=True, metadata={"description": "Reifegrad 0 bis 4"}
    )
    maturity_reason = fields.String(required=True)
    version = fields.Integer(required=True)
    digest = fields.String(required=True, metadata={"description": "sha256 der Fassung"})


class ServiceListSchema(Schema):
    """A page of services."""

    items = fields.List(fields.Nested(ServiceItemSchema), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class LegalBasisSchema(Schema):
    """A law or statute."""

    title = fields.String(required=True)
    url = fields.String(required=True)


class EvidenceRuleSchema(Schema):
    """Which files one field takes."""

    field = fields.String(required=True, metadata={"description": "JSON Pointer auf das Feld"})
    title = fields.String(required=True)
    accept = fields.List(fields.String(), required=True)
    max_size_bytes = fields.Integer(required=True)
    max_count = fields.Integer(required=True)


class FormSchema(Schema):
    """A form: a JSON Schema (2020-12) with its layout in the words of rjsf's uiSchema."""

    key = fields.String(required=True)
    title = fields.String(required=True)
    schema = fields.Dict(required=True)
    ui_schema = fields.Dict(required=True)
    evidence = fields.List(fields.Nested(EvidenceRuleSchema), required=True)


class ServiceSchema(ServiceItemSchema):
    """A published service with all one needs to apply for it."""

    description = fields.List(fields.String(), required=True)
    needed = fields.List(fields.String(), required=True)
    steps_after = fields.List(fields.String(), required=True)
    legal_basis = fields.List(fields.Nested(LegalBasisSchema), required=True)
    declarations = fields.List(fields.String(), required=True)
    privacy = fields.List(fields.String(), required=True)
    retention_days = fields.Integer(required=True)
    settings = fields.Dict(required=True)
    forms = fields.List(fields.Nested(FormSchema), required=True)
    evidence = fields.List(fields.Nested(EvidenceRuleSchema), required=True)
