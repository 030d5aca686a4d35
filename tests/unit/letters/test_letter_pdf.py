import io
import threading
from datetime import date

import pikepdf
import pytest

from app.letters.letter_text import Block, BlockType, LetterKind, LetterText
from app.letters.letterhead import Address, Letterhead
from app.letters.pdf import typeset

HEAD = Letterhead(
    authority="Stadt Musterstadt",
    department="Steueramt",
    street="Rathausplatz 1",
    postcode="99999",
    town="Musterstadt",
    phone="09999 123",
    email="abgaben@example.org",
    website="www.example.org",
    signatory="Sabine Beispiel",
)
TO = Address(("Erika Mustermann", "Lindenweg 12", "99999 Musterstadt"))
HOSTILE = (
    '#read("/etc/passwd") $x$ <b>fett</b> {{7*7}} *s* _u_ @r `c` \\ #import "@preview/a:1.0.0": b'
)


def letter(*texts):
    blocks = tuple(Block(BlockType.PARAGRAPH, text) for text in texts)
    rows = Block(BlockType.FACTS, rows=(("Nummer", "4711"),))
    items = Block(BlockType.LIST, items=("eins", "zwei"))
    remedy = Block(BlockType.REMEDY, "Widerspruch.")
    heading = Block(BlockType.HEADING, "Überschrift")
    sign = Block(BlockType.SIGNATURE, "Mit freundlichen Grüßen")
    every = (*blocks, heading, rows, items, sign, remedy)
    return LetterText(LetterKind.DECISION, "Bescheid", "Ihr Zähler", every)


def pdf(*texts, to=TO, head=HEAD):
    return typeset(letter(*texts), head, to, file_reference="MU-1", date=date(2026, 11, 22))


def words(content):
    """Read all text back through the fonts' own maps, as a copy-and-paste would."""
    with pikepdf.open(io.BytesIO(content)) as document:
        return "".join(_page_words(page) for page in document.pages)


def _page_words(page):
    fonts = {name: _glyphs(font) for name, font in page.Resources.Font.items()}
    glyphs, found = {}, []
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            glyphs = fonts[str(operands[0])]
        for operand in operands:
            pieces = operand if isinstance(operand, pikepdf.Array) else [operand]
            if str(operator) in {"Tj", "TJ"}:
                raw = b"".join(bytes(one) for one in pieces if isinstance(one, pikepdf.String))
                found.extend(glyphs.get(raw[i : i + 2], "") for i in range(0, len(raw), 2))
    return "".join(found)


def _glyphs(font):
    glyphs = {}
    for line in font.ToUnicode.read_bytes().decode("latin-1").splitlines():
        parts = line.replace("<", "").replace(">", " ").split()
        if len(parts) == 2 and len(parts[0]) == 4:
            code, text = (bytes.fromhex(part) for part in parts)
            glyphs[code] = text.decode("utf-16-be")
    return glyphs


def test_a_letter_is_archivable_and_accessible():
    with pikepdf.open(io.BytesIO(pdf("Guten Tag"))) as document:
        metadata = document.open_metadata()
        assert metadata.pdfa_status == "3A"
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Ihr Zähler"
        assert str(document.Root.Lang) == "de-DE"
        assert document.Root.MarkInfo.Marked
        assert len(document.attachments) == 0


def test_a_letter_shows_everything_it_was_given():
    text = words(pdf("Guten Tag Erika"))

    for expected in (
        "Guten Tag Erika",
        "MU-1",
        "22. November 2026",
        "Lindenweg 12",
        "Sabine Beispiel",
        "Rechtsbehelfsbelehrung",
        "Anschrift: Stadt Musterstadt, Rathausplatz 1, 99999 Musterstadt",
        "Seite 1 von 1",
    ):
        assert expected.replace(" ", "") in text.replace(" ", "")


@pytest.mark.abuse("A20")
def test_markup_in_data_stays_text_and_reads_nothing():
    content = pdf(HOSTILE, to=Address((HOSTILE,)), head=Letterhead(HOSTILE, signatory=HOSTILE))

    text = words(content).replace(" ", "").replace("\u200b", "")
    assert '#read("/etc/passwd")' in text
    assert "<b>fett</b>" in text
    assert "{{7*7}}" in text
    assert b"root:" not in content


@pytest.mark.parametrize(
    "text",
    ["Grüße 😀", "中文", "nul\x00", "\u202etxt.exe", "x" * 3000, "\ud800", "ǅ Ș ẞ č Ж", ""],
)
def test_any_characters_make_a_letter(text):
    assert pdf(text, to=Address((text,))).startswith(b"%PDF-")


def test_a_character_no_font_has_does_not_hide_the_rest():
    text = words(pdf("vorher 😀 nachher"))

    assert "vorher" in text
    assert "nachher" in text


def test_equal_input_gives_equal_bytes():
    assert pdf("Guten Tag") == pdf("Guten Tag")


def test_a_long_letter_has_several_pages_and_numbers_them():
    content = pdf(*["Ein Satz, der oft vorkommt. " * 10] * 40)

    with pikepdf.open(io.BytesIO(content)) as document:
        pages = len(document.pages)
    assert pages > 3
    assert f"Seite{pages}von{pages}" in words(content).replace(" ", "")


def test_threads_can_write_at_the_same_time():
    made, faults = [], []

    def write(number):
        try:
            made.extend(pdf(f"Brief {number}") for _ in range(3))
        except Exception as fault:  # noqa: BLE001 - whatever goes wrong in a thread is reported
            faults.append(fault)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert len(made) == 12
