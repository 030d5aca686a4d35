"""Zeit: timers that the library computes wrongly, fires late or forgets."""

from datetime import UTC, datetime, timedelta

import pytest
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition

from app.engine.timers import due_from
from app.errors import TaskDone
from app.expressions.fault import ExpressionFault
from tests.support.hazard_waits import first_of_two_timers, with_deadline
from tests.support.stock import StockCase
from tests.unit.engine.process_builder import NOON, Played


def test_the_first_of_two_times_decides():
    """12. Event gateway: of two times the library knows only the one it read first."""
    stock = StockCase(first_of_two_timers("'P10D'", "'PT0S'"))
    assert stock.run().run().open == []
    assert stock.timers == [None]

    ours = Played(first_of_two_timers("P10D", "P2D"))
    assert sorted(due.due_at for due in ours.step.due) == [
        NOON + timedelta(days=2),
        NOON + timedelta(days=10),
    ]
    assert ours.after(days=3).open == ["nach_kurz"]
    assert ours.step.due == ()


def test_a_timer_that_is_due_fires_when_the_case_is_woken():
    """13. Firing: the library must be called twice, and nobody tells it when."""
    stock = StockCase(with_deadline("'P14D'")).make_due("frist", days=1)
    assert stock.run().open == ["antworten"]
    assert stock.run().open == ["verfristet"]

    ours = Played(with_deadline("P14D"))
    assert ours.step.due[0].due_at == NOON + timedelta(days=14)
    assert ours.after(days=14).open == ["verfristet"]


def test_who_answers_after_the_deadline_is_too_late():
    """13. Late answers: with the library they count, for it looks at the time only afterwards."""
    stock = StockCase(with_deadline("'P14D'")).make_due("frist", days=1)
    assert stock.complete("antworten").completed

    ours = Played(with_deadline("P14D"))
    late = ours.task_id("antworten")
    ours.now += timedelta(days=14)
    with pytest.raises(TaskDone):
        ours.complete("antworten")
    assert ours.after().open == ["verfristet"]
    assert late not in {task.id for task in ours.step.open_tasks}


@pytest.mark.parametrize(
    ("begin", "wrong", "right"),
    [
        (datetime(2027, 1, 31, 11, tzinfo=UTC), "2027-03-03", "2027-02-28"),
        (datetime(2026, 8, 31, 10, tzinfo=UTC), "2026-10-01", "2026-09-30"),
    ],
)
def test_a_month_ends_on_the_last_day_of_the_next(begin, wrong, right):
    """13. Months: the library counts days of other months. Source: § 188 Abs. 3 BGB."""
    parsed = TimerEventDefinition.parse_iso_duration("P1M")
    stock = begin + TimerEventDefinition.get_timedelta_from_start(parsed, begin)

    assert stock.date().isoformat() == wrong
    assert due_from("P1M", begin).date().isoformat() == right


def test_a_time_without_zone_is_german_in_summer_and_winter():
    """13. Zones: the library takes the computer's offset of the moment it was started."""
    texts = ("2026-01-15T12:00:00", "2026-07-15T12:00:00")
    winter, summer = (TimerEventDefinition.get_datetime(text) for text in texts)
    assert winter.hour == summer.hour

    assert [due_from(text, NOON).hour for text in texts] == [11, 10]


def test_a_duration_without_length_is_refused():
    """13. Nonsense: the library takes ``P`` for no time at all, and the timer fires at once."""
    parsed = TimerEventDefinition.parse_iso_duration("P")
    assert TimerEventDefinition.get_timedelta_from_start(parsed) == timedelta()

    with pytest.raises(ExpressionFault):
        due_from("P", NOON)


def test_reminders_missed_during_an_outage_come_once():
    """13. Repetitions: after a pause the library makes up for every single one."""
    weekly = {"interrupting": False, "kind": "timeCycle"}
    stock = StockCase(with_deadline("'R/P7D'", **weekly)).make_due("frist", days=30)
    for _ in range(10):
        stock.run()
    assert stock.open.count("verfristet") == 5

    ours = Played(with_deadline("R/P7D", **weekly))
    assert ours.after(days=30).open == ["antworten", "verfristet"]
    assert [due.due_at for due in ours.step.due] == [NOON + timedelta(days=35)]
    assert ours.after(days=5).open == ["antworten", "verfristet", "verfristet"]
