"""Archiv: a bundle's files, on disk, as ZIP and as one digest."""

import hashlib
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from app.errors import BundleInvalid, FieldFault

#: maps ``bpmn/<key>/…`` and ``forms/<key>/…`` to content
BundleFiles = Mapping[str, bytes]

MAX_MEMBERS = 200
MAX_SIZE_BYTES = 10_000_000
ROOTS = ("bpmn", "forms")
KEY = r"[a-z][a-z0-9_]{2,63}"
_PATH = re.compile(
    rf"(?:bpmn|forms)/(?P<key>{KEY})(?:/[A-Za-z0-9_][A-Za-z0-9_.-]{{0,99}}){{1,4}}\Z"
)
_CHUNK_BYTES = 65_536
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
#: what zipfile raises for damaged, encrypted or unknown content
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    struct.error,
)


def read_folders(root: Path, key: str) -> BundleFiles:
    """Read ``bpmn/<key>`` and ``forms/<key>`` below ``root``; hidden files are left out.

    :raises BundleInvalid: a folder is missing, a link leads elsewhere, or a name is odd.
    """
    files: dict[str, bytes] = {}
    for folder in (root / part / key for part in ROOTS):
        if not folder.is_dir():
            raise _invalid(folder.relative_to(root).as_posix(), "Dieser Ordner fehlt.")
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(root).as_posix()
            if path.is_symlink():
                raise _invalid(name, "Verknüpfungen sind nicht erlaubt.")
            if path.is_file() and not path.name.startswith("."):
                files[name] = path.read_bytes()
    _check(files)
    return files


def pack(files: BundleFiles) -> bytes:
    """Write a ZIP; equal files give equal bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(files):
            member = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3  # Unix, whatever machine packs
            member.external_attr = 0o644 << 16
            archive.writestr(member, files[name])
    return buffer.getvalue()


def unpack(data: bytes) -> BundleFiles:
    """Read a ZIP that may come from anywhere; nothing is written to disk.

    :raises BundleInvalid: no ZIP, too many or too large members, odd names, links, encryption.
    """
    files: dict[str, bytes] = {}
    left = MAX_SIZE_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS:
                raise _invalid("zip", f"Das Archiv enthält mehr als {MAX_MEMBERS} Dateien.")
            for member in members:
                if member.filename.endswith("/"):
                    continue
                if member.filename in files:
                    raise _invalid(member.filename, "Diese Datei ist doppelt enthalten.")
                content = _read(archive, member, left)
                left -= len(content)
                files[member.filename] = content
    except _UNREADABLE as error:
        raise _invalid("zip", "Die Datei ist kein lesbares ZIP-Archiv.") from error
    _check(files)
    return files


def digest(files: BundleFiles) -> str:
    """Hash names and contents in a fixed order: sha256 as hex, the same however it was packed."""
    total = hashlib.sha256()
    for name in sorted(files):
        encoded = name.encode()
        total.update(len(encoded).to_bytes(8) + encoded)
        total.update(len(files[name]).to_bytes(8) + files[name])
    return total.hexdigest()


def service_key(files: BundleFiles) -> str:
    """Name the one service these files belong to.

    :raises BundleInvalid: they belong to none or to several.
    """
    keys = {match["key"] for match in map(_PATH.match, files) if match}
    if len(keys) != 1:
        raise _invalid("zip", "Ein Bündel enthält genau eine Leistung in bpmn/ und forms/.")
    return keys.pop()


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> bytes:
    if (member.external_attr >> 16) & 0o170000 not in {0, 0o100000}:
        raise _invalid(member.filename, "Verknüpfungen und Sonderdateien sind nicht erlaubt.")
    if not _PATH.match(member.filename):
        raise _invalid(member.filename, "So darf eine Datei im Bündel nicht heißen.")
    if member.compress_type not in _METHODS:
        raise _invalid(member.filename, "Dieses Packverfahren ist nicht vorgesehen.")
    content = bytearray()
    with archive.open(member) as stream:  # the size in the directory may lie: count what comes
        while chunk := stream.read(_CHUNK_BYTES):
            content += chunk
            if len(content) > left:
                raise _invalid("zip", "Das Bündel ist ausgepackt größer als 10 MB.")
    return bytes(content)


def _check(files: BundleFiles) -> None:
    for name in files:
        if not _PATH.match(name):
            raise _invalid(name, "So darf eine Datei im Bündel nicht heißen.")
    if len(files) > MAX_MEMBERS:
        raise _invalid("zip", f"Das Bündel enthält mehr als {MAX_MEMBERS} Dateien.")
    if sum(map(len, files.values())) > MAX_SIZE_BYTES:
        raise _invalid("zip", "Das Bündel ist größer als 10 MB.")
    service_key(files)


def _invalid(where: str, message: str) -> BundleInvalid:
    return BundleInvalid([FieldFault(where, "archive", message)])
