"""Rückkehr vom Anmeldedienst: what the browser brings back, checked against what it left with."""

from hmac import compare_digest
from urllib.parse import parse_qsl, urlsplit

from app.errors import Unauthenticated

_MAX_CODE_CHARS = 4096


def read_code(response_url: str, state: str, *, issuer: str, iss_required: bool) -> str:
    """Return the code from the address the browser came back to.

    ``iss`` is compared whenever it is there (RFC 9207, against mix-up attacks).

    :raises Unauthenticated: it is an error, belongs to another sign-in or is not unambiguous.
    """
    pairs = parse_qsl(urlsplit(response_url).query, keep_blank_values=True)
    answer = dict(pairs)
    if len(answer) != len(pairs):
        raise Unauthenticated("sign_in_ambiguous")
    if not compare_digest(answer.get("state", "").encode(), state.encode()):
        raise Unauthenticated("sign_in_state")
    if answer.get("iss", None if iss_required else issuer) != issuer:
        raise Unauthenticated("sign_in_issuer")
    if "error" in answer:
        raise Unauthenticated("sign_in_cancelled")
    code = answer.get("code", "")
    if not 0 < len(code) <= _MAX_CODE_CHARS or not code.isprintable():
        raise Unauthenticated("sign_in_code")
    return code
