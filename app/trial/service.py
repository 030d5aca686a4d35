"""Dienst: one long-running process of the trial, started again when it ends by itself."""

import signal
import subprocess
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.trial.child import end_child, kill_session, start_child
from app.trial.failure import TrialFailed

PATIENCE_S = 8
RESTARTS = 5
RESTARTS_WITHIN_S = 60


@dataclass
class Service:
    """``name`` is German with its article ("Der Webserver"); ``log`` takes what it prints."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    folder: Path
    log: Path
    _child: subprocess.Popen[bytes] | None = field(default=None, init=False, repr=False)
    _starts: deque[float] = field(
        default_factory=lambda: deque(maxlen=RESTARTS + 1), init=False, repr=False
    )

    def start(self) -> None:
        """Start it; what it prints goes to its log, one earlier log is kept.

        :raises TrialFailed: it was started too often in a short time.
        """
        now = time.monotonic()
        if len(self._starts) > RESTARTS and now - self._starts[0] < RESTARTS_WITHIN_S:
            raise TrialFailed(
                f"{self.name} endet immer wieder. Das steht zuletzt da:\n{self.tail()}"
            )
        if not self._starts:
            self._begin_log()
        self._starts.append(now)
        with self.log.open("ab") as output:
            self._child = start_child(
                self.command,
                end_with=signal.SIGTERM,
                output=output,
                environment=self.environment,
                folder=self.folder,
            )

    def has_ended(self) -> bool:
        """Tell whether a started process is gone."""
        return self._child is not None and self._child.poll() is not None

    def wait(self) -> int:
        """Wait for a process that ends by itself and return its exit code."""
        return 0 if self._child is None else self._child.wait()

    def restart(self) -> None:
        """Start again after an unexpected end.

        :raises TrialFailed: it was started too often in a short time.
        """
        if self._child is not None:
            kill_session(self._child)
        self.start()

    def ask_to_end(self) -> None:
        """Begin the end without waiting for it, so that several can end at once."""
        if self._child is not None and self._child.poll() is None:
            self._child.terminate()

    def end(self) -> None:
        """End it for good; within :data:`PATIENCE_S`, else it is killed."""
        if self._child is not None:
            end_child(self._child, signal.SIGTERM, PATIENCE_S)
            self._child = None

    def tail(self, lines: int = 15) -> str:
        """Return the last lines of the log."""
        text = self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""
        return "\n".join(text.splitlines()[-lines:])

    def _begin_log(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists():
            self.log.replace(self.log.with_name(f"{self.log.name}.1"))
