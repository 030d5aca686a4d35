"""Konfiguration: everything the environment may say, read once into one frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit


class ConfigMissing(Exception):
    """A variable that matters is not set or makes no sense; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Config:
    """The configuration; see the table in README for what each variable means.

    ``public_url`` has no trailing slash; ``trial_folder`` is set only in a trial and switches on
    the landing page and the trial identity provider.
    """

    public_url: str
    database_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    documents_url: str = field(repr=False)
    mail_url: str = field(repr=False)
    mail_from: str
    jobs_url: str
    scanner_url: str
    oidc_issuer: str
    oidc_client_id: str
    oidc_client_secret: str = field(repr=False)
    oidc_api_audience: str
    trial_folder: Path | None = None
    testing: bool = False

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Self:
        """Read the variables; secrets may also come as a file named by ``<NAME>_FILE``.

        :raises ConfigMissing: if one that matters is missing or unusable.
        """

        def value(name: str) -> str:
            path = env.get(f"{name}_FILE")
            try:
                text = Path(path).read_text(encoding="utf-8").strip() if path else env.get(name, "")
            except OSError as error:
                raise ConfigMissing(f"{name}_FILE: Diese Datei lässt sich nicht lesen.") from error
            if not text:
                raise ConfigMissing(f"{name} fehlt: Bitte setzen Sie die Umgebungsvariable {name}.")
            return text

        secret = value("SECRET_KEY")
        if len(secret) < 32:
            raise ConfigMissing("SECRET_KEY muss mindestens 32 Zeichen lang sein.")
        public_url = value("PUBLIC_URL").rstrip("/")
        if (
            urlsplit(public_url).scheme not in {"http", "https"}
            or not urlsplit(public_url).hostname
        ):
            raise ConfigMissing("PUBLIC_URL muss mit http:// oder https:// beginnen.")
        has_client_secret = "OIDC_CLIENT_SECRET" in env or "OIDC_CLIENT_SECRET_FILE" in env
        trial = env.get("TRIAL_FOLDER", "")
        return cls(
            public_url=public_url,
            database_url=value("DATABASE_URL"),
            secret_key=secret,
            documents_url=value("DOCUMENTS_URL"),
            mail_url=value("MAIL_URL"),
            mail_from=value("MAIL_FROM"),
            jobs_url=value("JOBS_URL"),
            scanner_url=value("SCANNER_URL"),
            oidc_issuer=value("OIDC_ISSUER"),
            oidc_client_id=value("OIDC_CLIENT_ID"),
            oidc_client_secret=value("OIDC_CLIENT_SECRET") if has_client_secret else "",
            oidc_api_audience=value("OIDC_API_AUDIENCE"),
            trial_folder=Path(trial).resolve() if trial else None,
        )

    @property
    def is_https(self) -> bool:
        """Whether browsers reach the platform by TLS, so that cookies may be ``Secure``."""
        return self.public_url.startswith("https://")

    @property
    def sqlalchemy_url(self) -> str:
        """``database_url`` with the driver named."""
        for prefix in ("postgresql://", "postgres://"):
            if self.database_url.startswith(prefix):
                return "postgresql+psycopg://" + self.database_url.removeprefix(prefix)
        return self.database_url

    def for_flask(self) -> dict[str, Any]:
        """Return the settings that Flask and its extensions read."""
        return {
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": self.sqlalchemy_url,
            "SQLALCHEMY_ENGINE_OPTIONS": {
                "pool_size": 8,
                "max_overflow": 16,
                "pool_recycle": 1800,
                "hide_parameters": True,  # values people gave must not reach an error's text
                "connect_args": {"application_name": "antragswerk", "connect_timeout": 5},
            },
            "TRUSTED_HOSTS": [str(urlsplit(self.public_url).hostname)],
            "MAX_CONTENT_LENGTH": 1024 * 1024,
            "MAX_FORM_MEMORY_SIZE": 512 * 1024,
            "MAX_FORM_PARTS": 200,
            "SESSION_COOKIE_SECURE": self.is_https,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "TESTING": self.testing,
        }
