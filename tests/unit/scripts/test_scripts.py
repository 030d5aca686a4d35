"""The scripts behind the Makefile, and the locks they install from."""

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SCRIPTS = sorted(path for path in (ROOT / "scripts").iterdir() if not path.suffix)
LOCKS = [
    *ROOT.glob("requirements*.txt"),
    *(ROOT / "scripts").glob("*.txt"),
    ROOT / "package-lock.json",
]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_plain_shell_and_can_be_started(script):
    assert script.read_text().startswith("#!/bin/sh\n")
    assert os.access(script, os.X_OK)
    assert subprocess.run(["/bin/sh", "-n", script], check=False).returncode == 0


def test_every_make_target_calls_a_script_and_is_explained():
    makefile = (ROOT / "Makefile").read_text()
    targets = re.findall(r"^([a-z-]+):(.*)\n\t@(\S+)", makefile, re.MULTILINE)

    assert {"run", "test", "check", "format", "bench", "token"} <= {name for name, *_ in targets}
    for name, explanation, command in targets:
        assert explanation.startswith(" ## ")
        assert name == "help" or os.access(ROOT / command, os.X_OK)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_names_no_place_to_download_from(lock):
    text = lock.read_text()

    assert '"resolved"' not in text
    assert "--index-url" not in text
    assert "--find-links" not in text
    assert not re.search(r"https?://(?!github\.com/sponsors/|opencollective\.com/)", text)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_holds_a_hash_for_every_package(lock):
    text = lock.read_text()
    if lock.suffix == ".json":
        packages = len(re.findall(r'^    "node_modules/', text, re.MULTILINE))
        assert len(re.findall('"integrity": "sha512-', text)) == packages > 0
    else:
        blocks = re.split(r"\n(?=\S)", text)
        pinned = [block for block in blocks if re.match(r"[\w.\[\]-]+==", block)]
        assert pinned
        assert all("--hash=sha256:" in block for block in pinned)
