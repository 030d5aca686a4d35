"""Numbers, dates and sizes in German."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.german import file_size
from app.forms.german import iso_date, read_number, show_number, show_value


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (2026, "2026"),
        (12.5, "12,5"),
        (12.0, "12"),
        (1e-7, "0,0000001"),
        (1e21, "1" + "0" * 21),
    ],
)
def test_numbers_are_shown_without_exponent_and_with_a_comma(number, text):
    assert show_number(number) == text


@given(st.integers(-(10**15), 10**15) | st.decimals(-(10**6), 10**6, places=2).map(float))
def test_a_number_that_is_shown_can_be_read_again(number):
    assert read_number(show_number(number)) == number


@pytest.mark.parametrize(
    "text", ["2026-02-30", "20260228", "2026-2-8", "2026-02-28\n", "", None, 5]
)
def test_only_real_dates_in_iso_notation_are_dates(text):
    assert iso_date(text) is None


@pytest.mark.parametrize(
    ("size", "text"),
    [(10485760, "10 MB"), (2_400_000, "2,4 MB"), (310_500, "310 kB"), (0, "0 Byte")],
)
def test_sizes_are_round(size, text):
    assert file_size(size) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(True, "Ja"), (False, "Nein"), ("2026-03-05", "05.03.2026"), (float("nan"), ""), (None, "")],
)
def test_any_value_has_a_german_form(value, text):
    assert show_value(value) == text
