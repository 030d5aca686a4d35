"""Runs one command in the environment of the running trial: ``python -m app.trial.within ...``."""

import json
import os
import sys
from pathlib import Path

from app.trial.folders import TrialFolders
from app.trial.single import AlreadyHeld, SingleHolder


def main(arguments: list[str]) -> int:
    """Replace this process by ``python -m <arguments>``; 1 if no trial is running here."""
    folders = TrialFolders(Path.cwd())
    if not is_running(folders):
        print("Der Probebetrieb läuft nicht. Bitte starten Sie ihn mit: make run", file=sys.stderr)
        return 1
    settings = json.loads(folders.environment.read_text(encoding="utf-8"))
    command = [sys.executable, "-m", *arguments]
    return os.execve(sys.executable, command, {**os.environ, **settings})  # noqa: S606 - no shell


def is_running(folders: TrialFolders) -> bool:
    """Tell whether a trial of this clone is up; its notes may outlive a killed one."""
    try:
        SingleHolder(folders.lock).acquire().release()
    except AlreadyHeld:
        return folders.environment.exists()
    return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
