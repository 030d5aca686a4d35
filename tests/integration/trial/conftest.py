"""Folders that the database's own account can reach, even when the tests run as root."""

import shutil
import tempfile
from pathlib import Path

import pytest


@pytest.fixture
def folder():
    path = Path(tempfile.mkdtemp(prefix="antragswerk-prüfung "))
    path.chmod(0o711)
    yield path
    shutil.rmtree(path)
