"""Leistungsbeschreibung: what a service is, as its bundle declares it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.bundles.knob import Knob
from app.domain.assurance import AssuranceLevel
from app.domain.case_status import CaseStatus
from app.domain.identity import PersonType
from app.errors import FieldFault, Invalid


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A law or statute; ``url`` may be empty."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """Who works in a lane: ``role`` is ``applicant``, ``system``, ``caseworker`` or ``approver``.

    ``group`` is the work group of the municipality, e.g. ``abgaben``; empty without staff.
    """

    role: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Milestone:
    """What the applicant reads when the process gets there."""

    text: str
    status: CaseStatus


@dataclass(frozen=True, slots=True)
class WorklistField:
    """One extra column of the work list; ``expression`` sees ``antrag`` and ``vorgang``."""

    title: str
    expression: str


@dataclass(frozen=True, slots=True)
class ServiceManifest:
    """A service in words and numbers; texts are German and for the applicant.

    ``needed`` is the checklist before the start, ``steps_after`` the three lines of what comes
    then, ``minutes`` how long the form takes, ``leika_key`` None where no official key is known.
    """

    key: str
    title: str
    summary: str
    description: tuple[str, ...]
    needed: tuple[str, ...]
    steps_after: tuple[str, ...]
    minutes: int
    fee_cents: int
    fee_text: str
    processing_time: str
    legal_basis: tuple[LegalBasis, ...]
    leika_key: str | None
    assurance: AssuranceLevel
    person_types: tuple[PersonType, ...]
    lanes: Mapping[str, Lane]
    settings: Mapping[str, Knob]
    milestones: Mapping[str, Milestone]
    worklist_fields: tuple[WorklistField, ...]
    declarations: tuple[str, ...]
    privacy: tuple[str, ...]
    retention_days: int
    keywords: tuple[str, ...]

    def values(self, overrides: Mapping[str, Any]) -> dict[str, Any]:
        """Merge a municipality's values over the defaults: ``vorgang.einstellungen``.

        :raises Invalid: an override names no setting or breaks its limits; one fault per setting.
        """
        faults = [
            FieldFault(f"/{key}", "unknown_setting", "Diese Einstellung gibt es nicht.")
            for key in overrides
            if key not in self.settings
        ]
        values = {key: overrides.get(key, knob.default) for key, knob in self.settings.items()}
        for key, knob in self.settings.items():
            if message := knob.fault(values[key]):
                faults.append(FieldFault(f"/{key}", "setting", message))
        if faults:
            raise Invalid(faults, subject=self.key)
        return values
