"""Kopf eines Tokens: what it claims about its own signature, checked before any key is touched."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from app.connectors.strict_json import read_object
from app.errors import Unauthenticated

_MAX_DEPTH = 2
#: headers that bring a key along, demand an extension or change what is signed
_REFUSED = frozenset({"crit", "jku", "jwk", "x5u", "x5c", "zip", "b64", "enc", "cty", "epk"})
_KEY_KINDS: Mapping[str, Mapping[str, str]] = {
    "RS256": {"kty": "RSA"},
    "ES256": {"kty": "EC", "crv": "P-256"},
}
_KEY_MEMBERS = {"RSA": ("kty", "n", "e"), "EC": ("kty", "crv", "x", "y")}
_MIN_RSA_CHARS = 342  # base64url of 2048 bits


@dataclass(frozen=True, slots=True)
class TokenHeader:
    """Algorithm and key id of a token whose header holds."""

    algorithm: str
    kid: str

    def usable_key(self, key: Mapping[str, Any] | None) -> dict[str, str]:
        """Return the public members of ``key`` if it fits the algorithm.

        :raises Unauthenticated: there is none, or it is meant for something else.
        """
        if (
            key is None
            or any(key.get(name) != value for name, value in _KEY_KINDS[self.algorithm].items())
            or key.get("alg", self.algorithm) != self.algorithm
            or key.get("use", "sig") != "sig"
            or "verify" not in key.get("key_ops", ("verify",))
        ):
            raise Unauthenticated("token_key")
        public = {name: key[name] for name in _KEY_MEMBERS[key["kty"]]}
        if "n" in public and len(public["n"]) < _MIN_RSA_CHARS:
            raise Unauthenticated("token_key")
        return public


def read_header(raw: bytes, algorithms: Collection[str], token_type: str | None) -> TokenHeader:
    """Read the protected header; ``token_type`` None stands for an ID token.

    :raises Unauthenticated: anything about it is unusual.
    :raises ValueError: it is no JSON that we read.
    """
    header = read_object(raw, max_depth=_MAX_DEPTH)
    algorithm, kid = header.get("alg"), header.get("kid")
    if not isinstance(algorithm, str) or algorithm not in algorithms:
        raise Unauthenticated("token_algorithm")
    if not isinstance(kid, str):
        raise Unauthenticated("token_key")
    if _REFUSED & header.keys():
        raise Unauthenticated("token_header")
    if not _is_of_type(header, token_type):
        raise Unauthenticated("token_type")
    return TokenHeader(algorithm, kid)


def _is_of_type(header: Mapping[str, Any], wanted: str | None) -> bool:
    """Compare the media type (RFC 8725, 3.11); an ID token may leave it out."""
    found = header.get("typ", "JWT" if wanted is None else "")
    if not isinstance(found, str):
        return False
    return found.lower().removeprefix("application/") == (wanted or "JWT").lower()
