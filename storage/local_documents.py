"""DocumentStore on a local file system: for trials and for a single server."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from storage.documents import DocumentMissing, StoreUnavailable
from storage.folders import INCOMING, make_folder, open_folder, walk_files
from storage.incoming import IncomingFile, incoming_file
from storage.keys import check_key, check_prefix
from storage.pieces import PIECE_SIZE_BYTES, ExactStream, begun

#: ends the name of every document file; no key holds it, so ``a`` and ``a/b`` never collide
_ENDING = "="


class LocalDocuments:
    """One private file per document below ``folder``; follows no link found there.

    ``put`` and ``check`` create the folder. A document appears under its name only when its
    bytes and its directory entry are on the disk. The media type is not kept.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, key: str, content: BinaryIO, size_bytes: int, media_type: str) -> None:  # noqa: ARG002 - the protocol names it
        """Write aside, then rename; see ``DocumentStore``."""
        *folders, name = check_key(key).split("/")
        exact = ExactStream(content, size_bytes)
        with _foreign_errors(), self._incoming() as (root, file):
            for piece in exact.pieces():
                file.write(piece)
            file.sync()
            with make_folder(root, folders) as target:
                file.move_to(target, name + _ENDING)
                os.fsync(target)

    def read(self, key: str) -> Iterator[bytes]:
        """Yield the bytes; see ``DocumentStore``."""
        return begun(self._pieces(check_key(key)))

    def delete(self, key: str) -> None:
        """Remove; see ``DocumentStore``."""
        *folders, name = check_key(key).split("/")
        with (
            _foreign_errors(),
            self._open() as root,
            suppress(FileNotFoundError),
            open_folder(root, folders) as folder,
        ):
            os.unlink(name + _ENDING, dir_fd=folder)
            os.fsync(folder)

    def keys(self, prefix: str) -> Iterator[str]:
        """Yield all keys; see ``DocumentStore``."""
        return begun(self._keys(check_prefix(prefix)))

    def check(self) -> None:
        """Write and remove a block: a full or read-only disk shows; see ``DocumentStore``."""
        with _foreign_errors(), self._incoming() as (_, file):
            file.write(bytes(4096))

    def _keys(self, prefix: str) -> Iterator[str]:
        folders = prefix.split("/")[:-1]
        with (
            _foreign_errors(),
            self._open() as root,
            suppress(FileNotFoundError),
            open_folder(root, folders) as folder,
        ):
            for path in walk_files(folder):
                key = "/".join([*folders, path]).removesuffix(_ENDING)
                if path.endswith(_ENDING) and key.startswith(prefix):
                    yield key

    def _pieces(self, key: str) -> Iterator[bytes]:
        *folders, name = key.split("/")
        with _foreign_errors(), self._open() as root:
            try:
                with open_folder(root, folders) as folder:
                    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
                    file = os.open(name + _ENDING, flags, dir_fd=folder)
            except FileNotFoundError:
                raise DocumentMissing(key) from None
            with os.fdopen(file, "rb", buffering=0) as source:
                if not stat.S_ISREG(os.fstat(file).st_mode):
                    raise StoreUnavailable
                while piece := source.read(PIECE_SIZE_BYTES):
                    yield piece

    @contextmanager
    def _incoming(self) -> Iterator[tuple[int, IncomingFile]]:
        with (
            self._open(create=True) as root,
            make_folder(root, [INCOMING]) as incoming,
            incoming_file(incoming) as file,
        ):
            yield root, file

    @contextmanager
    def _open(self, *, create: bool = False) -> Iterator[int]:
        if create:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        root = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            yield root
        finally:
            os.close(root)


@contextmanager
def _foreign_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreUnavailable from error
