"""Answers in words, and answers that are known before anybody writes."""

from app.domain.identity import Identity, PersonType
from app.forms.form import EvidenceItem
from tests.unit.forms.samples import context, every_kind, form, good, one_field, pages

PHOTO = EvidenceItem("d1", "zaehler.jpg", "image/jpeg", 310_000)


def rows(answers, evidence=None):
    (card,) = every_kind().summary(answers, context(), evidence or {})
    return {row.pointer.rpartition("/")[2]: row.text for row in card.rows}


def test_each_answer_is_put_into_words():
    answers = good(jahr=2020, zweck=["garten", "tiere"], grund="a\nb", quelle="amt")

    assert rows(answers, {"/alles/foto": [PHOTO]}) == {
        "name": "Ada",
        "grund": "a\nb",
        "post": "Keine Angabe",
        "telefon": "Keine Angabe",
        "plz": "Keine Angabe",
        "menge": "12,5 m³",
        "jahr": "2020",
        "tag": "15.03.2026",
        "art": "Neuer Zähler",
        "farbe": "Rot",
        "zweck": "Garten, Tiere",
        "dabei": "Ja",
        "fest": "Bestätigt",
        "foto": "zaehler.jpg",
        "bis": "31.12.2026",
    }


def test_files_without_names_are_counted():
    assert rows(good())["foto"] == "1 Datei"
    assert rows(good(foto=["a", "b"]))["foto"] == "2 Dateien"


def test_a_card_knows_its_page_and_files():
    (card,) = every_kind().summary(good(), context(), {"/alles/foto": [PHOTO]})
    label, text, evidence, pointer = next(row for row in card.rows if row.pointer == "/alles/foto")

    assert (card.page_id, card.title) == ("alles", "Alle Arten")
    assert (label, text, evidence, pointer) == ("Foto", "zaehler.jpg", (PHOTO,), "/alles/foto")


def test_hidden_pages_have_no_card():
    two = form(pages(a={"properties": {}}, b={"properties": {}, "x-visible-if": "False"}))

    assert [card.page_id for card in two.summary({}, context())] == ["a"]


def test_nothing_false_is_said_about_zero_and_no():
    number = form(one_field({"type": "integer"}))

    assert number.summary({"p": {"f": 0}}, context())[0].rows[0].text == "0"
    assert rows(good(dabei=False))["dabei"] == "Nein"


PREFILLED = pages(
    person={
        "properties": {
            "art": {
                "type": "string",
                "title": "Art",
                "enum": ["natural", "juristic"],
                "x-prefill": "identity.person_type",
            },
            "nachname": {"type": "string", "title": "Name", "x-prefill": "identity.family_name"},
        }
    },
    firma={
        "properties": {
            "name": {"type": "string", "title": "Firma", "x-prefill": "identity.organisation_name"}
        }
    },
)


def test_the_sign_in_fills_in_what_it_knows():
    ada = Identity(issuer="i", subject="s", family_name="Lovelace")

    assert form(PREFILLED).prefill(ada) == {"person": {"art": "natural", "nachname": "Lovelace"}}


def test_an_organisation_fills_in_its_name():
    acme = Identity(
        issuer="i", subject="s", person_type=PersonType.JURISTIC, organisation_name="Acme"
    )

    assert form(PREFILLED).prefill(acme) == {
        "person": {"art": "juristic"},
        "firma": {"name": "Acme"},
    }


def test_a_value_that_is_no_choice_is_not_filled_in():
    one = form(
        one_field({"type": "string", "enum": ["juristic"], "x-prefill": "identity.person_type"})
    )

    assert one.prefill(Identity(issuer="i", subject="s")) == {}
