"""Uploads: what is accepted, what is refused and what people are told."""

import hashlib
import io
from contextlib import suppress

import pytest

from app.errors import Invalid, Unavailable
from app.uploads.inspection import inspect_upload
from tests.support import samples

ALL = ("image/jpeg", "image/png", "application/pdf")
MIB = 1024 * 1024


def inspect(content, name, *, accept=ALL, max_size_bytes=10 * MIB):
    return inspect_upload(
        io.BytesIO(content), name=name, accept=accept, max_size_bytes=max_size_bytes
    )


def fault(content, name, **options):
    with pytest.raises(Invalid) as caught:
        inspect(content, name, **options)
    (only,) = caught.value.fields
    assert only.pointer == ""
    assert name not in str(caught.value)
    return only


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (samples.jpeg_photo(), "Zähler.jpg", "image/jpeg"),
        (samples.jpeg_photo(progressive=True), "Zähler.JPEG", "image/jpeg"),
        (samples.png_image(), "Bild.png", "image/png"),
        (samples.pdf_document(3), "Bescheid.pdf", "application/pdf"),
        (samples.object_stream_pdf(), "Bescheid.pdf", "application/pdf"),
    ],
)
def test_an_ordinary_file_is_accepted(content, name, media_type):
    upload = inspect(content, name)

    assert upload.name == name
    assert upload.media_type == media_type
    kept = upload.content.read()
    assert upload.size_bytes == len(kept)
    assert upload.sha256 == hashlib.sha256(kept).hexdigest()
    assert kept == content or media_type != "application/pdf"


def test_a_photo_of_a_phone_that_keeps_several_pictures_is_accepted():
    assert inspect(samples.multi_picture_photo(), "IMG_0815.JPG").media_type == "image/jpeg"


def test_the_name_is_cleaned():
    assert inspect(samples.png_image(), "C:\\fakepath\\a\0b.png").name == "ab.png"


@pytest.mark.parametrize("content", [samples.png_image(), samples.exe_program(), b""])
def test_the_stream_is_rewound_whatever_comes_out(content):
    stream = io.BytesIO(content)
    stream.seek(0, io.SEEK_END)

    with suppress(Invalid):
        inspect_upload(stream, name="Bild.png", accept=ALL, max_size_bytes=MIB)

    assert stream.tell() == 0
    assert stream.read() == content


def test_a_program_that_calls_itself_a_photo_is_refused():
    refused = fault(samples.exe_program(), "Foto.jpg")

    assert refused.code == "type_mismatch"
    assert refused.message.startswith("Diese Datei ist kein JPG-Bild. Bitte ")


def test_an_image_with_the_wrong_ending_is_told_the_right_one():
    refused = fault(samples.png_image(), "Foto.jpg")

    assert refused.code == "type_mismatch"
    assert "sondern ein PNG-Bild" in refused.message
    assert "„.png“" in refused.message


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (samples.jpeg_photo(), "Bescheid.pdf"),
        (b"<html><script>alert(1)</script></html>", "Bescheid.pdf"),
        (b"GIF89a/*" + bytes(40) + b"*/=1;alert(1)", "Bild.png"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "Bild.png"),
        (samples.zip_archive(("word/document.xml",)), "Antrag.pdf"),
        (samples.zip_archive() + samples.pdf_document(), "Antrag.pdf"),
        (samples.pdf_document() + samples.zip_archive(), "Antrag.pdf"),
        (samples.jpeg_photo() + samples.zip_archive(), "Foto.jpg"),
        (samples.exe_program() + samples.pdf_document(), "Antrag.pdf"),
    ],
)
@pytest.mark.abuse("A12")
def test_a_file_that_is_something_else_as_well_is_refused(content, name):
    assert fault(content, name).code == "type_mismatch"


