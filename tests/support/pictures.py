"""Bilder mit Beigaben: photos as cameras, phones and people with bad intent make them."""

import io
import struct
import zlib
from typing import Any

from PIL import ExifTags, Image, ImageCms, PngImagePlugin

#: what must not be found in what is kept
CANARY = b"KANARIENVOGEL"


def quarters(mode: str = "RGB") -> Image.Image:
    """Draw four quarters that tell how the picture is held: red, green, blue, white."""
    image = Image.new("RGB", (64, 48), "white")
    image.paste("red", (0, 0, 32, 24))
    image.paste("lime", (32, 0, 64, 24))
    image.paste("blue", (0, 24, 32, 48))
    return image.convert(mode)


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    """Write an image to bytes."""
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def talkative_jpeg() -> bytes:
    """Make a photo that says where, when, with what and by whom it was taken."""
    exif = Image.Exif()
    exif[ExifTags.Base.Model] = CANARY.decode()
    exif[ExifTags.Base.Orientation] = 1
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef] = "N"
    place[ExifTags.GPS.GPSLatitude] = (50.0, 33.0, 19.0)
    place[ExifTags.GPS.GPSMapDatum] = CANARY.decode()
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + CANARY + b"</x:xmpmeta>"
    return saved(
        quarters(),
        "JPEG",
        quality=95,
        exif=exif,
        comment=CANARY,
        xmp=xmp,
        icc_profile=srgb_profile() + CANARY,
        dpi=(321, 321),
    )


def talkative_png() -> bytes:
    """Make a screenshot with every kind of note a PNG may hold."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", CANARY.decode())
    notes.add_text("Comment", CANARY.decode(), zip=True)
    notes.add_itxt("XML:com.adobe.xmp", CANARY.decode())
    notes.add(b"prIv", CANARY)
    exif = Image.Exif()
    exif[ExifTags.Base.Model] = CANARY.decode()
    profile = srgb_profile() + CANARY
    return saved(quarters(), "PNG", pnginfo=notes, exif=exif, icc_profile=profile, dpi=(321, 321))


def held_sideways(kind: str, orientation: int = 6) -> bytes:
    """Make an image whose notes tell to turn it."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    options = {"quality": 95, "subsampling": 0} if kind == "JPEG" else {}
    return saved(quarters(), kind, exif=exif, **options)


def animated_png(notes_bytes: int = 0) -> bytes:
    """Make a PNG with two more frames behind the first; notes may stand before all of them."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "x" * notes_bytes)
    more = [Image.new("RGB", (64, 48), colour) for colour in ("black", "yellow")]
    return saved(quarters(), "PNG", save_all=True, append_images=more, duration=100, pnginfo=notes)


def deep_png() -> bytes:
    """Make a grey PNG of 16 bits per pixel, as scanners do, from black to white."""
    rows = b"".join(
        b"\0" + b"".join(struct.pack(">H", x * 65535 // 63) for x in range(64)) for _ in range(8)
    )
    head = struct.pack(">IIBBBBB", 64, 8, 16, 0, 0, 0, 0)
    chunks = _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def srgb_profile() -> bytes:
    """Return the usual colour profile."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def jpeg_markers(content: bytes) -> set[int]:
    """Return the markers before the picture's data begins; Source: ITU-T T.81 B.1.1.3."""
    found, at = set(), 2
    while content[at] == 0xFF:
        marker = content[at + 1]
        found.add(marker)
        if marker == 0xDA:
            break
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return found


def png_chunks(content: bytes) -> list[bytes]:
    """Return the names of all chunks to the last byte."""
    found, at = [], 8
    while at < len(content):
        found.append(content[at + 4 : at + 8])
        at += 12 + int.from_bytes(content[at : at + 4], "big")
    return found


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
