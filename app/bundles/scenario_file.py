"""Szenariodatei: reads a story that was written as TOML."""

import tomllib
from datetime import datetime
from math import isfinite
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load
from marshmallow.validate import Length, Range

from app.bundles.scenario import (
    Expectation,
    ExpectedLetter,
    Scenario,
    ScenarioStep,
    StoryMessage,
    StorySignal,
)
from app.domain.assurance import AssuranceLevel
from app.domain.identity import Identity, PersonType
from app.errors import BundleInvalid
from app.letters.schema_faults import faults_in

_TEXTS = fields.List(fields.String(validate=Length(min=1)))
_ACTS = ("complete", "advance_to", "message", "signal")


class Moment(fields.Field[datetime]):
    """A TOML date-time with its offset."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> datetime:
        if not isinstance(value, datetime) or value.tzinfo is None:
            raise ValidationError("Hier muss ein Zeitpunkt mit Zeitzone stehen.")
        return value


class JsonValue(fields.Field[Any]):
    """A TOML value that JSON can hold as well: no dates, times and infinite numbers."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        if not _is_json(value):
            raise ValidationError("Hier gehen nur Texte, Zahlen, Wahrheitswerte und Listen davon.")
        return value


def _is_json(value: Any) -> bool:
    if isinstance(value, dict):
        return all(map(_is_json, value.values()))
    if isinstance(value, list):
        return all(map(_is_json, value))
    return isinstance(value, str | int) or (isinstance(value, float) and isfinite(value))


class PersonSchema(Schema):
    """The signed-in person; what is left out is empty."""

    person_type = fields.Enum(PersonType, by_value=True, load_default=PersonType.NATURAL)
    assurance = fields.Enum(AssuranceLevel, load_default=AssuranceLevel.BASIC)
    given_name = fields.String()
    family_name = fields.String()
    birth_date = fields.String()
    email = fields.String()
    street = fields.String()
    house_number = fields.String()
    postcode = fields.String()
    town = fields.String()
    organisation_name = fields.String()
    organisation_register = fields.String()

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Identity:
        """Give callers a value."""
        return Identity(issuer="scenario", subject="scenario", **data)


class ExpectedLetterSchema(Schema):
    """One letter; at least one sentence must be named, or the letter proves nothing."""

    name = fields.String(required=True)
    says = fields.List(fields.String(), required=True, validate=Length(min=1))
    silent_about = fields.List(fields.String(), load_default=list)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> ExpectedLetter:
        """Give callers a value."""
        return ExpectedLetter(data["name"], tuple(data["says"]), tuple(data["silent_about"]))


class SignalSchema(Schema):
    """A signal that arrives."""

    name = fields.String(required=True, validate=Length(min=1))
    payload = JsonValue()

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> StorySignal:
        """Give callers a value."""
        return StorySignal(**data)


class MessageSchema(Schema):
    """A message that arrives or must have been sent, with the values it is known by."""

    name = fields.String(required=True, validate=Length(min=1))
    payload = JsonValue()
    correlation = fields.Dict(keys=fields.String(), values=JsonValue())

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> StoryMessage:
        """Give callers a value."""
        return StoryMessage(**data)


class ExpectationSchema(Schema):
    """What must be so; unknown keys are errors, so that a slip cannot pass for a proof."""

    tasks = _TEXTS
    milestones = _TEXTS
    letters = fields.List(fields.Nested(ExpectedLetterSchema))
    messages = fields.List(fields.Nested(MessageSchema))
    completed = fields.Boolean()

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Expectation:
        """Give callers a value."""
        lists = {key: tuple(value) for key, value in data.items() if isinstance(value, list)}
        return Expectation(**{**data, **lists})


class StepSchema(Schema):
    """One act and what must come of it."""

    complete = fields.String(load_default="")
    instance = fields.Integer(strict=True, validate=Range(min=1), load_default=0)
    answers = fields.Dict(load_default=dict)
    refused = fields.List(fields.String(), load_default=list)
    advance_to = Moment(load_default=None)
    message = fields.Nested(MessageSchema, load_default=None)
    signal = fields.Nested(SignalSchema, load_default=None)
    expect = fields.Nested(ExpectationSchema, load_default=Expectation())

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> ScenarioStep:
        """Give callers a value; a step that neither acts nor expects is a slip."""
        if sum(bool(data[act]) for act in _ACTS) > 1:
            raise ValidationError("Ein Schritt tut nur eines. Bitte teilen Sie ihn auf.")
        if not data["complete"] and (data["answers"] or data["refused"] or data["instance"]):
            raise ValidationError("Antworten gehören zu einer Aufgabe.")
        step = ScenarioStep(**{**data, "refused": tuple(data["refused"])})
        if step == ScenarioStep():
            raise ValidationError("Dieser Schritt tut und prüft nichts.")
        return step


class ScenarioSchema(Schema):
    """A scenario file."""

    name = fields.String(required=True, validate=Length(min=1, max=200))
    person = fields.Nested(PersonSchema, required=True)
    now = Moment(required=True)
    settings = fields.Dict(load_default=dict)
    answers = fields.Dict(values=fields.Dict(), required=True)
    evidence = fields.Dict(values=fields.String(), load_default=dict)
    refused = fields.List(fields.String(), load_default=list)
    steps = fields.List(fields.Nested(StepSchema), load_default=list)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Scenario:
        """Give callers a value; a story must end in a refusal or have steps."""
        if bool(data["refused"]) == bool(data["steps"]):
            raise ValidationError("Ein Szenario hat entweder „refused“ oder Schritte.")
        lists = {name: tuple(data[name]) for name in ("refused", "steps")}
        return Scenario(**{**data, **lists})


def read_scenario(path: str, source: bytes) -> Scenario:
    """Read one scenario file.

    :raises BundleInvalid: its pointers begin with ``path``.
    """
    try:
        scenario: Scenario = ScenarioSchema().load(tomllib.loads(source.decode()))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BundleInvalid(faults_in(path, None)) from error
    except ValidationError as error:
        raise BundleInvalid(faults_in(path, error.messages_dict)) from error
    return scenario
