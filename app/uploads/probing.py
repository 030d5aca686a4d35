"""Probe: a file from outside is opened by a process that can be lost."""

import subprocess
from typing import IO

from app.confined.interpreter import FOLDER, NO_ENVIRONMENT, command
from app.errors import Unavailable
from app.uploads.confinement import PROBE_LIMITS, READY
from app.uploads.faults import PROBE_FAULTS


def probe(module: str, file: IO[bytes]) -> str:
    """Let ``module`` look at ``file``; returns a key of ``PROBE_FAULTS``, empty if all is well.

    A probe that dies of a file found it ``unreadable``. It inherits no environment.

    :raises Unavailable: the probe could not start, or got no processor time.
    """
    file.seek(0)
    try:
        run = subprocess.run(  # noqa: S603 - our own interpreter and our own module
            command(module),
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=FOLDER,
            env=NO_ENVIRONMENT,
            timeout=PROBE_LIMITS.wall_s,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unavailable("upload-probe") from error
    ready, _, verdict = run.stdout.decode("ascii", "replace").partition("\n")
    if ready != READY:
        raise Unavailable("upload-probe")
    if run.returncode == 0 and verdict.strip() == "":
        return ""
    return verdict.strip() if verdict.strip() in PROBE_FAULTS else "unreadable"
