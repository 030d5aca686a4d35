"""Eingang: files that are being written and vanish unless they are completed."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from uuid import uuid4


@dataclass
class IncomingFile:
    """One file in the directory with the descriptor ``folder``, locked by its writer."""

    folder: int
    name: str
    file: int

    def write(self, piece: bytes) -> None:
        """Append all of ``piece``."""
        left = memoryview(piece)
        while left:
            left = left[os.write(self.file, left) :]

    def sync(self) -> None:
        """Return only when the bytes are on the disk."""
        os.fsync(self.file)

    def move_to(self, folder: int, name: str) -> None:
        """Put the file under its final name, at once and in place of what was there."""
        os.replace(self.name, name, src_dir_fd=self.folder, dst_dir_fd=folder)


@contextmanager
def incoming_file(folder: int) -> Iterator[IncomingFile]:
    """Open a new private file; it is removed at the end unless it was moved.

    Also removes what writers left that died before they were done: their locks died with them.
    """
    _sweep(folder)
    incoming = _create(folder)
    try:
        yield incoming
    finally:
        with suppress(FileNotFoundError):
            os.unlink(incoming.name, dir_fd=folder)
        os.close(incoming.file)


def _create(folder: int) -> IncomingFile:
    while True:
        name = uuid4().hex
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        file = os.open(name, flags, mode=0o600, dir_fd=folder)
        fcntl.flock(file, fcntl.LOCK_EX)
        if os.fstat(file).st_nlink:
            return IncomingFile(folder, name, file)
        os.close(file)  # a sweep came between creating and locking


def _sweep(folder: int) -> None:
    for name in os.listdir(folder):
        with suppress(OSError):
            file = os.open(name, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=folder)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                os.unlink(name, dir_fd=folder)
            finally:
                os.close(file)
