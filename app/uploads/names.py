"""Dateiname: what is left of the name somebody gave a file."""

import re
import unicodedata
from pathlib import PurePosixPath

_MAX_LENGTH = 120
_MAX_EXTENSION_LENGTH = 10
_FALLBACK = "Datei"


def clean_name(raw: str) -> str:
    """Make a name that is safe to show, to store and to send in a header.

    In Unicode NFC, without path, control and direction characters, at most 120 characters long;
    keeps the extension, and is ``Datei`` when nothing is left.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", raw))[-1]
    spaced = re.sub(r"\s+", " ", last)
    visible = "".join(sign for sign in spaced if unicodedata.category(sign)[0] != "C")
    name = re.sub(r'[<>:"|?*]', "_", visible).strip(" .")
    stem, extension = name, ""
    found = PurePosixPath(f"x{visible.rstrip(' .')}").suffix
    if 1 < len(found) <= _MAX_EXTENSION_LENGTH:
        extension = re.sub(r'[<>:"|?*]', "_", found)
        stem = name.removesuffix(extension) if name.endswith(extension) else ""
    stem = stem[: _MAX_LENGTH - len(extension)].rstrip(" .")
    return f"{stem or _FALLBACK}{extension}"


def extension_of(name: str) -> str:
    """Return what follows the last dot, in lower case; empty if there is none."""
    return PurePosixPath(name).suffix.removeprefix(".").lower()
