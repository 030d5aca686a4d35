"""Angaben des Anmeldedienstes: which claim becomes which part of an identity."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from app.domain.assurance import assurance_from_claim
from app.domain.identity import Identity, PersonType, Role

#: part of an identity -> claims that may bring it, best first
_PERSON: Mapping[str, tuple[str, ...]] = {
    "given_name": ("given_name",),
    "family_name": ("family_name", "surname"),
    "email": ("email",),
    "postcode": ("zip_code", "postal_code"),
    "town": ("city", "locality"),
}
_STREETS = ("street_and_building", "street_address")
_BIRTH_DATES = ("birthdate", "date_of_birth")
#: the same for an organisation, whose address is its own and not the acting person's
_ORGANISATION: Mapping[str, tuple[str, ...]] = {
    "organisation_name": ("org_company_name",),
    "street": ("org_street",),
    "house_number": ("org_building",),
    "postcode": ("org_zip_code",),
    "town": ("org_city",),
}
_REGISTER = ("org_register_type", "org_register_number", "org_register_court")
_STREET_AND_NUMBER = re.compile(r"(?P<street>.*\D)\s+(?P<number>\d+\s*[a-zA-Z]?(?:[-/+]\d+.?)?)")
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_MAX_TEXT = 200


def identity_from_claims(issuer: str, claims: Mapping[str, Any]) -> Identity:
    """Shape verified claims; what is missing, odd or unknown stays empty, never an error.

    Names follow OpenID Connect Core 1.0, 5.1 and those that brokers for BundID and Mein
    Unternehmenskonto use.
    """
    flat = {**_address(claims), **claims}
    organisation = _texts(flat, _ORGANISATION)
    juristic = bool(organisation["organisation_name"])
    person = _texts(flat, _PERSON)
    street, house_number = _split_street(_first(flat, _STREETS))
    person |= {"street": street, "house_number": house_number}
    if claims.get("email_verified") is False:
        person["email"] = ""
    return Identity(
        issuer=issuer,
        subject=claims["sub"],
        assurance=assurance_from_claim(claims.get("acr")),
        person_type=PersonType.JURISTIC if juristic else PersonType.NATURAL,
        birth_date=_birth_date(_first(flat, _BIRTH_DATES)),
        organisation_register=" ".join(filter(None, (_text(flat.get(one)) for one in _REGISTER))),
        roles=_roles(claims.get("roles")),
        municipality=_slug(claims.get("municipality")),
        groups=tuple(filter(None, (_slug(group) for group in _list(claims.get("groups"))))),
        **(person | organisation if juristic else person),
    )


def _texts(claims: Mapping[str, Any], table: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {part: _first(claims, names) for part, names in table.items()}


def _first(claims: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next((text for text in (_text(claims.get(name)) for name in names) if text), "")


def _text(value: object) -> str:
    if not isinstance(value, str):
        return ""
    text = value.strip()
    return text if text.isprintable() and len(text) <= _MAX_TEXT else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _address(claims: Mapping[str, Any]) -> Mapping[str, Any]:
    address = claims.get("address")
    return address if isinstance(address, dict) else {}


def _split_street(text: str) -> tuple[str, str]:
    match = _STREET_AND_NUMBER.fullmatch(text)
    return (match["street"].strip(), match["number"]) if match else (text, "")


def _birth_date(text: str) -> str:
    """Return an ISO date; a German one is turned round, a partly unknown one is dropped."""
    try:
        if "." in text:
            return datetime.strptime(text, "%d.%m.%Y").date().isoformat()  # noqa: DTZ007 - a date
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def _roles(value: object) -> tuple[Role, ...]:
    known = {role.value: role for role in Role}
    named = [one for one in _list(value) if isinstance(one, str)]
    return tuple(dict.fromkeys(known[one] for one in named if one in known))


def _slug(value: object) -> str:
    text = _text(value).removeprefix("/")  # some brokers send groups as paths
    return text if _SLUG.fullmatch(text) else ""
