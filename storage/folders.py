"""Ordner: walks below an open directory without ever following a link."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

#: holds files that are being written; not a key, as it starts with a dot
INCOMING = ".incoming"

_FLAGS = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


@contextmanager
def open_folder(root: int, names: Sequence[str]) -> Iterator[int]:
    """Open the directory ``names`` lead to, one by one from ``root``; yields its descriptor.

    :raises OSError: if a step is missing, or is not a directory but a link, for example.
    """
    folder = os.dup(root)
    try:
        for name in names:
            step = os.open(name, _FLAGS, dir_fd=folder)
            os.close(folder)
            folder = step
        yield folder
    finally:
        os.close(folder)


@contextmanager
def make_folder(root: int, names: Sequence[str]) -> Iterator[int]:
    """Like :func:`open_folder`, and makes what is missing, readable for the owner alone.

    :raises OSError: if a step cannot be made or is not a directory.
    """
    for depth in range(len(names)):
        with open_folder(root, names[:depth]) as parent, suppress(FileExistsError):
            os.mkdir(names[depth], mode=0o700, dir_fd=parent)
            os.fsync(parent)
    with open_folder(root, names) as folder:
        yield folder


def walk_files(folder: int) -> Iterator[str]:
    """Yield the paths of all files below ``folder``, without hidden ones.

    :raises OSError: if a directory cannot be read; one that vanished meanwhile is no error.
    """
    for path, folders, files, _ in os.fwalk(".", onerror=_unless_gone, dir_fd=folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if not name.startswith("."):
                yield os.path.normpath(f"{path}/{name}")


def _unless_gone(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error
