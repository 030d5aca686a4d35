"""Token des Probe-Anmeldedienstes: one for the platform's sign-in, one for its API."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from app.web.trial.personas import Persona

LIFE_S: Final = 60 * 60
ACCESS: Final = "at+jwt"


@dataclass(frozen=True, slots=True)
class ProviderTokens:
    """Signs tokens of ``issuer`` with RS256."""

    issuer: str
    client_id: str
    api_audience: str
    key: RSAKey

    def id_token(self, persona: Persona, nonce: str, now: datetime) -> str:
        """Vouch for a sign-in at ``now``; ``nonce`` is the client's, empty if it sent none."""
        claims = self._claims(persona, self.client_id, now)
        claims |= {"auth_time": claims["iat"], **({"nonce": nonce} if nonce else {})}
        return self._sign("JWT", claims)

    def access_token(self, persona: Persona, now: datetime) -> str:
        """Open the API for an hour (RFC 9068)."""
        claims = self._claims(persona, self.api_audience, now)
        claims |= {"client_id": self.client_id, "jti": secrets.token_hex(16), "scope": "openid"}
        return self._sign(ACCESS, claims)

    def read_access_token(self, token: str, now: datetime) -> Mapping[str, Any] | None:
        """Return the claims of an access token of ours, None if it does not hold."""
        try:
            found = jwt.decode(token, self.key, algorithms=["RS256"])
        except (JoseError, ValueError):
            return None
        claims = found.claims
        good = (
            found.header.get("typ") == ACCESS
            and claims.get("iss") == self.issuer
            and claims.get("exp", 0) > now.timestamp()
        )
        return claims if good else None

    def _claims(self, persona: Persona, audience: str, now: datetime) -> dict[str, Any]:
        issued = int(now.timestamp())
        return {
            **persona.all_claims(),
            "iss": self.issuer,
            "aud": audience,
            "iat": issued,
            "exp": issued + LIFE_S,
        }

    def _sign(self, token_type: str, claims: dict[str, Any]) -> str:
        header = {"alg": "RS256", "kid": self.key.kid, "typ": token_type}
        return jwt.encode(header, claims, self.key, algorithms=["RS256"])
