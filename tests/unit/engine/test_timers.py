from datetime import UTC, datetime, timedelta

import pytest

from app.engine.timers import due_from, is_literal
from app.errors import Incident, TaskDone
from app.expressions.fault import ExpressionFault
from tests.unit.engine.process_builder import (
    ENGINE,
    NOON,
    Played,
    boundary,
    bpmn,
    chain,
    end,
    flow,
    gateway,
    script,
    start,
    timer,
    user,
    wait,
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("P14D", "2026-12-07T11:00:00+00:00"),
        ("PT36H", "2026-11-24T23:00:00+00:00"),
        ("P1M", "2026-12-23T11:00:00+00:00"),
        ("10AT", "2026-12-07T22:59:59+00:00"),
        ("2032-09-30", "2032-09-29T22:00:00+00:00"),
        ("2032-12-31", "2032-12-30T23:00:00+00:00"),
        ("2026-12-01T08:30:00Z", "2026-12-01T08:30:00+00:00"),
        ("2026-07-01T12:00:00", "2026-07-01T10:00:00+00:00"),
    ],
)
def test_a_time_is_german_unless_it_says_otherwise(value, expected):
    assert is_literal(value)
    assert due_from(value, NOON).isoformat() == expected


@pytest.mark.parametrize(
    "value", ["", "P", "morgen", "P9999999Y", "2026-13-01", "R3/P1D", 5, None, "2200-01-01"]
)
def test_another_value_is_refused(value):
    with pytest.raises(ExpressionFault):
        due_from(value, NOON)


def test_a_far_timer_is_saved_and_fires_on_its_day_not_before():
    calibration = wait("eichung", "monate(gueltig_bis, -3)", "timeDate")
    case = Played(bpmn(chain(user("a"), calibration, user("b")))).complete(
        "a", gueltig_bis="2032-12-31"
    )
    [due] = case.step.due
    assert (due.element, due.due_at) == ("eichung", datetime(2032, 9, 29, 22, tzinfo=UTC))

    case.after(days=5)
    assert (case.open, case.step.due) == ([], (due,))
    case.now = due.due_at - timedelta(seconds=1)
    assert case.after().open == []

    assert case.after(seconds=1).open == ["b"]
    assert case.path == ["eichung"]
    assert case.step.log[0].kind == "timer"
    assert case.step.due == ()


def test_a_timer_is_computed_once_when_it_is_entered():
    source = bpmn(
        start()
        + gateway("parallel", "teilen")
        + wait("warten", "frist")
        + user("a")
        + end()
        + flow("start", "teilen")
        + flow("teilen", "warten")
        + flow("teilen", "a")
        + flow("warten", "ende", id="f1")
        + flow("a", "ende", id="f2")
    )
    case = Played(source, {"frist": "P10D"})
    before = case.step.due

    case.complete("a", frist="P1D")

    assert case.step.due == before


def test_a_time_in_the_past_is_due_at_once():
    case = Played(bpmn(chain(wait("warten", "2020-01-01", "timeDate"), user("a"))))

    assert case.open == ["a"]


def test_a_timer_that_cannot_be_read_is_an_incident():
    with pytest.raises(Incident) as incident:
        Played(bpmn(chain(wait("warten", "frist"), user("a"))), {"frist": "bald"})

    assert incident.value.element == "warten"


def with_boundary(interrupting):
    return bpmn(
        chain(user("antworten"), user("danach"))
        + boundary("frist", "antworten", timer("P14D"), interrupting=interrupting)
        + user("mahnen")
        + end("e2")
        + flow("frist", "mahnen")
        + flow("mahnen", "e2")
    )


def test_an_interrupting_timer_takes_the_task_away():
    case = Played(with_boundary(interrupting=True))
    task = case.task_id("antworten")
    assert case.position.active == {"antworten"}

    case.after(days=14)

    assert case.open == ["mahnen"]
    assert case.path == ["frist"]
    with pytest.raises(TaskDone):
        ENGINE.complete(case.deployment, case.step.state, task, {}, case.now)
    assert case.complete("mahnen").step.completed


def test_a_timer_that_does_not_interrupt_leaves_the_task_open():
    case = Played(with_boundary(interrupting=False)).after(days=14)
    assert case.open == ["antworten", "mahnen"]
    assert case.step.due == ()

    case.complete("antworten")
    assert case.open == ["danach", "mahnen"]
    assert not case.complete("mahnen").step.completed
    assert case.complete("danach").step.completed


@pytest.mark.parametrize("interrupting", [True, False])
def test_a_task_done_in_time_stops_its_timer(interrupting):
    case = Played(with_boundary(interrupting)).complete("antworten")

    assert case.step.due == ()
    assert case.after(days=30).open == ["danach"]
    assert case.complete("danach").step.completed


def test_a_due_timer_wins_over_a_late_answer():
    case = Played(with_boundary(interrupting=True))
    case.now += timedelta(days=15)

    with pytest.raises(TaskDone):
        case.complete("antworten")


def test_the_earlier_of_two_overdue_timers_fires_first():
    source = bpmn(
        chain(user("antworten"))
        + boundary("spaet", "antworten", timer("P20D"))
        + boundary("frueh", "antworten", timer("P10D"))
        + user("a")
        + user("b")
        + end("e2")
        + end("e3")
        + flow("spaet", "a")
        + flow("frueh", "b")
        + flow("a", "e2")
        + flow("b", "e3")
    )

    assert Played(source).after(days=30).open == ["b"]


def test_a_reminder_in_a_loop_does_not_end_the_other_rounds():
    """A path from a reminder may lead back to its task; each round has its own reminder."""
    source = bpmn(
        start()
        + user("antworten")
        + end()
        + boundary("erinnern", "antworten", timer("P7D"), interrupting=False)
        + script("merken", "erinnert = erinnert + 1")
        + flow("start", "antworten")
        + flow("antworten", "ende")
        + flow("erinnern", "merken")
        + flow("merken", "antworten")
    )
    case = Played(source, {"erinnert": 0}).after(days=7)
    assert case.open == ["antworten", "antworten"]
    assert case.data["erinnert"] == 1

    case.after(days=7)
    assert (case.open, case.data["erinnert"]) == (["antworten"] * 3, 2)
    for left in (2, 1, 0):
        first = case.step.open_tasks[0].id
        case.step = ENGINE.complete(case.deployment, case.step.state, first, {}, case.now)
        assert len(case.open) == left
    assert case.step.completed


def test_an_event_gateway_follows_what_comes_first():
    source = bpmn(
        start()
        + gateway("eventBased", "wahl")
        + wait("zeit", "P10D")
        + '<bpmn:receiveTask id="post" messageRef="m1"/>'
        + user("spaet")
        + user("da")
        + end()
        + flow("start", "wahl")
        + flow("wahl", "zeit")
        + flow("wahl", "post")
        + flow("zeit", "spaet")
        + flow("post", "da")
        + flow("spaet", "ende")
        + flow("da", "ende"),
        extra='<bpmn:message id="m1" name="unterlagen"/>',
    )
    case = Played(source)
    assert [due.element for due in case.step.due] == ["zeit"]
    assert [one.message for one in case.step.subscriptions] == ["unterlagen"]

    case.after(days=10)

    assert (case.open, case.step.subscriptions) == (["spaet"], ())
    assert case.path == ["wahl", "zeit"]
