from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from app.domain.german import long_day
from app.letters.german import FORMATS, Unwritable


@pytest.mark.parametrize(
    ("form", "value", "text"),
    [
        ("datum", "2026-11-05", "05.11.2026"),
        ("datum", date(2026, 11, 5), "05.11.2026"),
        ("datum", "2026-12-31T23:30:00+00:00", "01.01.2027"),
        ("datum", datetime(2026, 7, 31, 22, 30, tzinfo=UTC), "01.08.2026"),
        ("zahl", 0, "0"),
        ("zahl", 1234567.5, "1.234.567,5"),
        ("zahl", 100, "100"),
        ("zahl", Decimal("12.50"), "12,5"),
        ("zahl", -3.0, "-3"),
        ("euro", 5, "0,05 Euro"),
        ("euro", 123456, "1.234,56 Euro"),
        ("ja_nein", False, "Nein"),
        ("", None, ""),
        ("", 2026, "2026"),
        ("", 12.5, "12,5"),
        ("", True, "Ja"),
        ("", date(2026, 1, 2), "02.01.2026"),
    ],
)
def test_values_look_german(form, value, text):
    assert FORMATS[form](value) == text


@pytest.mark.parametrize(
    ("form", "value"),
    [
        ("datum", "31.12.2026"),
        ("datum", 5),
        ("zahl", True),
        ("zahl", "5"),
        ("zahl", float("nan")),
        ("zahl", 1e300),
        ("euro", 5.5),
        ("euro", 10**400),
        ("ja_nein", 1),
        ("", ["a"]),
        ("", {"a": 1}),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(form, value):
    with pytest.raises(Unwritable):
        FORMATS[form](value)


def test_a_letter_is_dated_in_words():
    assert long_day(date(2026, 3, 1)) == "1. März 2026"
