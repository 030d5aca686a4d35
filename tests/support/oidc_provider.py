"""A provider for ``OidcSignIn`` without a network: discovery, keys and a token endpoint."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from app.connectors.oidc_sign_in import OidcSignIn
from app.connectors.sign_in import SignInRequest
from tests.support.issuer import API, CLIENT, ISSUER, NOW, Issuer, Network

DISCOVERY = f"{ISSUER}/.well-known/openid-configuration"
KEYS = f"{ISSUER}/keys"
TOKEN = f"{ISSUER}/token"
BACK = "https://antraege.example/anmelden/rueckkehr"


class FakeProvider:
    """Change ``metadata``, ``id_token`` or ``token_answer`` to make it misbehave."""

    def __init__(self) -> None:
        self.issuer = Issuer()
        self.metadata: dict[str, Any] = {
            "issuer": ISSUER,
            "authorization_endpoint": f"{ISSUER}/authorize?tenant=a",
            "token_endpoint": TOKEN,
            "jwks_uri": KEYS,
            "end_session_endpoint": f"{ISSUER}/logout",
            "authorization_response_iss_parameter_supported": True,
        }
        self.id_token: Any = None
        self.token_answer: Any = None
        self.token_requests: list[Any] = []
        self.network = Network(
            {
                DISCOVERY: lambda _: (200, self.metadata),
                KEYS: lambda _: (200, {"keys": list(self.issuer.keys.values())}),
                TOKEN: self._token,
            }
        )

    def connect(self, client_secret: str = "") -> OidcSignIn:
        """Return the platform's side of it; its clock stands at ``NOW``."""
        return OidcSignIn(
            issuer=ISSUER,
            client_id=CLIENT,
            client_secret=client_secret,
            api_audience=API,
            adapter=self.network,
            clock=lambda: datetime.fromtimestamp(NOW, UTC),
        )

    def _token(self, request: Any) -> tuple[int, Any]:
        self.token_requests.append(request)
        return self.token_answer or (
            200,
            {"access_token": "a", "token_type": "Bearer", "id_token": self.id_token},
        )


def back(request: SignInRequest, **changes: str | None) -> str:
    """Write the address the browser comes back to; a change to None leaves a value out."""
    values = {"code": "c0de", "state": request.state, "iss": ISSUER, **changes}
    return f"{BACK}?" + "&".join(f"{name}={value}" for name, value in values.items() if value)


def query(url: str) -> dict[str, str]:
    """Read the query of an address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
