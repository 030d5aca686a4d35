from datetime import UTC, date, datetime

import pytest

from app.domain.duration import Duration, add_months, parse_duration


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
    ],
)
def test_a_month_ends_with_its_last_day(day, months, expected):
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("P14D", Duration(days=14)),
        ("P2W", Duration(days=14)),
        ("P1Y2M3DT4H5M6S", Duration(months=14, days=3, seconds=14_706)),
        ("PT36H", Duration(seconds=129_600)),
    ],
)
def test_a_duration_is_read(text, expected):
    assert parse_duration(text) == expected


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "P1DT", "-P1D", "P1.5D", "p1d", "1D", "P101Y", "P9999999Y", "P1D\n"]
)
def test_other_text_is_no_duration(text):
    with pytest.raises(ValueError, match=r"duration|years"):
        parse_duration(text)


def test_a_day_keeps_the_time_of_day_over_a_change_of_daylight_saving():
    noon_in_winter = datetime(2026, 3, 28, 11, tzinfo=UTC)

    assert Duration(days=1).after(noon_in_winter) == datetime(2026, 3, 29, 10, tzinfo=UTC)


def test_hours_count_on_the_clock_over_a_change_of_daylight_saving():
    noon_in_winter = datetime(2026, 3, 28, 11, tzinfo=UTC)

    assert parse_duration("PT24H").after(noon_in_winter) == datetime(2026, 3, 29, 11, tzinfo=UTC)
