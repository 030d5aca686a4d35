"""An app with nothing but a configuration, for what needs neither database nor services."""

from types import SimpleNamespace

from flask import Flask

from app.config import Config
from app.web import csrf, headers, problems


def config_at(public_url: str, *, issuer: str = "") -> Config:
    """Return a configuration for a platform at ``public_url``."""
    return Config(
        public_url=public_url,
        database_url="postgresql://nowhere.example/none",
        secret_key="only-for-tests-" * 3,
        documents_url="memory:",
        mail_url="memory:",
        mail_from="Antragswerk <post@example.org>",
        jobs_url="memory:",
        scanner_url="none:",
        oidc_issuer=issuer or f"{public_url}/trial-idp",
        oidc_client_id="antragswerk",
        oidc_client_secret="",
        oidc_api_audience="antragswerk-api",
        testing=True,
    )


def bare_app(public_url: str = "https://antraege.example", *, issuer: str = "") -> Flask:
    """Build it with headers, errors and the check for foreign forms, and without any route."""
    config = config_at(public_url, issuer=issuer)
    app = Flask("app")
    app.config.from_mapping(config.for_flask())
    app.extensions["parts"] = SimpleNamespace(config=config)
    problems.attach(app)
    headers.attach(app)
    csrf.attach(app)
    return app
