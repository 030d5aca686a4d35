"""Names of uploaded files: nothing in them reaches further than a label."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.uploads.names import clean_name, extension_of


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Zähler.jpg", "Zähler.jpg"),
        ("Za\u0308hler.jpg", "Zähler.jpg"),
        ("Foto vom  1. Mai.JPG", "Foto vom 1. Mai.JPG"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("C:\\fakepath\\Foto.jpg", "Foto.jpg"),
        ("/tmp/", "Datei"),
        ("", "Datei"),
        ("..", "Datei"),
        (" . ", "Datei"),
        (".jpg", "Datei.jpg"),
        ("a\0.pdf", "a.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie_ x=1.pdf"),
        ("Foto\u202egpj.exe", "Fotogpj.exe"),
        ("Foto\u200b\ufeff.png", "Foto.png"),
        ("\ud800.png", "Datei.png"),
        ('<b>"x"|?*.png', "_b__x____.png"),
        ("Foto.jpg. . ", "Foto.jpg"),
        ("Antrag Nr. 5", "Antrag Nr. 5"),
        ("x.notanextension", "x.notanextension"),
    ],
)
def test_a_name_is_cleaned(raw, clean):
    assert clean_name(raw) == clean


def test_a_long_name_keeps_its_extension():
    name = clean_name("ä" * 500 + ".jpeg")

    assert len(name) == 120
    assert name.endswith("ä.jpeg")


def test_what_is_taken_out_leaves_no_double_blanks():
    assert clean_name("a\r\x1b b.pdf") == "a b.pdf"


@given(st.text(max_size=300))
def test_every_name_becomes_harmless_and_stays_so(raw):
    name = clean_name(raw)

    assert 1 <= len(name) <= 120
    assert not any(unicodedata.category(sign).startswith("C") for sign in name)
    assert not set(name) & set('/\\\r\n\0"<>|:*?')
    assert not name.startswith(".")
    assert name == unicodedata.normalize("NFC", name) == clean_name(name)
    name.encode()


@pytest.mark.parametrize(
    ("name", "extension"), [("a.JPG", "jpg"), ("a.tar.gz", "gz"), ("Datei", ""), ("a.", "")]
)
def test_the_extension_is_what_follows_the_last_dot(name, extension):
    assert extension_of(name) == extension
