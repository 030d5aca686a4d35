"""Probe: a file from outside is opened by a process that can be lost."""

import subprocess
import sys
from pathlib import Path
from typing import IO

from app.errors import Unavailable
from app.uploads.confinement import READY
from app.uploads.faults import PROBE_FAULTS

_ROOT = Path(__file__).parents[2]
#: far beyond the processor time a probe gets, so that only an overloaded machine gets here
_TIMEOUT_S = 20


def probe(module: str, file: IO[bytes]) -> str:
    """Let ``module`` look at ``file``; returns a key of ``PROBE_FAULTS``, empty if all is well.

    A probe that dies of a file found it ``unreadable``. It inherits no environment.

    :raises Unavailable: the probe could not start, or got no processor time.
    """
    file.seek(0)
    try:
        run = subprocess.run(  # noqa: S603 - our own interpreter and our own module
            [sys.executable, "-E", "-s", "-m", module],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env={},
            timeout=_TIMEOUT_S,
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
