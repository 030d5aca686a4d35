"""A running platform for browser tests: web server and worker as processes of their own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[2]
READY_WITHIN_S = 60


def free_port() -> int:
    """Find a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class LivePlatform:
    """The platform with the trial's sign-in on a free port; what it writes lies in ``folder``."""

    def __init__(self, database_url: str, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **os.environ,
            "PUBLIC_URL": self.url,
            "DATABASE_URL": database_url,
            "SECRET_KEY": "only-for-tests-" * 3,
            "DOCUMENTS_URL": f"file:{folder / 'documents'}",
            "MAIL_URL": f"folder:{folder / 'mail'}",
            "MAIL_FROM": "Antragswerk <post@example.org>",
            "JOBS_URL": "procrastinate:",
            "SCANNER_URL": "none:",
            "OIDC_ISSUER": f"{self.url}/trial-idp",
            "OIDC_CLIENT_ID": "antragswerk",
            "OIDC_API_AUDIENCE": "antragswerk-api",
            "TRIAL_FOLDER": str(folder / "trial"),
            "PYTHONPATH": str(ROOT),
        }
        self._processes: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        """Load the demo data, start both processes and wait until they are ready."""
        subprocess.run(
            [sys.executable, "-m", "app.cli", "demo"], env=self.environment, cwd=ROOT, check=True
        )
        web = ("granian", "--interface", "wsgi", "--host", "127.0.0.1", "--no-ws")
        self._spawn(
            *web, "--port", str(self.port), "--workers", "1", "--blocking-threads", "8", "wsgi:app"
        )
        self._spawn("app.worker")
        deadline = time.monotonic() + READY_WITHIN_S
        while not self._answers("/readyz"):
            assert time.monotonic() < deadline, "the platform is not ready; see " + str(self.folder)
            time.sleep(0.2)

    def stop(self) -> None:
        """End both processes."""
        for process in self._processes:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        for process in self._processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def mails(self) -> list[str]:
        """Return the mails that were sent, as text."""
        return [path.read_text("utf-8") for path in (self.folder / "mail").glob("*.eml")]

    def _spawn(self, *module: str) -> None:
        with (self.folder / f"{module[0]}.log").open("wb") as log:
            self._processes.append(
                subprocess.Popen(
                    [sys.executable, "-m", *module],
                    env=self.environment,
                    cwd=ROOT,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            )

    def _answers(self, path: str) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}{path}", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False
