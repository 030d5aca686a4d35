"""Anmeldeanfrage beim Probe-Anmeldedienst: what a client asks for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from app.config import Config

_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
#: what a form has to carry on; nothing else of a request is looked at
FIELDS: Final = (
    "client_id",
    "redirect_uri",
    "response_type",
    "scope",
    "state",
    "nonce",
    "code_challenge",
    "code_challenge_method",
)


class UnknownClient(Exception):
    """The request is not from our client or wants to go elsewhere: never redirect it."""


class BadRequest(Exception):
    """The client asks in a wrong way and is told so; the message is an OAuth error code."""


@dataclass(frozen=True, slots=True)
class AuthorizeRequest:
    """A request in the code flow with PKCE (RFC 6749, RFC 7636); values are as they came."""

    client_id: str
    redirect_uri: str
    response_type: str = ""
    scope: str = ""
    state: str = ""
    nonce: str = ""
    code_challenge: str = ""
    code_challenge_method: str = ""

    @classmethod
    def read(cls, values: Mapping[str, Any], config: Config) -> Self:
        """Take a request of the one client that we know, with its one redirect address.

        :raises UnknownClient: it is another client or address.
        """
        found = cls(**{name: values.get(name, "") for name in FIELDS})
        if found.client_id != config.oidc_client_id:
            raise UnknownClient
        if found.redirect_uri != f"{config.public_url}/anmelden/rueckkehr":
            raise UnknownClient
        return found

    def require_good(self) -> None:
        """Demand the code flow, OpenID Connect and PKCE with S256.

        :raises BadRequest: one of them is missing.
        """
        if self.response_type != "code":
            raise BadRequest("unsupported_response_type")
        if "openid" not in self.scope.split():
            raise BadRequest("invalid_scope")
        if self.code_challenge_method != "S256" or not _CHALLENGE.fullmatch(self.code_challenge):
            raise BadRequest("invalid_request")

    def fields(self) -> dict[str, str]:
        """Return what a form must send to ask for the same again."""
        return {name: getattr(self, name) for name in FIELDS}
