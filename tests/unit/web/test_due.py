"""Deadlines in words: near ones as a count of working days, far ones as a date."""

from datetime import UTC, datetime

import pytest

from app.web.due import due

MONDAY_MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def end_of(month: int, day: int, year: int = 2026) -> datetime:
    """Return 23:59:59 of a winter day in Germany."""
    return datetime(year, month, day, 22, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due_at", "text", "tone"),
    [
        (end_of(11, 23), "heute", "warning"),
        (end_of(11, 24), "morgen", "warning"),
        (end_of(11, 26), "in 3 Arbeitstagen", "neutral"),
        (end_of(11, 30), "in 5 Arbeitstagen", "neutral"),
        (end_of(12, 23), "in 22 Arbeitstagen", "neutral"),
        (end_of(12, 24), "bis 24.12.2026", "neutral"),
        (end_of(11, 22), "1 Tag überfällig", "danger"),
        (end_of(11, 21), "2 Tage überfällig", "danger"),
        (datetime(2026, 11, 23, 8, 0, tzinfo=UTC), "seit heute überfällig", "danger"),
    ],
)
def test_a_deadline_has_a_word_and_a_tone(due_at, text, tone):
    seen = due(due_at, MONDAY_MORNING)

    assert (seen.text, seen.tone) == (text, tone)
    assert seen.is_overdue is (tone == "danger")


def test_a_weekend_ahead_counts_plain_days():
    friday = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)

    assert due(end_of(11, 29), friday).text == "in 2 Tagen"


def test_one_working_day_behind_a_weekend_is_counted_alone():
    friday = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)

    assert due(end_of(11, 30), friday).text == "in 1 Arbeitstag"


def test_holidays_are_no_working_days():
    before_christmas = datetime(2026, 12, 23, 9, 0, tzinfo=UTC)

    assert due(end_of(12, 28), before_christmas).text == "in 2 Arbeitstagen"


def test_the_day_is_that_of_german_legal_time():
    just_past_midnight_in_germany = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)

    assert due(end_of(11, 24), just_past_midnight_in_germany).text == "heute"
