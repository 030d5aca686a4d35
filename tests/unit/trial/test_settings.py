"""What the processes of the trial are told."""

import pytest

from app.trial.failure import TrialFailed
from app.trial.settings import read_settings, trial_settings

FILE = """
# harmless twins
MAIL_URL=folder:var/mail
MAIL_FROM="Antragswerk <post@example.org>"
SECRET_KEY_FILE=var/secrets/secret_key
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "trial.env"
    path.write_text(FILE)
    return path


def test_addresses_follow_from_the_port(file):
    settings = trial_settings(file, {"PORT": "8123"})

    assert settings.public_url == "http://127.0.0.1:8123"
    assert settings.own_address == "http://127.0.0.1:8123"
    assert settings.values["OIDC_ISSUER"] == "http://127.0.0.1:8123/trial-idp"


def test_without_a_port_it_is_8000(file):
    assert trial_settings(file, {"PORT": ""}).port == 8000


@pytest.mark.parametrize("port", ["achttausend", "0", "65536", "-1", "80 00", "٨٠"])
def test_what_is_no_port_is_refused_with_an_example(file, port):
    with pytest.raises(TrialFailed, match="make run PORT=8123"):
        trial_settings(file, {"PORT": port})


def test_the_environment_wins_over_the_file(file):
    settings = trial_settings(file, {"MAIL_URL": "smtp://mail.example.org"})

    assert settings.values["MAIL_URL"] == "smtp://mail.example.org"
    assert settings.values["MAIL_FROM"] == "Antragswerk <post@example.org>"


def test_an_empty_variable_counts_as_not_set(file):
    assert trial_settings(file, {"MAIL_URL": ""}).values["MAIL_URL"] == "folder:var/mail"


def test_a_secret_of_the_environment_replaces_the_file_that_would_hold_it(file):
    values = trial_settings(file, {"SECRET_KEY": "x" * 32}).values

    assert values["SECRET_KEY"] == "x" * 32
    assert "SECRET_KEY_FILE" not in values


def test_an_own_public_address_moves_the_identity_provider_with_it(file):
    settings = trial_settings(file, {"PUBLIC_URL": "https://demo.example.org/", "PORT": "8123"})

    assert settings.values["OIDC_ISSUER"] == "https://demo.example.org/trial-idp"
    assert settings.own_address == "http://127.0.0.1:8123"


def test_a_line_that_is_no_setting_is_named(tmp_path):
    path = tmp_path / "trial.env"
    path.write_text("A=1\nexport B=2\n")

    with pytest.raises(TrialFailed, match="Zeile 2"):
        read_settings(path)


def test_only_a_pair_of_quotes_is_taken_off(tmp_path):
    path = tmp_path / "trial.env"
    path.write_text("A='x y'\nB=\"\nC=a=b\n")

    assert read_settings(path) == {"A": "x y", "B": '"', "C": "a=b"}
