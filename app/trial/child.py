"""Child processes that end with their parent, even when the parent is killed outright."""

import ctypes
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True, slots=True)
class Account:
    """Whom a child runs as; only root may choose."""

    uid: int
    gid: int


def end_with_parent(end_with: signal.Signals, parent: int) -> None:
    """Have the kernel send ``end_with`` to this process once ``parent`` (a pid) is gone.

    Strictly: once the parent's thread that started this process has ended. A change of user
    afterwards would undo it. Source: prctl(2), PR_SET_PDEATHSIG.
    """
    _libc.prctl(_PR_SET_PDEATHSIG, int(end_with))
    if os.getppid() != parent:
        os.kill(os.getpid(), end_with)


def start_child(
    command: Sequence[str | Path],
    *,
    end_with: signal.Signals,
    output: IO[bytes],
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    account: Account | None = None,
) -> subprocess.Popen[bytes]:
    """Start ``command`` in a session of its own, so that Ctrl-C reaches only the parent.

    ``output`` takes what it prints; ``account`` None means whoever we are.
    """
    parent = os.getpid()
    return subprocess.Popen(  # noqa: S603 - commands are our own
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        env=None if environment is None else dict(environment),
        cwd=folder or "/",
        start_new_session=True,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
        # a wrapper program would be started as an account that may not read it
        preexec_fn=lambda: end_with_parent(end_with, parent),  # noqa: PLW1509
    )


def run_as(
    command: Sequence[str | Path], account: Account | None = None
) -> subprocess.CompletedProcess[str]:
    """Run ``command`` to its end and keep what it says; its exit code is the caller's matter."""
    return subprocess.run(  # noqa: S603 - commands are our own
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        cwd="/",
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
        capture_output=True,
        text=True,
        check=False,
    )


def end_child(child: subprocess.Popen[bytes], ask: signal.Signals, patience_s: float) -> None:
    """Ask a child to end and wait; after ``patience_s`` its whole session is killed."""
    if child.poll() is None:
        child.send_signal(ask)
        try:
            child.wait(timeout=patience_s)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    kill_session(child)


def kill_session(child: subprocess.Popen[bytes]) -> None:
    """Kill what a child that is gone left behind in its session."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
