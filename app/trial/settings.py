"""Einstellungen des Probebetriebs: trial.env, what follows from the port, and the environment."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.trial.failure import TrialFailed
from app.trial.port import LOOPBACK

DEFAULT_PORT = 8000


@dataclass(frozen=True, slots=True)
class TrialSettings:
    """``values`` is the environment of every process of the trial."""

    port: int
    values: Mapping[str, str]

    @property
    def public_url(self) -> str:
        """Where people reach the trial; no trailing slash."""
        return self.values["PUBLIC_URL"]

    @property
    def own_address(self) -> str:
        """Where the server listens, whatever stands in front of it."""
        return f"http://{LOOPBACK}:{self.port}"

    def with_database(self, address: str) -> "TrialSettings":
        """Return the settings with this database."""
        return TrialSettings(self.port, {**self.values, "DATABASE_URL": address})


def trial_settings(file: Path, environment: Mapping[str, str]) -> TrialSettings:
    """Read ``file``; variables of ``environment`` win, empty ones count as not set.

    :raises TrialFailed: the port is no port, or a line of the file is no setting.
    """
    given = {name: value for name, value in environment.items() if value}
    port = _port(given.get("PORT", str(DEFAULT_PORT)))
    public_url = given.get("PUBLIC_URL", f"http://{LOOPBACK}:{port}").rstrip("/")
    computed = {"PUBLIC_URL": public_url, "OIDC_ISSUER": f"{public_url}/trial-idp"}
    kept = {
        name: value
        for name, value in read_settings(file).items()
        if name.removesuffix("_FILE") not in given
    }
    return TrialSettings(port, {**computed, **kept, **given})


def read_settings(file: Path) -> dict[str, str]:
    """Read lines ``NAME=value`` or ``NAME="value"``; ``#`` begins a comment line.

    :raises TrialFailed: a line is neither.
    """
    settings = {}
    for number, raw in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if not equals or not name.isidentifier():
            raise TrialFailed(f"{file.name}, Zeile {number}: Bitte schreiben Sie NAME=Wert.")
        quoted = len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'"
        settings[name] = value[1:-1] if quoted else value
    return settings


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise TrialFailed(
            "PORT ist eine Zahl zwischen 1 und 65535, zum Beispiel: make run PORT=8123"
        )
    return int(text)
