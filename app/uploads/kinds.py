"""Dateiarten: the few kinds of file that are accepted at all."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind; ``extensions`` are in lower case without dot, ``prober`` opens such files.

    ``a_file`` and ``no_file`` are German: the noun with its article, and with its negation.
    """

    media_type: str
    extensions: tuple[str, ...]
    a_file: str
    no_file: str
    prober: str


JPEG = FileKind(
    "image/jpeg", ("jpg", "jpeg"), "ein JPG-Bild", "kein JPG-Bild", "app.uploads.image_probe"
)
PNG = FileKind("image/png", ("png",), "ein PNG-Bild", "kein PNG-Bild", "app.uploads.image_probe")
PDF = FileKind(
    "application/pdf", ("pdf",), "eine PDF-Datei", "keine PDF-Datei", "app.uploads.pdf_probe"
)

FILE_KINDS = (JPEG, PNG, PDF)


def kinds_of(accept: Collection[str]) -> tuple[FileKind, ...]:
    """Look up media types; what is not accepted at all is left out.

    :raises ValueError: if nothing is left.
    """
    kinds = tuple(kind for kind in FILE_KINDS if kind.media_type in accept)
    if not kinds:
        raise ValueError("none of these media types can be accepted")
    return kinds
