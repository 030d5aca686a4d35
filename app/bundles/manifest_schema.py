"""Manifest: reads ``service.toml``, which may come from anywhere."""

import tomllib
from types import MappingProxyType
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load
from marshmallow.validate import Length, OneOf, Range, Regexp

from app.bundles.archive import KEY
from app.bundles.knob import Choice, Knob, KnobType
from app.bundles.manifest import Lane, LegalBasis, Milestone, ServiceManifest, WorklistField
from app.domain.assurance import AssuranceLevel
from app.domain.case_status import CaseStatus
from app.domain.identity import PersonType
from app.errors import BundleInvalid
from app.letters.schema_faults import faults_in

_LINE = Length(min=1, max=200)
_TEXT = Length(min=1, max=2000)
_NAME = Regexp(r"[a-z][a-z0-9_]{0,63}\Z")
ROLES = ("applicant", "system", "caseworker", "approver")


def _texts(low: int, high: int) -> fields.List[str]:
    return fields.List(
        fields.String(validate=_TEXT), required=True, validate=Length(min=low, max=high)
    )


class LegalBasisSchema(Schema):
    """A law or statute."""

    title = fields.String(required=True, validate=_LINE)
    url = fields.Url(schemes={"https"}, load_default="")

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> LegalBasis:
        """Give callers a value."""
        return LegalBasis(**data)


class LaneSchema(Schema):
    """Who works in a lane."""

    role = fields.String(required=True, validate=OneOf(ROLES))
    group = fields.String(load_default="", validate=Regexp(r"(?:[a-z][a-z0-9_-]{0,63})?\Z"))

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Lane:
        """Give callers a value; staff need a group, others have none."""
        if bool(data["group"]) != (data["role"] in {"caseworker", "approver"}):
            raise ValidationError(
                "Nur Rollen der Verwaltung haben eine Gruppe, und sie brauchen eine."
            )
        return Lane(**data)


class MilestoneSchema(Schema):
    """What the applicant reads when the process gets there."""

    text = fields.String(required=True, validate=_LINE)
    status = fields.Enum(CaseStatus, required=True)  # by name: "RECEIVED"

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Milestone:
        """Give callers a value."""
        return Milestone(**data)


class WorklistFieldSchema(Schema):
    """One extra column of the work list."""

    title = fields.String(required=True, validate=_LINE)
    expression = fields.String(required=True, validate=_TEXT)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> WorklistField:
        """Give callers a value."""
        return WorklistField(**data)


class ChoiceSchema(Schema):
    """One value of a choice."""

    value = fields.String(required=True, validate=_LINE)
    title = fields.String(required=True, validate=_LINE)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Choice:
        """Give callers a value."""
        return Choice(**data)


class KnobSchema(Schema):
    """One setting; its key stands before it."""

    type = fields.Enum(KnobType, by_value=True, required=True)
    title = fields.String(required=True, validate=_LINE)
    help = fields.String(load_default="", validate=Length(max=500))
    default = fields.Raw(required=True)
    minimum = fields.Float(load_default=None)
    maximum = fields.Float(load_default=None)
    choices = fields.List(fields.Nested(ChoiceSchema), load_default=())


class ManifestSchema(Schema):
    """Turns untrusted TOML into a :class:`ServiceManifest`; unknown keys are errors."""

    key = fields.String(required=True, validate=Regexp(rf"{KEY}\Z"))
    title = fields.String(required=True, validate=_LINE)
    summary = fields.String(required=True, validate=Length(min=1, max=300))
    description = _texts(1, 10)
    needed = _texts(1, 10)
    steps_after = _texts(3, 3)
    minutes = fields.Integer(required=True, strict=True, validate=Range(1, 240))
    fee_cents = fields.Integer(required=True, strict=True, validate=Range(0, 100_000_000))
    fee_text = fields.String(required=True, validate=_TEXT)
    processing_time = fields.String(required=True, validate=_LINE)
    legal_basis = fields.List(
        fields.Nested(LegalBasisSchema), required=True, validate=Length(min=1, max=20)
    )
    leika_key = fields.String(load_default=None, validate=Regexp(r"99[0-9]{12}\Z"))
    assurance = fields.Enum(AssuranceLevel, required=True)  # by name: "SUBSTANTIAL"
    person_types = fields.List(
        fields.Enum(PersonType, by_value=True), required=True, validate=Length(min=1, max=2)
    )
    lanes = fields.Dict(
        keys=fields.String(validate=_LINE), values=fields.Nested(LaneSchema), required=True
    )
    settings = fields.Dict(
        keys=fields.String(validate=_NAME), values=fields.Nested(KnobSchema), load_default=dict
    )
    milestones = fields.Dict(
        keys=fields.String(validate=_NAME), values=fields.Nested(MilestoneSchema), required=True
    )
    worklist_fields = fields.List(fields.Nested(WorklistFieldSchema), load_default=list)
    declarations = _texts(1, 10)
    privacy = _texts(1, 20)
    retention_days = fields.Integer(required=True, strict=True, validate=Range(1, 36_500))
    keywords = fields.List(fields.String(validate=_LINE), load_default=list)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> ServiceManifest:
        """Give callers a value, never a dictionary."""
        settings = {
            key: Knob(key=key, **{**knob, "choices": tuple(knob["choices"])})
            for key, knob in data["settings"].items()
        }
        for key, knob in settings.items():
            if message := knob.fault(knob.default):
                raise ValidationError(message, f"settings.{key}")
        lists = {name: tuple(value) for name, value in data.items() if isinstance(value, list)}
        maps = {name: MappingProxyType(data[name]) for name in ("lanes", "milestones")}
        return ServiceManifest(**{**data, **lists, **maps, "settings": MappingProxyType(settings)})


def read_manifest(path: str, source: bytes) -> ServiceManifest:
    """Read one manifest; ``path`` is named in the faults.

    :raises BundleInvalid: one fault per wrong key, its pointer is ``<path>#<key>``.
    """
    try:
        manifest: ServiceManifest = ManifestSchema().load(tomllib.loads(source.decode()))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BundleInvalid(faults_in(path, None)) from error
    except ValidationError as error:
        raise BundleInvalid(faults_in(path, error.messages_dict)) from error
    return manifest
