"""Anmeldung: the OIDC provider as the platform sees it."""

from dataclasses import dataclass
from typing import Protocol

from app.domain.identity import Identity


@dataclass(frozen=True, slots=True)
class SignInRequest:
    """What the browser is sent with, and what must be kept until it returns."""

    url: str
    state: str
    nonce: str
    code_verifier: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A verified sign-in; ``id_token`` is kept for sign-out."""

    identity: Identity
    id_token: str


class SignInProvider(Protocol):
    """Authorization code flow with PKCE, state and nonce (OpenID Connect Core 1.0, RFC 7636)."""

    def begin(self, redirect_uri: str, *, login_hint: str = "") -> SignInRequest:
        """Make the address the browser goes to.

        :raises Unavailable: the provider's configuration cannot be read.
        """
        ...

    def finish(self, redirect_uri: str, response_url: str, request: SignInRequest) -> SignedIn:
        """Exchange the code for tokens and verify them.

        :raises Unauthenticated: state, nonce or token do not hold, or the person cancelled.
        :raises Unavailable: the provider does not answer.
        """
        ...

    def identify(self, access_token: str) -> Identity:
        """Verify a bearer token of the API.

        :raises Unauthenticated: it does not hold (signature, issuer, audience, times ...).
        :raises Unavailable: keys cannot be had and none are cached.
        """
        ...

    def sign_out_url(self, id_token: str, return_to: str) -> str:
        """Where to send the browser so that the provider ends its session too; may be empty."""
        ...
