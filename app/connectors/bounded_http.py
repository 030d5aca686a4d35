"""HTTP zum Anmeldedienst: little patience, small answers, no redirects."""

import json
from typing import Any, Final

import requests

from app.connectors.web_address import is_loopback
from app.errors import Unavailable

#: seconds to connect and seconds between two pieces of the answer
TIMEOUT_S: Final = (3.0, 5.0)
MAX_ANSWER_BYTES: Final = 256 * 1024


def leave_proxies(http: requests.Session, address: str) -> None:
    """Ignore the machine's proxy settings when ``address`` is on this machine."""
    if is_loopback(address):
        http.trust_env = False


def fetch_json(http: requests.Session, url: str) -> dict[str, Any]:
    """Get one JSON object.

    :raises Unavailable: no answer, a redirect, too much, or no JSON object.
    """
    try:
        with http.get(
            url,
            headers={"Accept": "application/json"},
            timeout=TIMEOUT_S,
            allow_redirects=False,
            stream=True,
        ) as answer:
            if answer.status_code != 200:
                raise Unavailable("sign_in")
            found = json.loads(read_bounded(answer))
    except (requests.RequestException, ValueError, RecursionError):
        raise Unavailable("sign_in") from None
    if not isinstance(found, dict):
        raise Unavailable("sign_in")
    return found


def read_bounded(answer: requests.Response) -> bytes:
    """Read a streamed answer.

    :raises Unavailable: it is longer than ``MAX_ANSWER_BYTES``.
    """
    body = bytearray()
    for piece in answer.iter_content(16 * 1024):
        body += piece
        if len(body) > MAX_ANSWER_BYTES:
            raise Unavailable("sign_in")
    return bytes(body)
