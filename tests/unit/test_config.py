"""The configuration says what is missing instead of starting with a guess."""

import pytest

from app.config import Config, ConfigMissing

COMPLETE = {
    "PUBLIC_URL": "https://dienste.stadt.example/",
    "DATABASE_URL": "postgresql://app:geheim@db/antragswerk",
    "SECRET_KEY": "s" * 32,
    "DOCUMENTS_URL": "memory:",
    "MAIL_URL": "memory:",
    "MAIL_FROM": "Stadt <post@stadt.example>",
    "JOBS_URL": "memory:",
    "SCANNER_URL": "none:",
    "OIDC_ISSUER": "https://login.stadt.example",
    "OIDC_CLIENT_ID": "antragswerk",
    "OIDC_API_AUDIENCE": "antragswerk-api",
}


def test_a_complete_environment_is_taken_over():
    config = Config.from_env(COMPLETE)

    assert config.public_url == "https://dienste.stadt.example"
    assert config.is_https
    assert config.sqlalchemy_url == "postgresql+psycopg://app:geheim@db/antragswerk"
    assert config.trial_folder is None
    assert config.oidc_client_secret == ""


@pytest.mark.parametrize("name", sorted(COMPLETE))
def test_what_is_missing_is_named(name):
    with pytest.raises(ConfigMissing, match=name):
        Config.from_env({key: value for key, value in COMPLETE.items() if key != name})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "kurz"),
        ("PUBLIC_URL", "dienste.stadt.example"),
        ("PUBLIC_URL", "ftp://dienste.stadt.example"),
        ("OIDC_CLIENT_SECRET", ""),
    ],
)
def test_what_makes_no_sense_is_refused(name, value):
    with pytest.raises(ConfigMissing, match=name):
        Config.from_env({**COMPLETE, name: value})


def test_a_secret_may_lie_in_a_file(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("t" * 40 + "\n", encoding="utf-8")
    rest = {key: value for key, value in COMPLETE.items() if key != "SECRET_KEY"}

    assert Config.from_env({**rest, "SECRET_KEY_FILE": str(secret)}).secret_key == "t" * 40


def test_a_secret_file_that_cannot_be_read_is_named():
    with pytest.raises(ConfigMissing, match="SECRET_KEY_FILE"):
        Config.from_env({**COMPLETE, "SECRET_KEY_FILE": "/nirgends/secret"})


def test_a_configuration_shows_no_secret():
    shown = repr(Config.from_env(COMPLETE))

    assert "geheim" not in shown
    assert "s" * 32 not in shown
