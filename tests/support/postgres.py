"""The tests' own PostgreSQL: fast, forgetful, one per test run."""

import shutil
import tempfile
from pathlib import Path

from app.trial.postgres import PrivatePostgres


class ThrowAwayPostgres:
    """A server in a temporary folder that nothing remains of."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="antragswerk-test-"))
        self._folder.chmod(0o711)  # the database's account must pass through
        self._server = PrivatePostgres(self._folder / "postgres", durable=False)

    def start(self) -> str:
        """Start the server and return the address of a database on it."""
        return self._server.start()

    def stop(self) -> None:
        """End the server and delete its data."""
        self._server.remove()
        shutil.rmtree(self._folder)
