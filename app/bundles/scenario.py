"""Szenario: one story about a service, told as input and as what must come of it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load
from marshmallow.validate import Length

from app.domain.assurance import AssuranceLevel
from app.domain.identity import Identity, PersonType
from app.errors import BundleInvalid
from app.letters.schema_faults import faults_in

_TEXTS = fields.List(fields.String(validate=Length(min=1)))


@dataclass(frozen=True, slots=True)
class ExpectedLetter:
    """A letter that must go out; it contains each of ``says`` and none of ``silent_about``."""

    name: str
    says: tuple[str, ...]
    silent_about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expectation:
    """What must be so after a step; None is not looked at.

    ``tasks`` are the names of all open tasks; ``milestones`` and ``letters`` are all those
    reached or written since they were last looked at, in order.
    """

    tasks: tuple[str, ...] | None = None
    milestones: tuple[str, ...] | None = None
    letters: tuple[ExpectedLetter, ...] | None = None
    completed: bool | None = None


@dataclass(frozen=True, slots=True)
class ScenarioStep:
    """At most one act, then what must be so.

    ``complete`` names a task, ``answers`` fill its form, ``refused`` are the pointers of exactly
    the faults it must have (then nothing is completed); ``advance_to`` moves the clock (aware).
    """

    complete: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    advance_to: datetime | None = None
    expect: Expectation = Expectation()


@dataclass(frozen=True, slots=True)
class Scenario:
    """``answers`` are laid over what the sign-in of ``person`` prefills.

    ``evidence`` maps a field's pointer to the name of the file given there; ``refused`` are the
    pointers of exactly the faults the application must have (then the story ends).
    """

    name: str
    person: Identity
    now: datetime
    settings: Mapping[str, Any]
    answers: Mapping[str, Mapping[str, Any]]
    evidence: Mapping[str, str]
    refused: tuple[str, ...]
    steps: tuple[ScenarioStep, ...]


class Moment(fields.Field[datetime]):
    """A TOML date-time with its offset."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> datetime:
        if not isinstance(value, datetime) or value.tzinfo is None:
            raise ValidationError("Hier muss ein Zeitpunkt mit Zeitzone stehen.")
        return value


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


class ExpectationSchema(Schema):
    """What must be so; unknown keys are errors, so that a slip cannot pass for a proof."""

    tasks = _TEXTS
    milestones = _TEXTS
    letters = fields.List(fields.Nested(ExpectedLetterSchema))
    completed = fields.Boolean()

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Expectation:
        """Give callers a value."""
        lists = {key: tuple(value) for key, value in data.items() if isinstance(value, list)}
        return Expectation(**{**data, **lists})


class StepSchema(Schema):
    """One act and what must come of it."""

    complete = fields.String(load_default="")
    answers = fields.Dict(load_default=dict)
    refused = fields.List(fields.String(), load_default=list)
    advance_to = Moment(load_default=None)
    expect = fields.Nested(ExpectationSchema, load_default=Expectation())

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> ScenarioStep:
        """Give callers a value; a step that neither acts nor expects is a slip."""
        if data["complete"] and data["advance_to"]:
            raise ValidationError("Ein Schritt erledigt eine Aufgabe oder stellt die Uhr vor.")
        if not data["complete"] and (data["answers"] or data["refused"]):
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
