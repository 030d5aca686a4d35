"""Ordner des Probebetriebs: all that it writes lies below ``var``."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class TrialFolders:
    """Names everything below the clone's folder ``root``."""

    root: Path

    @property
    def var(self) -> Path:
        """Everything that may be deleted to begin anew."""
        return self.root / "var"

    @property
    def postgres(self) -> Path:
        """The private database."""
        return self.var / "postgres"

    @property
    def lock(self) -> Path:
        """Held while the trial runs."""
        return self.var / "run" / "lock"

    @property
    def address(self) -> Path:
        """The address under which the running trial is reached, as one line."""
        return self.var / "run" / "address"

    @property
    def environment(self) -> Path:
        """The running trial's settings as JSON, with secrets: only for its owner."""
        return self.var / "run" / "environment.json"

    def log(self, name: str) -> Path:
        """Return where one of the processes prints to."""
        return self.var / "log" / f"{name}.log"
