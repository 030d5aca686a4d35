"""Token prüfen: the one place that decides whether a signed token holds."""

import re
from base64 import urlsafe_b64decode
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from types import MappingProxyType
from typing import Any, Final, Protocol

from jose import jws

from app.connectors.strict_json import read_object
from app.connectors.token_claims import Expected, check_claims
from app.connectors.token_header import read_header
from app.connectors.verified_tokens import VerifiedTokens
from app.errors import Unauthenticated, Unavailable

ACCESS_TOKEN: Final = "at+jwt"  # noqa: S105 - a media type (RFC 9068)
MAX_TOKEN_BYTES: Final = 8 * 1024
_MAX_DEPTH: Final = 6
_COMPACT = re.compile(r"([\w-]+)\.([\w-]+)\.([\w-]+)", re.ASCII)


class KeySource(Protocol):
    """Knows the public keys of one issuer."""

    def key(self, kid: str) -> Mapping[str, Any] | None:
        """Return the key (JWK, RFC 7517) with exactly this id, None if there is none.

        :raises Unavailable: keys cannot be had and none are known.
        """
        ...


class TokenVerifier:
    """Verifies the tokens of one issuer (RFC 7515, RFC 7519, RFC 8725); shared by threads.

    The signature is checked by python-jose with one key, chosen here by its id, and one
    algorithm; header and claims are checked here, because the library leaves them open.
    """

    def __init__(
        self,
        issuer: str,
        jwks: KeySource,
        algorithms: Sequence[str] = ("RS256", "ES256"),
        leeway_s: float = 60,
    ) -> None:
        self._issuer = issuer
        self._keys = jwks
        self._algorithms = frozenset(algorithms)
        self._leeway_s = leeway_s
        self._verified = VerifiedTokens()

    def verify(
        self,
        token: str,
        *,
        audience: str,
        nonce: str | None = None,
        token_type: str | None = None,
        now: datetime,
    ) -> Mapping[str, Any]:
        """Return the claims of a token that holds at ``now`` (aware).

        ``token_type`` is the header ``typ`` it must have, e.g. ``at+jwt`` for access tokens;
        None means an ID token. ``nonce`` is compared unless it is None.

        :raises Unauthenticated: it does not hold, whatever the reason.
        :raises Unavailable: the issuer's keys cannot be had and none are known.
        """
        try:
            return self._verify(token, audience, nonce, token_type, now.timestamp())
        except (Unauthenticated, Unavailable):
            raise
        except Exception:  # noqa: BLE001 - whatever a forgery provokes in a parser, it is no token
            raise Unauthenticated("token") from None

    def _verify(
        self, token: str, audience: str, nonce: str | None, token_type: str | None, now: float
    ) -> Mapping[str, Any]:
        if len(token) > MAX_TOKEN_BYTES:
            raise Unauthenticated("token_size")
        slot = (sha256(token.encode("ascii")).digest(), audience, token_type)
        if nonce is None and (known := self._verified.get(slot, now)) is not None:
            return known
        match = _COMPACT.fullmatch(token)
        if match is None:
            raise Unauthenticated("token_form")
        header = read_header(_decode(match[1]), self._algorithms, token_type)
        expected = Expected(
            self._issuer, audience, nonce, token_type == ACCESS_TOKEN, now, self._leeway_s
        )
        claims = read_object(_decode(match[2]), max_depth=_MAX_DEPTH)
        expires = check_claims(claims, expected)  # cheap, so before keys are looked for
        key = header.usable_key(self._keys.key(header.kid))
        jws.verify(token, key, algorithms=[header.algorithm])
        held = MappingProxyType(claims)
        if nonce is None:
            self._verified.put(slot, held, now=now, expires=expires)
        return held


def _decode(part: str) -> bytes:
    return urlsafe_b64decode(part + "=" * (-len(part) % 4))
