from datetime import UTC, datetime

import pytest

from app.errors import BundleInvalid, Incident
from app.letters.letter import compile_letter
from app.letters.letter_text import Block, BlockType, LetterKind

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HEAD = 'kind = "decision"\ntitle = "Bescheid"\nsubject = "Zu {vorgang.aktenzeichen}"\n'
CASE = {"aktenzeichen": "MU-2026-000001"}


def letter(blocks):
    return compile_letter("bewilligung", (HEAD + blocks).encode())


def write(blocks, cards=(), **values):
    return letter(blocks).write({"vorgang": CASE, **values}, NOON, cards)


def test_a_letter_says_what_it_is_for_and_about():
    text = write('[[block]]\ntype = "paragraph"\ntext = "Guten Tag"')

    assert (text.kind, text.title, text.subject) == (
        LetterKind.DECISION,
        "Bescheid",
        "Zu MU-2026-000001",
    )


def test_a_block_whose_condition_does_not_hold_is_left_out():
    blocks = """
[[block]]
type = "paragraph"
when = "antrag.art == 'ausbau'"
text = "Ausbau"
[[block]]
type = "paragraph"
when = "antrag.art == 'einbau'"
text = "Einbau"
"""
    assert write(blocks, antrag={"art": "einbau"}).blocks == (Block(BlockType.PARAGRAPH, "Einbau"),)


def test_blank_lines_of_the_author_part_paragraphs():
    blocks = '[[block]]\ntype = "paragraph"\ntext = """\nEins\nzwei.\n\nDrei.\n"""'

    assert [block.text for block in write(blocks).blocks] == ["Eins zwei.", "Drei."]


def test_empty_items_rows_and_paragraphs_are_left_out():
    blocks = """
[[block]]
type = "list"
items = ["{''}", "da"]
[[block]]
type = "facts"
rows = [{ label = "leer", value = "{''}" }, { label = "voll", value = "{1}" }]
[[block]]
type = "list"
items = ["{''}"]
[[block]]
type = "paragraph"
text = "{''}"
"""
    assert write(blocks).blocks == (
        Block(BlockType.LIST, items=("da",)),
        Block(BlockType.FACTS, rows=(("voll", "1"),)),
    )


def test_answers_become_a_heading_and_facts_per_page():
    cards = [("Zähler", [("Nummer", "4711"), ("Telefon", "")]), ("Leer", [("Nichts", "")])]

    assert write('[[block]]\ntype = "answers"', cards).blocks == (
        Block(BlockType.HEADING, "Zähler"),
        Block(BlockType.FACTS, rows=(("Nummer", "4711"),)),
    )


def test_a_form_not_filled_in_yet_reads_as_empty():
    blocks = """
[[block]]
type = "paragraph"
when = "vorhanden(abnahme, 'ergebnis')"
text = "abgenommen"
[[block]]
type = "paragraph"
text = "Ende"
"""
    assert [block.text for block in write(blocks).blocks] == ["Ende"]


def test_a_value_that_cannot_be_had_is_an_incident_without_data():
    with pytest.raises(Incident) as caught:
        write('[[block]]\ntype = "paragraph"\ntext = "{antrag.fehlt}"', antrag={"name": "Erika"})

    assert caught.value.element == "bewilligung"
    assert "Erika" not in caught.value.cause


def test_names_are_those_of_all_conditions_and_places():
    blocks = """
[[block]]
type = "facts"
when = "pruefung.ja"
rows = [{ label = "{antrag.a}", value = "{abnahme.b}" }]
"""
    assert letter(blocks).names == {"vorgang", "pruefung", "antrag", "abnahme"}


@pytest.mark.parametrize(
    ("source", "pointer"),
    [
        (b"\xff", "x"),
        (b"kein toml", "x"),
        (HEAD.encode(), "x#block"),
        (HEAD.replace("decision", "poem").encode() + b'[[block]]\ntype="answers"', "x#kind"),
        (HEAD.encode() + b'[[block]]\ntype = "html"\ntext = "a"', "x#block.0.type"),
        (HEAD.encode() + b'[[block]]\ntype = "paragraph"', "x#block.0"),
        (HEAD.encode() + b'[[block]]\ntype = "answers"\ntext = "a"', "x#block.0"),
        (HEAD.encode() + b'[[block]]\ntype = "paragraph"\ntext = "a"\nitems = ["b"]', "x#block.0"),
        (
            HEAD.encode() + b'[[block]]\ntype = "paragraph"\ntext = "a"\ncolour = "red"',
            "x#block.0.colour",
        ),
        (HEAD.encode() + b'[[block]]\ntype = "paragraph"\ntext = "{a"', "x"),
        (HEAD.encode() + b'[[block]]\ntype = "paragraph"\ntext = "a"\nwhen = "import os"', "x"),
    ],
)
def test_a_malformed_source_is_refused_with_its_place(source, pointer):
    with pytest.raises(BundleInvalid) as caught:
        compile_letter("x", source)

    assert [fault.pointer for fault in caught.value.fields] == [pointer]
