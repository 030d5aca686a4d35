"""Times, months, amounts and account numbers: read as people write them, held as data."""

import pytest

from app.forms.notation import is_iban, is_web_address, read_cents, show_cents
from tests.unit.forms.samples import context, form, found, one_field

IBAN = "DE89370400440532013000"


def asked(**field):
    return form(one_field({"type": "string", **field}))


def read(a_form, **parts):
    raw = {f"p.f-{part}" if part else "p.f": [text] for part, text in parts.items()}
    return a_form.read_page("p", raw, {}, context()).get("f")


def said(a_form, answer):
    return a_form.summary({"p": {"f": answer}}, context())[0].rows[0].text


def boxes(a_form, answer):
    faults = a_form.check({"p": {"f": answer}}, context())
    (field,) = a_form.view_page("p", {"p": {"f": answer}}, faults, context()).fields
    return [part.value for part in field.parts], [part.wrong for part in field.parts]


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("9", "09:00"), ("9:05", "09:05"), ("9.05 Uhr", "09:05"), ("0905", "09:05"),
        ("1430", "14:30"), ("14 uhr", "14:00"), ("23:59", "23:59"),
        ("24:00", "24:00"), ("12:60", "12:60"), ("mittags", "mittags"), ("1:2:3", "1:2:3"),
    ],
)  # fmt: skip
def test_times_are_read_in_many_ways_and_kept_when_unreadable(text, time):
    assert read(asked(format="time"), **{"": text}) == time


def test_a_time_is_checked_and_said():
    clock = asked(format="time")

    assert clock.check({"p": {"f": "14:30"}}, context()) == []
    assert said(clock, "14:30") == "14:30 Uhr"
    for wrong in ("24:00", "9:05", "14:30:00", "mittags"):
        assert found(clock.check({"p": {"f": wrong}}, context())) == {"/p/f": "format"}


@pytest.mark.parametrize(
    ("parts", "kept"),
    [
        (("3", "2026"), "2026-03"),
        (("03.2026", ""), "2026-03"),
        (("13", "2026"), "13.2026"),
        (("März", "2026"), "März.2026"),
        (("3", "26"), "3.26"),
        (("", ""), None),
    ],
)
def test_a_month_is_asked_in_two_parts(parts, kept):
    assert read(asked(format="month"), monat=parts[0], jahr=parts[1]) == kept


def test_a_month_is_checked_said_and_shown_again():
    month = asked(format="month")

    assert said(month, "2026-03") == "März 2026"
    assert boxes(month, "2026-03") == (["3", "2026"], [False, False])
    assert boxes(month, "13.2026") == (["13", "2026"], [True, False])
    for wrong in ("2026-13", "0000-01", "2026-3", "2026-03-01", "13.2026"):
        assert found(month.check({"p": {"f": wrong}}, context())) == {"/p/f": "format"}


@pytest.mark.parametrize(
    ("parts", "kept"),
    [
        (("15", "3", "2026", "14.30"), "2026-03-15T14:30"),
        (("15", "3", "2026", "9"), "2026-03-15T09:00"),
        (("31", "2", "2026", "9"), "31.2.2026T09:00"),
        (("15", "3", "2026", ""), "2026-03-15T"),
        (("", "", "", "9"), "..T09:00"),
        (("", "", "", ""), None),
    ],
)
def test_a_moment_is_asked_in_four_parts(parts, kept):
    names = ("tag", "monat", "jahr", "uhrzeit")

    assert read(asked(format="date-time"), **dict(zip(names, parts, strict=True))) == kept


@pytest.mark.parametrize(
    ("answer", "texts", "wrong"),
    [
        ("2026-03-15T14:30", ["15", "3", "2026", "14:30"], None),
        ("31.2.2026T09:00", ["31", "2", "2026", "09:00"], 0),
        ("2026-03-15T", ["15", "3", "2026", ""], 3),
        ("2026-03-15T25:00", ["15", "3", "2026", "25:00"], 3),
        ("15.13.2026T09:00", ["15", "13", "2026", "09:00"], 1),
    ],
)
def test_only_the_wrong_part_of_a_moment_is_marked(answer, texts, wrong):
    shown, marks = boxes(asked(format="date-time"), answer)

    assert shown == texts
    assert marks == [place == wrong for place in range(4)]


def test_a_moment_is_said_in_words():
    assert said(asked(format="date-time"), "2026-03-15T14:30") == "15.03.2026, 14:30 Uhr"


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1.234,50 €", 123450), ("1234,5", 123450), ("12", 1200), ("12,-", 1200), ("0,05", 5),
        ("-3,20", -320), ("−3,20 EUR", -320), ("1.000.000", 100_000_000),
        ("12,345", None), ("12.5", None), ("1e3", None), ("viel", None), ("", None),
        ("1,2,3", None), ("9" * 40, None),
    ],
)  # fmt: skip
def test_amounts_are_read_as_cents(text, cents):
    assert read_cents(text) == cents


@pytest.mark.parametrize("cents", [0, 5, 99, 100, 123450, -320, 10**12])
def test_an_amount_that_is_shown_can_be_read_again(cents):
    assert read_cents(f"{show_cents(cents)} €") == cents


def test_limits_of_amounts_are_told_in_euros():
    fee = form(
        one_field({"type": "integer", "x-unit": "EUR-cent", "minimum": 100, "maximum": 5000})
    )

    (fault,) = fee.check({"p": {"f": 99}}, context())
    assert fault.message == "Bitte geben Sie bei „Feld“ einen Betrag von 1,00 € bis 50,00 € ein."
    (fault,) = fee.check({"p": {"f": "viel"}}, context())
    assert fault.message == "Bitte geben Sie bei „Feld“ einen Betrag ein, zum Beispiel 1.234,50."


def test_an_account_number_is_read_with_its_blanks_and_shown_in_fours():
    account = asked(format="iban")

    assert read(account, **{"": "de89 3704 0044 0532 0130 00"}) == IBAN
    assert said(account, IBAN) == "DE89 3704 0044 0532 0130 00"
    (field,) = account.view_page("p", {"p": {"f": IBAN}}, [], context()).fields
    assert (field.value, field.spellcheck) == ("DE89 3704 0044 0532 0130 00", False)


@pytest.mark.parametrize("text", [IBAN, "GB82WEST12345698765432", "AT611904300234573201"])
def test_account_numbers_with_right_check_digits_are_taken(text):
    assert is_iban(text)


@pytest.mark.parametrize(
    "text",
    ["", "DE89370400440532013001", "DE98370400440532013000", IBAN[:-1], "DE8937040044053201300O",
     "XX00", IBAN.lower(), f"{IBAN}\n", "DE" + "٣" * 20],
)  # fmt: skip
def test_account_numbers_with_a_slip_are_refused(text):
    assert not is_iban(text)


@pytest.mark.parametrize(
    ("text", "kept"),
    [("www.beispiel.de", "https://www.beispiel.de"), ("http://a.de/x?y", "http://a.de/x?y")],
)
def test_a_web_address_may_leave_out_its_beginning(text, kept):
    web = asked(format="uri")

    assert read(web, **{"": text}) == kept
    assert web.check({"p": {"f": kept}}, context()) == []


@pytest.mark.parametrize(
    "text",
    ["javascript:alert(1)", "data:text/html,x", "ftp://a.de", "https://", "https://a b.de",
     "https://name:wort@bank.de", "https://bank.de@fremd.de", "//a.de", "https://a.de\n"],
)  # fmt: skip
@pytest.mark.abuse("A7")
def test_an_address_that_is_not_of_the_web_is_refused(text):
    assert not is_web_address(text)
