"""Inhalt eines Tokens: who made it, for whom and until when."""

from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any, Final

from app.errors import Unauthenticated

MAX_ACCESS_TOKEN_LIFE_S: Final = 60 * 60
_LAST_TIME: Final = 10**11  # seconds since 1970; far beyond any date we handle
_MAX_AUDIENCES: Final = 20


@dataclass(frozen=True, slots=True)
class Expected:
    """What must be true of a token; ``now`` in seconds since 1970, ``nonce`` None: not asked."""

    issuer: str
    audience: str
    nonce: str | None
    is_access_token: bool
    now: float
    leeway_s: float


def check_claims(claims: Mapping[str, Any], expected: Expected) -> float:
    """Check everything but the signature and return when the token ends (seconds since 1970).

    :raises Unauthenticated: a claim is missing, odd or wrong.
    """
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= 255 or not subject.isprintable():
        raise Unauthenticated("token_subject")
    if claims.get("iss") != expected.issuer:
        raise Unauthenticated("token_issuer")
    if "events" in claims:  # a logout or security event token (RFC 8417)
        raise Unauthenticated("token_type")
    _check_audience(claims, expected)
    _check_nonce(claims, expected.nonce)
    return _check_times(claims, expected)


def _check_audience(claims: Mapping[str, Any], expected: Expected) -> None:
    found = claims.get("aud")
    audiences = [found] if isinstance(found, str) else found
    if not isinstance(audiences, list) or not 0 < len(audiences) <= _MAX_AUDIENCES:
        raise Unauthenticated("token_audience")
    if not all(isinstance(one, str) for one in audiences) or expected.audience not in audiences:
        raise Unauthenticated("token_audience")
    if expected.is_access_token:
        return
    party = claims.get("azp", expected.audience if len(audiences) == 1 else None)
    if party != expected.audience:  # OpenID Connect Core 1.0, 3.1.3.7
        raise Unauthenticated("token_audience")


def _check_nonce(claims: Mapping[str, Any], wanted: str | None) -> None:
    if wanted is None:
        return
    found = claims.get("nonce")
    if not isinstance(found, str) or not compare_digest(found.encode(), wanted.encode()):
        raise Unauthenticated("token_nonce")


def _check_times(claims: Mapping[str, Any], expected: Expected) -> float:
    expires, issued = _time(claims, "exp"), _time(claims, "iat")
    earliest = _time(claims, "nbf") if "nbf" in claims else issued
    if expires <= expected.now - expected.leeway_s or expires <= issued:
        raise Unauthenticated("token_expired")
    if max(issued, earliest) > expected.now + expected.leeway_s:
        raise Unauthenticated("token_early")
    if expected.is_access_token and expires - issued > MAX_ACCESS_TOKEN_LIFE_S:
        raise Unauthenticated("token_life")
    return expires


def _time(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Unauthenticated("token_time")
    if not 0 < value < _LAST_TIME:
        raise Unauthenticated("token_time")
    return float(value)
