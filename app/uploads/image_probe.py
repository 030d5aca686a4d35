"""Bildprüfung: decodes a JPEG or PNG image and writes nothing but its picture anew."""

import struct
import warnings
import zlib
from typing import BinaryIO

from PIL import Image, UnidentifiedImageError

from app.uploads.confinement import PICTURE_LIMITS, report
from app.uploads.picture import as_seen, encode

_MAX_PIXELS = 40_000_000


def rewrite(file: BinaryIO) -> str | bytes:
    """Return the picture as a file of the same kind, or ``unreadable`` or ``too_many_pixels``.

    What else the file held stays behind: place and device, previews, comments, further frames,
    and whatever follows the picture.
    """
    Image.MAX_IMAGE_PIXELS = _MAX_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(file, formats=["JPEG", "PNG"]) as image:
            image.load()
            is_png = image.format == "PNG"
            return encode(as_seen(image), "PNG" if is_png else "JPEG")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return "too_many_pixels"
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, struct.error, zlib.error):
        return "unreadable"


if __name__ == "__main__":
    report(rewrite, PICTURE_LIMITS)
