from datetime import UTC, date, datetime

import pytest

from app.domain.working_days import (
    add_working_days,
    due_at,
    easter_sunday,
    is_working_day,
    public_holidays,
)


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(2008, 3, 23), (2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2027, 3, 28), (2038, 4, 25)],
)
def test_easter_falls_on_its_day(year, month, day):
    assert easter_sunday(year) == date(year, month, day)


def test_easter_is_always_a_sunday_in_spring():
    for year in range(1900, 2200):
        easter = easter_sunday(year)
        assert easter.weekday() == 6
        assert date(year, 3, 22) <= easter <= date(year, 4, 25)


def test_hesse_has_ten_holidays_besides_sundays():
    assert public_holidays(2026) == {
        date(2026, 1, 1),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 6, 4),
        date(2026, 10, 3),
        date(2026, 12, 25),
        date(2026, 12, 26),
    }


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),
        (date(2026, 11, 22), False),
        (date(2026, 6, 4), False),
        (date(2026, 11, 18), True),
    ],
)
def test_an_office_works_from_monday_to_friday_except_holidays(day, works):
    assert is_working_day(day) is works


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 4, 2), 1, date(2026, 4, 7)),
        (date(2026, 4, 7), -1, date(2026, 4, 2)),
        (date(2026, 4, 4), 0, date(2026, 4, 7)),
        (date(2026, 4, 2), 0, date(2026, 4, 2)),
    ],
)
def test_working_days_skip_weekends_and_holidays(day, count, expected):
    assert add_working_days(day, count) == expected


@pytest.mark.parametrize(
    ("rule", "start", "expected"),
    [
        # Thursday + 14 days = Thursday, 23:59:59 in winter
        ("P14D", datetime(2026, 11, 5, 9, tzinfo=UTC), "2026-11-19T22:59:59+00:00"),
        # ends on a Sunday: Monday
        ("P3D", datetime(2026, 11, 5, 9, tzinfo=UTC), "2026-11-09T22:59:59+00:00"),
        # ends on Good Friday: Tuesday after Easter, in summer
        ("P1W", datetime(2026, 3, 27, 9, tzinfo=UTC), "2026-04-07T21:59:59+00:00"),
        ("P1M", datetime(2026, 10, 30, 9, tzinfo=UTC), "2026-11-30T22:59:59+00:00"),
        ("10AT", datetime(2026, 11, 5, 9, tzinfo=UTC), "2026-11-19T22:59:59+00:00"),
        # already the next day in Germany
        ("1AT", datetime(2026, 11, 5, 23, 30, tzinfo=UTC), "2026-11-09T22:59:59+00:00"),
    ],
)
def test_a_deadline_ends_with_its_last_day_in_germany(rule, start, expected):
    assert due_at(rule, start).isoformat() == expected


@pytest.mark.parametrize("rule", ["", "14", "PT5H", "10at", "AT", "P1DT1H", "10 AT"])
def test_another_rule_is_refused(rule):
    with pytest.raises(ValueError, match=r"duration|whole days"):
        due_at(rule, datetime(2026, 11, 5, tzinfo=UTC))
