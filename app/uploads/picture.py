"""Bild: the pixels as a person sees them, without anything the file says about them."""

import io
from contextlib import suppress
from typing import Any, Literal

from PIL import ExifTags, Image, ImageCms

#: Source: CIPA DC-008 (EXIF) 4.6.5, tag 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
#: high enough that small print stays legible; a phone's photo keeps about its size
_JPEG_QUALITY = 90
_PNG_EFFORT, _PNG_EFFORT_LARGE = 6, 3
#: packing well takes long; pictures beyond this size are packed quickly instead
_LARGE_PIXELS = 12_000_000
_JPEG_MODES = frozenset({"L", "RGB"})
_PROFILED_MODES = frozenset({"RGB", "RGBA", "CMYK"})


def as_seen(image: Image.Image) -> Image.Image:
    """Turn the picture upright and its colours to sRGB, as its file asks viewers to do.

    Of the notes only transparency is left, which belongs to the pixels. Takes ``image`` over.
    """
    turn = _UPRIGHT.get(_orientation(image))
    transparency, profile = image.info.get("transparency"), image.info.get("icc_profile")
    seen = image.transpose(turn) if turn is not None else image
    if profile and seen.mode in _PROFILED_MODES:
        seen = _in_srgb(seen, profile)
    seen.info = {} if transparency is None else {"transparency": transparency}
    return seen


def encode(image: Image.Image, kind: Literal["JPEG", "PNG"]) -> bytes:
    """Write a picture as JPEG or PNG; a JPEG becomes grey or RGB, which everybody can show."""
    target = io.BytesIO()
    if kind == "PNG":
        large = image.width * image.height > _LARGE_PIXELS
        image.save(target, "PNG", compress_level=_PNG_EFFORT_LARGE if large else _PNG_EFFORT)
    else:
        plain = image if image.mode in _JPEG_MODES else image.convert("RGB")
        plain.save(target, "JPEG", quality=_JPEG_QUALITY)
    return target.getvalue()


def _orientation(image: Image.Image) -> Any:
    """Read how the camera was held; notes that cannot be read say nothing."""
    with suppress(Exception):
        return image.getexif().get(ExifTags.Base.Orientation, 1)
    return 1


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Convert by the file's own colour profile; one that cannot be read changes nothing."""
    mode = "RGB" if image.mode == "CMYK" else image.mode
    with suppress(OSError, ImageCms.PyCMSError):
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        wanted = ImageCms.createProfile("sRGB")
        transform = ImageCms.buildTransform(given, wanted, image.mode, mode)
        if mode == image.mode:
            ImageCms.applyTransform(image, transform, inPlace=True)
        else:
            return ImageCms.applyTransform(image, transform) or image
    return image
