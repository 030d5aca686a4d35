"""An archive is written piece by piece, and every system can unpack it."""

import io
import tracemalloc
import zipfile
from datetime import UTC, datetime

import pytest

from app.web.zip_stream import ZipEntry, safe_name, zip_stream

NOON = datetime(2026, 11, 18, 11, tzinfo=UTC)
MEGABYTE = 1024 * 1024


def opened(entries) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(zip_stream(entries))))


def test_what_goes_in_comes_out():
    archive = opened(
        [
            ZipEntry("nachweise/01 Zähler.jpg", [b"a", b"b"], NOON),
            ZipEntry("antrag.json", [b"x" * 5000], NOON, squeeze=True),
        ]
    )
    assert archive.testzip() is None
    assert archive.namelist() == ["nachweise/01 Zähler.jpg", "antrag.json"]
    assert archive.read("nachweise/01 Zähler.jpg") == b"ab"
    [photo, text] = archive.infolist()
    assert photo.date_time == (2026, 11, 18, 12, 0, 0), "German legal time"
    assert text.compress_size < 100


def test_an_archive_of_nothing_can_be_opened():
    assert opened([]).namelist() == []


def test_no_more_than_a_few_pieces_are_held():
    pieces = 64
    entries = (ZipEntry(f"{n}", (bytes(MEGABYTE) for _ in range(8)), NOON) for n in range(8))
    tracemalloc.start()
    total = sum(len(piece) for piece in zip_stream(entries))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert total > pieces * MEGABYTE
    assert peak < 6 * MEGABYTE


def test_an_entry_is_asked_for_when_its_turn_has_come():
    asked = []

    def entries():
        for name in ("a", "b"):
            asked.append(name)
            yield ZipEntry(name, [b"x"], NOON)

    stream = zip_stream(entries())
    next(stream)
    assert asked == ["a"]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Zähler im Keller.jpg", "01 Zähler im Keller.jpg"),
        ("../../etc/passwd", "01 _.._etc_passwd"),
        ("C:\\Windows\\x.exe", "01 C__Windows_x.exe"),
        ("a\x00b\u202egpj.exe", "01 a_b_gpj.exe"),
        ("CON", "01 CON"),
        (" . ", "01 Datei"),
        ("", "01 Datei"),
        ("x" * 300 + ".pdf", "01 " + "x" * 96 + ".pdf"),
        ("x" * 300, "01 " + "x" * 100),
        ("datei.", "01 datei"),
    ],
)
def test_a_name_stays_in_its_folder(name, safe):
    assert safe_name(1, name) == safe
