"""Which answers are wrong, under which code, in which words."""

import pytest

from tests.unit.forms.samples import context, every_kind, form, found, good, one_field, pages

EMAIL_TEXT = (
    "Bitte prüfen Sie „E-Mail-Adresse“: Eine E-Mail-Adresse sieht so aus: name@beispiel.de."
)
LABEL_WITH_BRACES = {"type": "string", "title": "Feld {0} %s"}


def test_good_answers_have_no_faults():
    assert every_kind().check(good(), context()) == []


@pytest.mark.parametrize(
    ("changes", "code", "message"),
    [
        ({"name": None}, "required", "Bitte füllen Sie „Name“ aus."),
        ({"name": "   "}, "required", "Bitte füllen Sie „Name“ aus."),
        ({"name": "x" * 21}, "too_long", "Bitte kürzen Sie „Name“ auf höchstens 20 Zeichen."),
        ({"name": 5}, "type", "Bitte füllen Sie „Name“ noch einmal aus."),
        (
            {"name": "a\x00b"},
            "characters",
            "Bitte verwenden Sie bei „Name“ nur Buchstaben, Ziffern und übliche Zeichen.",
        ),
        (
            {"menge": 0.4},
            "too_small",
            "Bitte geben Sie bei „Menge“ eine Zahl von 0,5 bis 100 ein.",
        ),
        (
            {"menge": "viel"},
            "type",
            "Bitte geben Sie bei „Menge“ eine Zahl ein, zum Beispiel 12,5.",
        ),
        ({"menge": None}, "required", "Bitte geben Sie bei „Menge“ eine Zahl ein."),
        ({"jahr": 1989}, "too_small", "Bitte geben Sie bei „Jahr“ mindestens 1990 ein."),
        (
            {"jahr": 1990.5},
            "type",
            "Bitte geben Sie bei „Jahr“ eine ganze Zahl ein, zum Beispiel 12.",
        ),
        (
            {"jahr": True},
            "type",
            "Bitte geben Sie bei „Jahr“ eine ganze Zahl ein, zum Beispiel 12.",
        ),
        (
            {"tag": "31.2.2026"},
            "format",
            "Bitte geben Sie bei „Einbau am“ ein Datum ein, das es gibt, zum Beispiel 15.03.2026.",
        ),
        ({"tag": None}, "required", "Bitte geben Sie bei „Einbau am“ ein Datum ein."),
        (
            {"post": "ada@host"},
            "format",
            EMAIL_TEXT,
        ),
        (
            {"plz": "1234"},
            "format",
            "Bitte geben Sie bei „Postleitzahl“ eine Postleitzahl mit fünf Ziffern ein.",
        ),
        ({"telefon": "112"}, "format", None),
        ({"art": None}, "required", "Bitte wählen Sie bei „Art“ eine Antwort aus."),
        (
            {"art": "keine"},
            "choice",
            "Bitte wählen Sie bei „Art“ eine der angebotenen Antworten aus.",
        ),
        ({"dabei": None}, "required", "Bitte beantworten Sie „Waren Sie dabei?“ mit Ja oder Nein."),
        ({"dabei": "ja"}, "type", "Bitte beantworten Sie „Waren Sie dabei?“ mit Ja oder Nein."),
        ({"fest": None}, "required", "Bitte bestätigen Sie: „Der Zähler ist fest eingebaut“"),
        ({"fest": False}, "required", "Bitte bestätigen Sie: „Der Zähler ist fest eingebaut“"),
        ({"foto": None}, "required", "Bitte laden Sie „Foto“ hoch."),
        ({"foto": []}, "required", "Bitte laden Sie „Foto“ hoch."),
        (
            {"foto": ["a", "b", "c"]},
            "too_many",
            "Bitte lassen Sie bei „Foto“ höchstens 2 Dateien stehen.",
        ),
        ({"foto": ["a", "a"]}, "repeated", None),
        ({"foto": [{"id": "a"}]}, "type", None),
        ({"zweck": ["garten", "pool"]}, "choice", None),
    ],
)
def test_one_wrong_answer_is_named_once_with_what_to_do(changes, code, message):
    faults = every_kind().check(good(**changes), context())

    assert found(faults) == {f"/alles/{next(iter(changes))}": code}
    assert len(faults) == 1
    assert message in {None, faults[0].message}


