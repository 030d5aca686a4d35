"""Probe: a file from outside is opened by a process that can be lost."""

import subprocess
from typing import IO

from app.confined.interpreter import FOLDER, NO_ENVIRONMENT, command
from app.errors import Unavailable
from app.uploads.confinement import PICTURE_LIMITS, READY, REWRITTEN
from app.uploads.faults import PROBE_FAULTS


def probe(module: str, file: IO[bytes]) -> str | bytes:
    """Let ``module`` look at ``file``; returns a key of ``PROBE_FAULTS``, empty if all is well.

    Bytes are the file as it shall be kept: the probe wrote it anew. A probe that dies of a file
    found it ``unreadable``. It inherits no environment.

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
            timeout=PICTURE_LIMITS.wall_s,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unavailable("upload-probe") from error
    ready, _, verdict = run.stdout.partition(b"\n")
    if ready != READY.encode():
        raise Unavailable("upload-probe")
    word, newline, content = verdict.partition(b"\n")
    if run.returncode == 0 and word == REWRITTEN.encode() and newline:
        return content
    fault = verdict.decode("ascii", "replace").strip()
    if run.returncode == 0 and not fault:
        return ""
    return fault if fault in PROBE_FAULTS else "unreadable"
