"""Prüfung einer Datei: what somebody uploads is looked at before anything keeps it."""

import hashlib
import io
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, BinaryIO

import filetype

from app.errors import Unavailable
from app.uploads import faults
from app.uploads.archive import holds_archive
from app.uploads.kinds import FileKind, kinds_of
from app.uploads.names import clean_name, extension_of
from app.uploads.probing import probe

_PIECE_SIZE_BYTES = 256 * 1024
_SIGNATURE_SIZE_BYTES = 8192


@dataclass(frozen=True, slots=True)
class InspectedUpload:
    """A file that passed; ``name`` is cleaned, ``sha256`` is in lower-case hex.

    ``content`` stands at its beginning and is what may be kept, as ``size_bytes`` and ``sha256``
    say: a picture is written anew, any other file is the stream that was looked at.
    """

    name: str
    media_type: str
    size_bytes: int
    sha256: str
    content: BinaryIO


def inspect_upload(
    stream: BinaryIO, *, name: str, accept: Collection[str], max_size_bytes: int
) -> InspectedUpload:
    """Accept a JPEG, PNG or PDF file whose name, first bytes and parser agree on what it is.

    ``accept`` holds media types. Reads no more than one byte past ``max_size_bytes`` and opens
    the file in a process of its own, with little memory and time, which also writes pictures
    anew. ``stream`` must be seekable and stands at its beginning afterwards.

    :raises Invalid: one fault says why not (``bad_name``, ``wrong_type``, ``empty``,
        ``too_large``, ``type_mismatch``, ``unreadable``, ``encrypted``, ``active_content``,
        ``too_many_pixels``, ``too_many_pages``).
    :raises Unavailable: the machine has no room or time to look now.
    :raises ValueError: ``accept`` names nothing that can be accepted.
    """
    cleaned = clean_name(name)
    kinds = kinds_of(accept)
    kind = _announced_kind(cleaned, kinds)
    try:
        stream.seek(0)
        with TemporaryFile() as copy:
            size_bytes, sha256 = _copy(stream, copy, max_size_bytes)
            _require_signature(copy, kind, kinds)
            found = probe(kind.prober, copy)
    except OSError as error:
        raise Unavailable("upload-inspection") from error
    finally:
        with suppress(OSError):
            stream.seek(0)
    if isinstance(found, bytes):
        rewritten = hashlib.sha256(found).hexdigest()
        return InspectedUpload(cleaned, kind.media_type, len(found), rewritten, io.BytesIO(found))
    if found:
        raise faults.probe_fault(found)
    return InspectedUpload(cleaned, kind.media_type, size_bytes, sha256, stream)


def _announced_kind(name: str, kinds: tuple[FileKind, ...]) -> FileKind:
    extension = extension_of(name)
    if not extension:
        raise faults.bad_name(kinds)
    for kind in kinds:
        if extension in kind.extensions:
            return kind
    raise faults.wrong_type(kinds)


def _copy(stream: BinaryIO, copy: IO[bytes], max_size_bytes: int) -> tuple[int, str]:
    digest = hashlib.sha256()
    size_bytes = 0
    while piece := stream.read(min(_PIECE_SIZE_BYTES, max_size_bytes + 1 - size_bytes)):
        size_bytes += len(piece)
        if size_bytes > max_size_bytes:
            raise faults.too_large(max_size_bytes)
        digest.update(piece)
        copy.write(piece)
    if not size_bytes:
        raise faults.empty()
    copy.flush()
    return size_bytes, digest.hexdigest()


def _require_signature(copy: IO[bytes], announced: FileKind, kinds: tuple[FileKind, ...]) -> None:
    copy.seek(0)
    media_type = filetype.guess_mime(copy.read(_SIGNATURE_SIZE_BYTES))
    if media_type != announced.media_type:
        actual = next((kind for kind in kinds if kind.media_type == media_type), None)
        raise faults.type_mismatch(announced, actual)
    if holds_archive(copy):
        raise faults.type_mismatch(announced, None)
