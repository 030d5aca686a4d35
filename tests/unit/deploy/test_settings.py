"""The examples for operators name every setting the platform wants."""

import re
from pathlib import Path

import pytest

from app.config import Config
from app.trial.settings import read_settings

DEPLOY = Path(__file__).parents[3] / "deploy"


def test_the_example_for_systemd_starts_the_platform(tmp_path):
    settings = read_settings(DEPLOY / "systemd" / "antragswerk.env.example")

    config = Config.from_env({**settings, "SECRET_KEY": "x" * 32})

    assert config.public_url == "https://antrag.example.org"
    assert config.trial_folder is None


def test_compose_hands_over_every_setting():
    text = (DEPLOY / "compose.yaml").read_text()
    block = text[text.index("environment: &settings") : text.index("\nservices:")]
    given = dict(re.findall(r"^    ([A-Z_]+): \"?([^\"\n]+)", block, re.MULTILINE))

    config = Config.from_env(
        {**given, "PUBLIC_URL": "https://antrag.example.org", "SECRET_KEY": "x" * 32}
    )

    assert config.jobs_url == "procrastinate:"
    assert config.documents_url.startswith("s3+http://")


def test_compose_asks_for_nothing_that_its_example_does_not_name():
    asked = set(re.findall(r"\$\{([A-Z_]+)", (DEPLOY / "compose.yaml").read_text()))

    assert asked == set(read_settings(DEPLOY / "compose.env.example"))


@pytest.mark.parametrize("unit", ["web", "worker", "migrate"])
def test_no_unit_runs_as_root_or_writes_to_the_program(unit):
    text = (DEPLOY / "systemd" / f"antragswerk-{unit}.service").read_text()

    assert "DynamicUser=yes" in text
    assert "ProtectSystem=strict" in text
