"""From HTML fields to answers."""

import pytest

from app.errors import Missing
from tests.unit.forms.samples import context, every_kind, form, found, good, pages


def read(answers=None, **fields):
    raw = {f"alles.{name.replace('__', '-')}": [value] for name, value in fields.items()}
    return every_kind().read_page("alles", raw, answers or {}, context())


def date(day="", month="", year=""):
    return read(tag__tag=day, tag__monat=month, tag__jahr=year)


def test_every_kind_is_read_into_its_type():
    raw = {
        "alles.name": ["  Ada "],
        "alles.grund": ["eins\r\nzwei"],
        "alles.menge": ["12,5"],
        "alles.jahr": ["2020"],
        "alles.tag-tag": ["5"],
        "alles.tag-monat": ["03"],
        "alles.tag-jahr": ["2026"],
        "alles.art": ["neu"],
        "alles.farbe": ["r"],
        "alles.zweck": ["garten", "tiere"],
        "alles.dabei": ["nein"],
        "alles.fest": ["ja"],
        "csrf_token": ["x"],
        "alles.fremd": ["y"],
    }

    answers = every_kind().read_page("alles", raw, {"alles": {"foto": ["d1"]}}, context())

    assert answers == {
        "name": "Ada",
        "grund": "eins\nzwei",
        "menge": 12.5,
        "jahr": 2020,
        "tag": "2026-03-05",
        "art": "neu",
        "farbe": "r",
        "zweck": ["garten", "tiere"],
        "dabei": False,
        "fest": True,
        "foto": ["d1"],
    }
    assert every_kind().check({"alles": answers}, context()) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12,5", 12.5),
        ("12.5", 12.5),
        ("1.234", 1234),
        ("1.234,5", 1234.5),
        ("1 234", 1234),
        ("007", 7),
        ("-3", -3),
        ("−3", -3),
        ("12,0", 12),
        ("12,5 m³", "12,5 m³"),
        ("1,2,3", "1,2,3"),
        ("1e5", "1e5"),
        ("nan", "nan"),
        ("١٢", "١٢"),
        ("9" * 31, "9" * 31),
    ],
)
def test_numbers_are_read_as_germans_write_them(text, number):
    assert read(menge=text) == {"menge": number}


@pytest.mark.parametrize("text", ["x" * 5000, "viel"])
def test_text_that_is_no_number_stays_and_is_named(text):
    answers = read(menge=text)

    assert text.startswith(answers["menge"])
    assert len(answers["menge"]) <= 200
    assert found(every_kind().check(good(**answers), context())) == {"/alles/menge": "type"}


def test_a_date_may_be_pasted_into_the_first_part():
    assert date("15.3.2026") == {"tag": "2026-03-15"}


@pytest.mark.parametrize(
    ("parts", "kept"),
    [
        (("31", "2", "2026"), "31.2.2026"),
        (("", "2", "2026"), ".2.2026"),
        (("5", "3", "26"), "5.3.26"),
        (("5", "März", "2026"), "5.März.2026"),
        (("٥", "3", "2026"), "٥.3.2026"),
    ],
)
def test_a_date_that_does_not_exist_stays_and_is_named(parts, kept):
    assert date(*parts) == {"tag": kept}
    assert found(every_kind().check(good(tag=kept), context())) == {"/alles/tag": "format"}


def test_empty_fields_are_no_answers():
    assert read(name="  ", menge="", dabei="", art="", grund="\r\n") == {}
    assert date() == {}


def test_evidence_and_hidden_values_come_from_the_store_and_not_from_html():
    stored = {"alles": {"foto": ["d1"], "quelle": "amt", "bis": "2026-12-31"}}

    assert read(stored, foto="d9", quelle="web", bis="2099-12-31") == {
        "foto": ["d1"],
        "quelle": "amt",
    }


def test_letters_with_accents_are_read_in_one_way():
    assert read(name="Zoe\u0308") == {"name": "Zoë"}


@pytest.mark.parametrize("answers", [None, [], {"alles": 5}])
def test_reading_survives_broken_stored_answers(answers):
    form = every_kind()

    assert form.read_page("alles", {"alles.name": ["Ada"]}, answers, context()) == {"name": "Ada"}


def test_an_unknown_page_cannot_be_read():
    with pytest.raises(Missing):
        every_kind().read_page("fremd", {}, {}, context())


def test_prefilled_fields_tell_what_they_say_now():
    given_name = {"type": "string", "title": "Vorname", "x-prefill": "identity.given_name"}
    title = {"type": "string", "title": "Anrede"}
    asked = form(pages(wer={"properties": {"vorname": given_name, "anrede": title}}))

    told = asked.answered_identity({"wer": {"vorname": "Erika", "anrede": "Frau"}, "x": 3})

    assert told == {"given_name": "Erika"}
