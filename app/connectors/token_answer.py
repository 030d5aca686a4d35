"""Code einlösen: the one call that turns a code into an ID token."""

import json
from dataclasses import dataclass
from typing import Any

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session

from app.connectors.bounded_http import TIMEOUT_S, read_bounded
from app.errors import Unauthenticated, Unavailable

#: what a provider answers when the code is at fault and not the provider or our registration
_BAD_CODE = frozenset({"invalid_grant", "invalid_request", "access_denied"})


@dataclass(frozen=True, slots=True)
class _TokenAnswer:
    """As much of an HTTP answer as the OAuth library looks at."""

    status_code: int
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)

    def raise_for_status(self) -> None:
        raise Unavailable("sign_in")


def fetch_id_token(client: OAuth2Session, endpoint: str, code: str, verifier: str) -> str:
    """Exchange ``code`` at the token endpoint; the access token that comes along is dropped.

    :raises Unauthenticated: the provider refuses the code or sends no ID token.
    :raises Unavailable: it does not answer as it should.
    """
    client.register_compliance_hook("access_token_response", _bounded)
    try:
        answer = client.fetch_token(
            endpoint,
            grant_type="authorization_code",
            code=code,
            code_verifier=verifier,
            timeout=TIMEOUT_S,
            allow_redirects=False,
            stream=True,
        )
    except OAuthError as error:
        if error.error in _BAD_CODE:
            raise Unauthenticated("sign_in_code") from None
        raise Unavailable("sign_in") from None
    except (requests.RequestException, ValueError, RecursionError):
        raise Unavailable("sign_in") from None
    id_token = answer.get("id_token")
    if not isinstance(id_token, str):
        raise Unauthenticated("sign_in_token")
    return id_token


def _bounded(response: requests.Response) -> _TokenAnswer:
    with response:
        if response.status_code not in {200, 400, 401}:
            raise Unavailable("sign_in")
        return _TokenAnswer(response.status_code, read_bounded(response))
