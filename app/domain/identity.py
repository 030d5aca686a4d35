"""Identität: who acts, as an identity provider told us."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self

from app.domain.assurance import AssuranceLevel


class PersonType(StrEnum):
    """Natural or juristic person."""

    NATURAL = "natural"
    JURISTIC = "juristic"


class Role(StrEnum):
    """What a signed-in person may be besides an applicant."""

    CASE_WORKER = "caseworker"
    APPROVER = "approver"
    FACTORY = "factory"
    QA = "qa"
    COORDINATION = "coordination"
    MUNICIPALITY = "municipality"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Identity:
    """A person or organisation at one identity provider.

    The pair of ``issuer`` and ``subject`` identifies it (ASVS 10.5.2), nothing else does.
    ``birth_date`` is an ISO date or empty; ``municipality`` is the slug a staff member works
    for; ``groups`` are the work groups there, e.g. ``abgaben``.
    """

    issuer: str
    subject: str
    assurance: AssuranceLevel = AssuranceLevel.NONE
    person_type: PersonType = PersonType.NATURAL
    given_name: str = ""
    family_name: str = ""
    birth_date: str = ""
    email: str = ""
    street: str = ""
    house_number: str = ""
    postcode: str = ""
    town: str = ""
    organisation_name: str = ""
    organisation_register: str = ""
    roles: tuple[Role, ...] = ()
    municipality: str = ""
    groups: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The one string under which this identity owns things."""
        return f"{self.issuer}|{self.subject}"

    @property
    def name(self) -> str:
        """What to call it on a page: the organisation, else the person."""
        return (
            self.organisation_name or f"{self.given_name} {self.family_name}".strip() or "Unbekannt"
        )

    @property
    def is_staff(self) -> bool:
        """Whether any role beyond applicant is held."""
        return bool(self.roles)

    def works_cases(self) -> bool:
        """Whether task queues may be opened at all."""
        return Role.CASE_WORKER in self.roles or Role.APPROVER in self.roles

    def to_dict(self) -> dict[str, Any]:
        """Shape for JSON storage; see :meth:`from_dict`."""
        values = asdict(self)
        values["assurance"] = self.assurance.name
        return values

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """Rebuild what :meth:`to_dict` wrote."""
        return cls(
            **{
                **values,
                "assurance": AssuranceLevel[values["assurance"]],
                "person_type": PersonType(values["person_type"]),
                "roles": tuple(Role(role) for role in values["roles"]),
                "groups": tuple(values["groups"]),
            }
        )
