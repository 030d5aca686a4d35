"""Zugriffstoken für Ausprobierende: signs in at the running trial as a browser would."""

import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import click
import requests

from app.web.trial.personas import PERSONAS

_ADDRESS = Path("var") / "run" / "address"
_TIMEOUT_S = (3, 10)
_LOOPBACK = re.compile(r"http://(127\.0\.0\.1|localhost)(:|/|$)")


class NoToken(click.ClickException):
    """There is no token; the message is German and says what to do."""

    def show(self, file: object = None) -> None:  # noqa: ARG002 - given by click
        """Print the message alone, where errors belong."""
        click.echo(self.message, err=True)


def fetch_token(persona: str, environment: Mapping[str, str]) -> str:
    """Return an access token of ``persona``, by the real code flow over HTTP.

    ``environment`` may name the trial by ``PUBLIC_URL`` or ``PORT``; otherwise it is the one
    that runs in this folder.

    :raises NoToken: no such person, or no trial answers.
    """
    if persona not in PERSONAS:
        raise NoToken(f"Diese Person gibt es nicht. Zur Auswahl stehen: {', '.join(PERSONAS)}")
    address = _address(environment)
    with requests.Session() as http:
        http.trust_env = not _LOOPBACK.match(address)
        try:
            return _sign_in(http, address, persona, environment.get("OIDC_CLIENT_ID", ""))
        except (requests.RequestException, ValueError, KeyError):
            raise NoToken(
                f"Der Probebetrieb antwortet nicht unter {address}. "
                "Bitte starten Sie ihn mit: make run"
            ) from None


def _sign_in(http: requests.Session, address: str, persona: str, client_id: str) -> str:
    verifier = secrets.token_urlsafe(48)
    challenge = urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    client = {
        "client_id": client_id or "antragswerk",
        "redirect_uri": f"{address}/anmelden/rueckkehr",
    }
    page = http.get(
        f"{address}/trial-idp/authorize",
        params={
            **client,
            "response_type": "code",
            "scope": "openid",
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        },
        timeout=_TIMEOUT_S,
    )
    page.raise_for_status()
    back = http.post(
        f"{address}/trial-idp/authorize",
        data={**_hidden_fields(page.text), "persona": persona},
        timeout=_TIMEOUT_S,
        allow_redirects=False,
    )
    answer = parse_qs(urlsplit(back.headers["Location"]).query)
    tokens = http.post(
        f"{address}/trial-idp/token",
        data={
            **client,
            "grant_type": "authorization_code",
            "code": answer["code"][0],
            "code_verifier": verifier,
        },
        timeout=_TIMEOUT_S,
    )
    tokens.raise_for_status()
    return str(tokens.json()["access_token"])


def _address(environment: Mapping[str, str]) -> str:
    if url := environment.get("PUBLIC_URL"):
        return url.rstrip("/")
    if _ADDRESS.exists():
        return _ADDRESS.read_text(encoding="utf-8").strip()
    return f"http://127.0.0.1:{environment.get('PORT') or 8000}"


class _Fields(HTMLParser):
    """Collects the hidden fields of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take what a browser would send along."""
        given = dict(attrs)
        if tag == "input" and given.get("type") == "hidden":
            self.found[given.get("name") or ""] = given.get("value") or ""


def _hidden_fields(page: str) -> dict[str, str]:
    fields = _Fields()
    fields.feed(page)
    return fields.found
