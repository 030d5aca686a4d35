"""Sperre: only one may work in a folder at a time."""

import fcntl
import os
from pathlib import Path
from typing import Self


class AlreadyHeld(Exception):
    """Somebody else holds the lock."""


class SingleHolder:
    """A lock file held from :meth:`acquire` to :meth:`release` or the end of the process."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def acquire(self) -> Self:
        """Take the lock at once.

        :raises AlreadyHeld: somebody else has it.
        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(descriptor)
            raise AlreadyHeld(self._path.name) from error
        self._descriptor = descriptor
        return self

    def release(self) -> None:
        """Give it back; harmless when it is not held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