@pytest.mark.parametrize("name", ["a.exe", "a.svg", "a.docx", "a.pdf.exe", "a\u202egpj.exe"])
def test_other_kinds_of_file_are_refused(name):
    refused = fault(samples.png_image(), name)

    assert refused.code == "wrong_type"
    assert "ein JPG-Bild, ein PNG-Bild oder eine PDF-Datei" in refused.message


def test_a_kind_that_this_question_does_not_take_is_refused():
    refused = fault(samples.pdf_document(), "a.pdf", accept=("image/png", "image/jpeg"))

    assert refused.code == "wrong_type"
    assert "PDF" not in refused.message


def test_a_question_cannot_take_kinds_that_are_not_safe():
    with pytest.raises(ValueError, match="media types"):
        inspect(samples.zip_archive(), "a.zip", accept=("application/zip", "image/svg+xml"))


def test_a_name_without_ending_is_refused():
    refused = fault(samples.png_image(), "Foto")

    assert refused.code == "bad_name"
    assert "„.jpg“, „.png“ oder „.pdf“" in refused.message


def test_an_empty_file_is_refused():
    assert fault(b"", "Foto.jpg").code == "empty"


@pytest.mark.abuse("A13")
def test_a_file_over_the_limit_is_refused_without_reading_it_all():
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size=-1):
            self.given += size
            return b"\xff" * size

        def seek(self, *_):
            return 0

    stream = Endless()
    with pytest.raises(Invalid) as caught:
        inspect_upload(stream, name="Foto.jpg", accept=ALL, max_size_bytes=10 * MIB)

    assert caught.value.fields[0].code == "too_large"
    assert "höchstens 10 MB" in caught.value.fields[0].message
    assert stream.given == 10 * MIB + 1


@pytest.mark.parametrize(
    ("limit", "text"),
    [(30 * MIB, "30 MB"), (MIB + MIB // 2, "1,5 MB"), (MIB, "1 MB"), (500 * 1024, "500 KB")],
)
def test_the_limit_is_named_in_words_people_use(limit, text):
    assert (
        f"höchstens {text} groß" in fault(bytes(limit + 1), "a.png", max_size_bytes=limit).message
    )


def test_a_file_of_exactly_the_limit_is_accepted():
    content = samples.png_image()

    assert inspect(content, "a.png", max_size_bytes=len(content)).media_type == "image/png"
    assert fault(content, "a.png", max_size_bytes=len(content) - 1).code == "too_large"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (samples.jpeg_photo()[:-2000], "a.jpg"),
        (samples.jpeg_photo()[:300], "a.jpg"),
        (samples.png_image()[:-2000], "a.png"),
        (samples.png_image()[:500] + b"damage" + samples.png_image()[506:], "a.png"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "a.png"),
        (samples.pdf_document()[:-200], "a.pdf"),
        (b"%PDF-1.7\n" + bytes(100), "a.pdf"),
        (samples.pdf_from_objects(b"<< /Type /Catalog >>"), "a.pdf"),
    ],
)
def test_a_damaged_file_is_refused(content, name):
    refused = fault(content, name)

    assert refused.code == "unreadable"
    assert "noch einmal" in refused.message


def test_an_image_of_forty_megapixels_is_accepted():
    assert inspect(samples.plain_image("PNG", 8000, 5000), "a.png").size_bytes < MIB


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (samples.plain_image("JPEG", 8001, 5000), "a.jpg"),
        (samples.bomb_png(9000, 9000), "a.png"),
        (samples.bomb_png(30_000, 30_000), "a.png"),
    ],
)
@pytest.mark.abuse("A13")
def test_an_image_with_too_many_pixels_is_refused(content, name):
    refused = fault(content, name)

    assert refused.code == "too_many_pixels"
    assert "40 Megapixel" in refused.message


def test_a_probe_that_cannot_start_is_not_blamed_on_the_file(tmp_path, monkeypatch):
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o700)
    for interpreter in (broken, tmp_path / "missing"):
        monkeypatch.setattr("sys.executable", str(interpreter))
        with pytest.raises(Unavailable):
            inspect(samples.png_image(), "a.png")
