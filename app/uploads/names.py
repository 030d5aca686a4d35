"""Dateiname: what is left of the name somebody gave a file."""

import re
import unicodedata

_MAX_LENGTH = 120
_MAX_EXTENSION_LENGTH = 10
_FALLBACK = "Datei"


def clean_name(raw: str) -> str:
    """Make a name that is safe to show, to store and to send in a header.

    In Unicode NFC, without path, control and direction characters, at most 120 characters long;
    keeps the extension, and is called ``Datei`` if nothing else is left.
    """
    last = re.split(r"[/\\]", raw)[-1]
    spaced = re.sub(r"\s+", " ", last)
    visible = "".join(sign for sign in spaced if unicodedata.category(sign)[0] != "C")
    single = re.sub(r" +", " ", visible)
    plain = re.sub(r'[<>:"|?*]', "_", unicodedata.normalize("NFC", single)).rstrip(" .")
    stem, dot, extension = plain.rpartition(".")
    if not extension.isalnum() or len(extension) > _MAX_EXTENSION_LENGTH or not dot:
        stem, ending = plain, ""
    else:
        ending = f".{extension}"
    stem = stem.strip(" .")[: _MAX_LENGTH - len(ending)].rstrip(" .")
    return f"{stem or _FALLBACK}{ending}"


def extension_of(name: str) -> str:
    """Return what follows the last dot, in lower case; empty if there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""
