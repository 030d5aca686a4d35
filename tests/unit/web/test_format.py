"""German formats: what a person reads for a time, an amount, a size or a status."""

from datetime import UTC, date, datetime

import pytest

from app.web.format import (
    dateiart,
    dateigroesse,
    datum,
    datum_lang,
    datum_zeit,
    euro,
    tage_bis,
    vorgangsstatus,
    zeit,
    zeitpunkt,
)

LATE_EVENING_UTC = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)


def plain(text: str) -> str:
    """Read a no-break space as a space."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_day_is_that_of_german_legal_time():
    assert datum(LATE_EVENING_UTC) == "01.07.2026"
    assert plain(datum_lang(LATE_EVENING_UTC)) == "1. Juli 2026"


def test_the_clock_follows_summer_and_winter_time():
    assert zeit(datetime(2026, 7, 1, 10, 0, tzinfo=UTC)) == "12:00"
    assert zeit(datetime(2026, 12, 1, 10, 0, tzinfo=UTC)) == "11:00"


def test_a_day_and_its_time_are_read_together():
    assert plain(datum_zeit(LATE_EVENING_UTC)) == "01.07.2026, 00:30 Uhr"


def test_a_plain_date_and_iso_texts_are_days_too():
    assert datum(date(2026, 3, 9)) == "09.03.2026"
    assert datum("2026-03-09") == "09.03.2026"
    assert datum("2026-06-30T22:30:00Z") == "01.07.2026"


@pytest.mark.parametrize("rule", [datum, datum_lang, zeit, datum_zeit])
def test_nothing_is_shown_for_no_time(rule):
    assert rule(None) == ""


def test_a_time_without_zone_is_a_mistake():
    with pytest.raises(ValueError, match="zone"):
        datum_zeit(datetime(2026, 6, 30, 22, 30))  # noqa: DTZ001 the mistake under test


def test_programs_read_days_as_they_are_and_times_in_utc():
    assert zeitpunkt(date(2026, 3, 9)) == "2026-03-09"
    assert zeitpunkt(LATE_EVENING_UTC) == "2026-06-30T22:30:00Z"


@pytest.mark.parametrize(
    ("cents", "text"),
    [
        (0, "0,00 €"),
        (5, "0,05 €"),
        (2400, "24,00 €"),
        (123450, "1.234,50 €"),
        (100_000_000, "1.000.000,00 €"),
        (-250, "−2,50 €"),
    ],
)
def test_an_amount_is_written_in_euro(cents, text):
    assert plain(euro(cents)) == text


@pytest.mark.parametrize(
    ("size_bytes", "text"),
    [
        (0, "0 Byte"),
        (999, "999 Byte"),
        (1000, "1 kB"),
        (84_123, "84 kB"),
        (999_499, "999 kB"),
        (999_500, "1 MB"),
        (1_449_999, "1,4 MB"),
        (10_000_000, "10 MB"),
        (1_234_500_000, "1.234,5 MB"),
    ],
)
def test_a_file_size_is_rounded_as_people_know_it(size_bytes, text):
    assert plain(dateigroesse(size_bytes)) == text


def test_a_kind_of_file_has_a_short_name():
    assert dateiart("application/pdf") == "PDF"
    assert dateiart("image/jpeg") == "JPG"
    assert dateiart("application/x-unheard-of") == "Datei"


def test_a_status_is_read_in_german():
    assert vorgangsstatus("in_progress") == "In Bearbeitung"


def test_a_deadline_is_read_as_its_distance():
    now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    assert tage_bis(datetime(2026, 11, 23, 22, 59, 59, tzinfo=UTC), now) == "heute"
