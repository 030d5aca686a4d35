"""Pictures: what is kept is the picture and nothing the file knew beside it."""

import io

import pytest
from PIL import Image

from app.errors import Invalid
from app.uploads.inspection import inspect_upload
from tests.support import pictures, samples
from tests.support.pictures import CANARY

#: frame, tables, scan; APP0 is JFIF's own head of 16 bytes
PLAIN_MARKERS = {0xE0, 0xDB, 0xC0, 0xC4, 0xDA}
RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)


def kept(content: bytes, name: str) -> bytes:
    upload = inspect_upload(
        io.BytesIO(content), name=name, accept=("image/jpeg", "image/png"), max_size_bytes=10**7
    )
    return upload.content.read()


def corners(content: bytes) -> list[tuple[int, ...]]:
    """Return the colours of the four quarters from left to right and top to bottom."""
    image = Image.open(io.BytesIO(content)).convert("RGB")
    width, height = image.size
    places = [(x, y) for y in (height // 4, height * 3 // 4) for x in (width // 4, width * 3 // 4)]
    return [tuple(round(part / 51) * 51 for part in image.getpixel(place)) for place in places]


@pytest.mark.abuse("A12")
def test_a_photo_forgets_place_device_comments_and_profile():
    content = pictures.talkative_jpeg()
    assert content.count(CANARY) >= 4

    clean = kept(content, "Foto.jpg")

    assert CANARY not in clean
    assert pictures.jpeg_markers(clean) == PLAIN_MARKERS
    image = Image.open(io.BytesIO(clean))
    assert (image.format, dict(image.getexif())) == ("JPEG", {})
    assert set(image.info) == {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert corners(clean) == [RED, GREEN, BLUE, WHITE]


@pytest.mark.abuse("A12")
def test_a_screenshot_forgets_its_notes():
    content = pictures.talkative_png()
    assert {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"iCCP", b"prIv"} <= set(
        pictures.png_chunks(content)
    )

    clean = kept(content, "Bild.png")

    assert set(pictures.png_chunks(clean)) == {b"IHDR", b"IDAT", b"IEND"}
    assert corners(clean) == [RED, GREEN, BLUE, WHITE]


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png")])
def test_a_picture_held_sideways_is_kept_upright(kind, name):
    clean = kept(pictures.held_sideways(kind), name)

    image = Image.open(io.BytesIO(clean))
    assert (image.format, image.size) == (kind, (48, 64))
    assert corners(clean) == [BLUE, RED, WHITE, GREEN]


def test_a_mirrored_picture_is_turned_over():
    clean = kept(pictures.held_sideways("JPEG", orientation=2), "a.jpg")

    assert corners(clean) == [GREEN, RED, WHITE, BLUE]


@pytest.mark.abuse("A12")
@pytest.mark.parametrize(
    "tail",
    [
        b"<script>alert('" + CANARY + b"')</script>",
        samples.zip_archive((CANARY.decode(),)).partition(b"PK\x05\x06")[0],
        b"%PDF-1.7 " + CANARY,
        samples.exe_program() + CANARY,
    ],
    ids=["script", "archive without an end", "document", "program"],
)
@pytest.mark.parametrize(
    ("picture", "name"), [(samples.jpeg_photo(), "a.jpg"), (samples.png_image(), "a.png")]
)
def test_what_follows_the_picture_stays_behind(picture, name, tail):
    clean = kept(picture + tail, name)

    assert CANARY not in clean
    assert clean == kept(picture, name)


def test_the_second_picture_of_a_phone_stays_behind():
    clean = kept(samples.multi_picture_photo(), "IMG_0815.JPG")

    assert clean.count(b"\xff\xd8\xff") == 1
    assert Image.open(io.BytesIO(clean)).format == "JPEG"


def test_an_animation_is_not_a_picture():
    with pytest.raises(Invalid) as caught:
        kept(pictures.animated_png(), "a.png")

    assert caught.value.fields[0].code == "type_mismatch"


def test_a_hidden_animation_is_kept_as_its_first_picture():
    content = pictures.animated_png(notes_bytes=10_000)
    assert b"acTL" in pictures.png_chunks(content)

    clean = kept(content, "a.png")

    assert set(pictures.png_chunks(clean)) == {b"IHDR", b"IDAT", b"IEND"}
    assert corners(clean) == [RED, GREEN, BLUE, WHITE]


def test_a_photo_in_printing_colours_becomes_one_for_screens():
    clean = kept(pictures.saved(pictures.quarters("CMYK"), "JPEG", quality=95), "a.jpg")

    assert Image.open(io.BytesIO(clean)).mode == "RGB"
    assert corners(clean) == [RED, GREEN, BLUE, WHITE]


def test_a_scan_of_sixteen_bits_keeps_its_shades():
    clean = Image.open(io.BytesIO(kept(pictures.deep_png(), "a.png")))

    shades = [clean.getpixel((x, 4)) for x in (0, 21, 42, 63)]
    assert shades == [0, 21845, 43690, 65535]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA"])
def test_a_png_of_every_mode_is_kept(mode):
    content = pictures.saved(pictures.quarters(mode), "PNG")

    before, after = Image.open(io.BytesIO(content)), Image.open(io.BytesIO(kept(content, "a.png")))

    assert after.mode == before.mode
    assert after.convert("RGBA").tobytes() == before.convert("RGBA").tobytes()


def test_what_is_transparent_stays_so():
    image = pictures.quarters("P")
    content = pictures.saved(image, "PNG", transparency=image.getpixel((0, 0)))

    clean = Image.open(io.BytesIO(kept(content, "a.png"))).convert("RGBA")

    assert [clean.getpixel(place)[3] for place in ((5, 5), (50, 40))] == [0, 255]


@pytest.mark.parametrize("profile", [b"", b"kaputt", pictures.srgb_profile()[:200]])
def test_a_colour_profile_that_cannot_be_read_is_left_out(profile):
    content = pictures.saved(pictures.quarters(), "JPEG", quality=95, icc_profile=profile)

    assert corners(kept(content, "a.jpg")) == [RED, GREEN, BLUE, WHITE]


def test_notes_that_cannot_be_read_are_left_out():
    content = pictures.saved(pictures.quarters(), "JPEG", quality=95, exif=b"Exif\0\0MM\0*kaputt")

    assert corners(kept(content, "a.jpg")) == [RED, GREEN, BLUE, WHITE]


@pytest.mark.parametrize(
    ("content", "name"),
    [(pictures.talkative_jpeg()[:-40], "a.jpg"), (pictures.talkative_png()[:-60], "a.png")],
)
def test_a_picture_that_ends_early_is_refused(content, name):
    with pytest.raises(Invalid) as caught:
        kept(content, name)

    assert caught.value.fields[0].code == "unreadable"
