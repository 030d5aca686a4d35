import re
from datetime import date
from html.parser import HTMLParser

import pytest

from app.letters.html import copy
from app.letters.letter_text import Block, BlockType, LetterKind, LetterText
from app.letters.letterhead import Address, Letterhead

HEAD = Letterhead(
    "Stadt Musterstadt", street="Rathausplatz 1", postcode="99999", town="Musterstadt"
)
TO = Address(("Erika Mustermann", "99999 Musterstadt"))
EVIL = '<script>alert(1)</script>" onload="x'


def html(*blocks, subject="Ihr Zähler", head=HEAD, to=TO):
    text = LetterText(LetterKind.DECISION, "Bescheid", subject, blocks)
    return copy(text, head, to, file_reference="MU-1", date=date(2026, 11, 22))


class Outline(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags = []
        self.open = []

    def handle_starttag(self, tag, _attributes):
        self.tags.append(tag)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def tags(fragment):
    outline = Outline()
    outline.feed(fragment)
    assert outline.open == []
    return outline.tags


def test_the_subject_is_the_only_heading_of_its_level():
    fragment = html(Block(BlockType.HEADING, "Gründe"), Block(BlockType.REMEDY, "Widerspruch."))

    assert tags(fragment).count("h2") == 1
    assert tags(fragment).count("h3") == 2
    assert "h1" not in tags(fragment)


def test_every_kind_of_block_is_shown():
    fragment = html(
        Block(BlockType.PARAGRAPH, "Ein\nAbsatz"),
        Block(BlockType.LIST, items=("erstens", "zweitens")),
        Block(BlockType.FACTS, rows=(("Nummer", "4711"),)),
        Block(BlockType.SIGNATURE, "Grüße\n\nIm Auftrag"),
        Block(BlockType.REMEDY, "Widerspruch."),
    )

    assert "<p>Ein<br>Absatz</p>" in fragment
    assert "<ul><li>erstens</li><li>zweitens</li></ul>" in fragment
    assert "<dt>Nummer</dt><dd>4711</dd>" in fragment
    assert "<p>Im Auftrag</p>" in fragment
    assert "Anschrift: Stadt Musterstadt, Rathausplatz 1, 99999 Musterstadt" in fragment


@pytest.mark.abuse("A20")
def test_markup_in_data_is_escaped_everywhere():
    evil = [Block(kind, EVIL, (EVIL,), ((EVIL, EVIL),)) for kind in BlockType]
    fragment = html(
        *evil, subject=EVIL, head=Letterhead(EVIL, EVIL, signatory=EVIL), to=Address((EVIL,))
    )

    assert "script" not in tags(fragment)
    assert not re.search(r"<[^>]*onload", fragment)
    assert "&lt;script&gt;" in fragment


def test_direction_and_control_characters_are_dropped():
    assert "\u202e" not in html(Block(BlockType.PARAGRAPH, "a\u202eb\x00c"))
