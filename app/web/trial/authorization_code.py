"""Einmalcode des Probe-Anmeldedienstes: signed, short-lived, good for one exchange."""

import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from pathlib import Path
from typing import Final

from itsdangerous import BadData, URLSafeSerializer

from app.web.trial.authorize_request import AuthorizeRequest

LIFE: Final = timedelta(seconds=60)


class CodeRefused(Exception):
    """The code is forged, used, too old, or not this client's."""


@dataclass(frozen=True, slots=True)
class Codes:
    """Makes and redeems codes in any process that shares ``secret_key`` and ``folder``."""

    secret_key: str
    folder: Path

    def issue(self, request: AuthorizeRequest, persona: str, now: datetime) -> str:
        """Make a code for ``persona`` that fits only this request."""
        return self._signer().dumps(
            {
                "id": secrets.token_hex(16),
                "until": (now + LIFE).timestamp(),
                "persona": persona,
                "client_id": request.client_id,
                "redirect_uri": request.redirect_uri,
                "nonce": request.nonce,
                "challenge": request.code_challenge,
            }
        )

    def redeem(
        self, code: str, *, client_id: str, redirect_uri: str, verifier: str, now: datetime
    ) -> tuple[str, str]:
        """Return persona and nonce; a second call with the same code fails in every process.

        :raises CodeRefused: it does not hold.
        """
        try:
            held = self._signer().loads(code)
        except BadData:
            raise CodeRefused from None
        if (held["client_id"], held["redirect_uri"]) != (client_id, redirect_uri):
            raise CodeRefused
        if now.timestamp() >= held["until"] or not _fits(verifier, held["challenge"]):
            raise CodeRefused
        self._mark_used(f"{held['until']:.0f}-{held['id']}", now)
        return held["persona"], held["nonce"]

    def _mark_used(self, mark: str, now: datetime) -> None:
        used = self.folder / "used_codes"
        used.mkdir(parents=True, exist_ok=True)
        for old in used.iterdir():
            if float(old.name.partition("-")[0]) < (now - LIFE).timestamp():
                old.unlink(missing_ok=True)  # too old to be tried again
        try:
            (used / mark).touch(mode=0o600, exist_ok=False)
        except FileExistsError:
            raise CodeRefused from None

    def _signer(self) -> URLSafeSerializer:
        return URLSafeSerializer(self.secret_key, salt="antragswerk.trial-code")


def _fits(verifier: str, challenge: str) -> bool:
    """Compare as RFC 7636, 4.6 says."""
    digest = sha256(verifier.encode()).digest()
    return compare_digest(urlsafe_b64encode(digest).rstrip(b"="), challenge.encode())
