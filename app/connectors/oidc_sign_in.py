"""Anmeldung über OpenID Connect: code flow with PKCE, state and nonce."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlencode

import requests
from authlib.integrations.requests_client import OAuth2Session
from requests.adapters import BaseAdapter, HTTPAdapter

from app.connectors.authorization_answer import read_code
from app.connectors.bounded_http import leave_proxies
from app.connectors.claims import identity_from_claims
from app.connectors.last_good import LastGood
from app.connectors.provider_keys import ProviderKeys
from app.connectors.provider_metadata import ProviderMetadata, read_metadata
from app.connectors.sign_in import SignedIn, SignInRequest
from app.connectors.token_answer import fetch_id_token
from app.connectors.tokens import ACCESS_TOKEN, TokenVerifier
from app.connectors.web_address import is_safe
from app.domain.identity import Identity
from app.errors import Unavailable

SCOPE = "openid profile email"


def _utc_now() -> datetime:
    return datetime.now(UTC)


class OidcSignIn:
    """Keeps the promises of ``SignInProvider`` with one OpenID Connect provider.

    An empty ``client_secret`` makes us a public client, which PKCE alone protects. ``adapter``
    carries all requests to the provider.

    :raises ValueError: the issuer's address is not safe (see ``web_address``).
    """

    def __init__(
        self,
        *,
        issuer: str,
        client_id: str,
        client_secret: str,
        api_audience: str,
        adapter: BaseAdapter | None = None,
        clock: Callable[[], datetime] = _utc_now,
    ) -> None:
        if not is_safe(issuer):
            raise ValueError("The issuer needs https, or http on this machine.")
        self._issuer = issuer
        self._client_id = client_id
        self._client_secret = client_secret
        self._api_audience = api_audience
        self._adapter = adapter or HTTPAdapter()
        self._clock = clock
        http = self._prepared(requests.Session())
        self._metadata: LastGood[ProviderMetadata] = LastGood(lambda: read_metadata(issuer, http))
        keys = ProviderKeys(lambda: self._metadata.value().jwks_uri, http)
        self._verifier = TokenVerifier(issuer, keys)

    def begin(self, redirect_uri: str, *, login_hint: str = "") -> SignInRequest:
        """Make the address the browser goes to.

        :raises Unavailable: the provider's configuration cannot be read.
        """
        nonce, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(64)
        more = {"login_hint": login_hint} if login_hint else {}
        url, state = self._client(redirect_uri).create_authorization_url(
            self._metadata.value().authorization_endpoint,
            state=secrets.token_urlsafe(32),
            nonce=nonce,
            code_verifier=verifier,
            **more,
        )
        return SignInRequest(url=url, state=state, nonce=nonce, code_verifier=verifier)

    def finish(self, redirect_uri: str, response_url: str, request: SignInRequest) -> SignedIn:
        """Exchange the code for tokens and verify them.

        :raises Unauthenticated: state, nonce or token do not hold, or the person cancelled.
        :raises Unavailable: the provider does not answer.
        """
        metadata = self._metadata.value()
        code = read_code(
            response_url, request.state, issuer=self._issuer, iss_required=metadata.names_issuer
        )
        id_token = fetch_id_token(
            self._client(redirect_uri), metadata.token_endpoint, code, request.code_verifier
        )
        claims = self._verifier.verify(
            id_token, audience=self._client_id, nonce=request.nonce, now=self._clock()
        )
        return SignedIn(identity_from_claims(self._issuer, claims), id_token)

    def identify(self, access_token: str) -> Identity:
        """Verify a bearer token of the API.

        :raises Unauthenticated: it does not hold.
        :raises Unavailable: keys cannot be had and none are known.
        """
        claims = self._verifier.verify(
            access_token,
            audience=self._api_audience,
            token_type=ACCESS_TOKEN,
            now=self._clock(),
        )
        return identity_from_claims(self._issuer, claims)

    def sign_out_url(self, id_token: str, return_to: str) -> str:
        """Make the address that ends the provider's session; empty if it offers none.

        Source: OpenID Connect RP-Initiated Logout 1.0.
        """
        try:
            address = self._metadata.value().end_session_endpoint
        except Unavailable:
            return ""
        query = {
            "client_id": self._client_id,
            "id_token_hint": id_token,
            "post_logout_redirect_uri": return_to,
        }
        return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}" if address else ""

    def _client(self, redirect_uri: str) -> OAuth2Session:
        client = OAuth2Session(
            client_id=self._client_id,
            client_secret=self._client_secret or None,
            scope=SCOPE,
            redirect_uri=redirect_uri,
            code_challenge_method="S256",
        )
        self._prepared(client)
        return client

    def _prepared(self, http: requests.Session) -> requests.Session:
        leave_proxies(http, self._issuer)
        http.mount("https://", self._adapter)
        http.mount("http://", self._adapter)
        return http