@pytest.mark.parametrize("phone", ["06151 123456", "+49 (6151) 12-34-56", "0170/1234567"])
def test_telephone_numbers_are_written_in_many_ways(phone):
    assert every_kind().check(good(telefon=phone), context()) == []


def test_faults_come_in_reading_order():
    faults = every_kind().check({}, context())

    assert [fault.pointer.rpartition("/")[2] for fault in faults] == [
        "name", "menge", "tag", "art", "farbe", "dabei", "fest", "foto",
    ]  # fmt: skip


def test_the_forms_own_words_come_first():
    own = form(
        one_field({"type": "string", "x-messages": {"required": "Wie heißt er?"}}, required=["f"])
    )

    assert own.check({}, context())[0].message == "Wie heißt er?"


def test_a_label_may_hold_any_characters():
    odd = form(one_field(LABEL_WITH_BRACES, required=["f"]))

    assert odd.check({}, context())[0].message == "Bitte füllen Sie „Feld {0} %s“ aus."


def test_a_text_without_limit_gets_one():
    assert found(form(one_field({"type": "string"})).check({"p": {"f": "x" * 201}}, context())) == {
        "/p/f": "too_long"
    }


def test_a_number_without_limit_gets_one():
    huge = form(one_field({"type": "integer"})).check({"p": {"f": 10**400}}, context())

    assert found(huge) == {"/p/f": "too_large"}
    assert huge[0].message == "Bitte geben Sie bei „Feld“ höchstens 1000000000000000 ein."


def test_a_line_break_is_refused_where_one_line_is_asked():
    schema = one_field({"type": "string"})

    assert found(form(schema).check({"p": {"f": "a\nb"}}, context())) == {"/p/f": "characters"}
    several = form(schema, {"p": {"f": {"ui:widget": "textarea"}}})
    assert several.check({"p": {"f": "a\nb"}}, context()) == []


def test_null_is_no_answer():
    assert found(every_kind().check({"alles": {**good()["alles"], "name": None}}, context())) == {
        "/alles/name": "required"
    }


@pytest.mark.parametrize(
    ("answers", "pointer"),
    [
        ({"alles": {**good()["alles"], "approved": True}}, "/alles/approved"),
        ({**good(), "role": "admin"}, "/role"),
        ({**good(), "a/b~": {}}, "/a~1b~0"),
        ({**good(), "\ud800": {}}, "/?"),
    ],
)
@pytest.mark.abuse("A7")
def test_an_answer_nobody_asked_for_is_refused(answers, pointer):
    faults = every_kind().check(answers, context())

    assert found(faults) == {pointer: "unknown_field"}
    assert every_kind().effective(answers, context())["alles"].keys() == good()["alles"].keys()


@pytest.mark.abuse("A7")
def test_a_calculated_value_is_never_taken_from_the_client():
    answers = good(jahr=2020, bis="2099-12-31")

    assert every_kind().check(answers, context()) == []
    assert every_kind().effective(answers, context())["alles"]["bis"] == "2026-12-31"
    assert "bis" not in every_kind().effective(good(bis="2099-12-31"), context())["alles"]


def test_an_optional_confirmation_may_be_left_out():
    schema = one_field({"type": "boolean", "x-required-if": "vorgang.einstellungen.fachbetrieb"})
    confirm = form(schema, {"p": {"f": {"ui:widget": "confirm"}}})

    assert confirm.check({"p": {}}, context(fachbetrieb=False)) == []
    assert found(confirm.check({"p": {}}, context(fachbetrieb=True))) == {"/p/f": "required"}


def test_one_page_is_checked_alone():
    two = form(
        pages(
            a={"properties": {"x": {"type": "string", "title": "X"}}, "required": ["x"]},
            b={"properties": {"y": {"type": "string", "title": "Y"}}, "required": ["y"]},
        )
    )

    assert found(two.check_page("b", {}, context())) == {"/b/y": "required"}
    assert found(two.check_page("c", {}, context())) == {"/c": "unknown_field"}
    assert found(two.check({}, context())) == {"/a/x": "required", "/b/y": "required"}
