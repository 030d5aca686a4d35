"""Anmeldedienst: what a provider publishes about itself."""

from dataclasses import dataclass
from typing import Any

import requests

from app.connectors.bounded_http import fetch_json
from app.connectors.web_address import is_safe, origin
from app.errors import Unavailable


@dataclass(frozen=True, slots=True)
class ProviderMetadata:
    """The addresses we use; ``end_session_endpoint`` may be empty.

    ``names_issuer`` promises that each answer at the redirect address carries ``iss``.
    Source: OpenID Connect Discovery 1.0, RFC 9207.
    """

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    end_session_endpoint: str
    names_issuer: bool


def read_metadata(issuer: str, http: requests.Session) -> ProviderMetadata:
    """Fetch and check the provider's configuration.

    What we call ourselves (keys, tokens) must lie at the issuer's own origin.

    :raises Unavailable: it cannot be had, speaks for another issuer or names unsafe addresses.
    """
    found = fetch_json(http, f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if found.get("issuer") != issuer:
        raise Unavailable("sign_in")
    return ProviderMetadata(
        authorization_endpoint=_address(found, "authorization_endpoint"),
        token_endpoint=_own_address(found, "token_endpoint", issuer),
        jwks_uri=_own_address(found, "jwks_uri", issuer),
        end_session_endpoint=_address(found, "end_session_endpoint")
        if "end_session_endpoint" in found
        else "",
        names_issuer=found.get("authorization_response_iss_parameter_supported") is True,
    )


def _address(found: dict[str, Any], name: str) -> str:
    address = found.get(name)
    if not isinstance(address, str) or not is_safe(address):
        raise Unavailable("sign_in")
    return address


def _own_address(found: dict[str, Any], name: str, issuer: str) -> str:
    address = _address(found, name)
    if origin(address) != origin(issuer):
        raise Unavailable("sign_in")
    return address
