"""Randereignisse: what happens beside a task or a process part."""

from tests.trust.flow_models.elements import (
    ANY_ERROR,
    BESIDE,
    condition,
    cycle,
    error,
    escalation,
    message,
    part,
    signal,
    throw,
)
from tests.trust.flow_models.scenario import done, later, raised, scenario, sent, ways
from tests.unit.engine.process_builder import (
    boundary,
    chain,
    end,
    gateway,
    start,
    timer,
    user,
)


def _beside(host, *events, after=("b",)):
    """A host, what comes after it, and for each event a task of its name with an end."""
    drawn = chain(host, *(user(name) for name in after))
    for id, inner, interrupting in events:  # noqa: A001 - as in BPMN
        drawn += (
            boundary(id, _id(host), inner, interrupting=interrupting)
            + user(f"bei_{id}")
            + end(f"e_{id}")
            + ways(f"{id} bei_{id} e_{id}")
        )
    return drawn


def _id(drawn):
    return drawn.split('id="', 1)[1].split('"', 1)[0]


def _case(name, drawn, *acts, **data):
    return scenario(name, drawn, *acts, beside=BESIDE, **data)


STOP = _beside(user("a"), ("r", timer("'P2D'"), True))
REMIND = _beside(user("a"), ("r", timer("'P2D'"), False))
POST = _beside(user("a"), ("r", message(variable="brief"), True))
NEWS = _beside(user("a"), ("r", message(), False))
PART = part("teil", user("a"), user("c"))
FAIL = part("teil", user("a"), last=error("e1"))
ESCALATE = part("teil", user("a"), throw("ruf", escalation("x1")), user("c"))
ALARM = (
    start()
    + gateway("parallel", "teilen")
    + user("a")
    + throw("ruf", signal())
    + user("c")
    + end()
    + end("ende1")
    + user("b")
    + ways("start teilen a ruf c ende", "teilen b ende1")
)


def _alarmed(*, interrupting):
    return (
        ALARM
        + boundary("r", "b", signal(), interrupting=interrupting)
        + user("bei_r")
        + end("e_r")
        + ways("r bei_r e_r")
    )


BOUNDARIES = (
    _case("timer_beside_a_task_stops_it", STOP, later(days=3), done("bei_r")),
    _case("timer_beside_a_task_comes_too_late", STOP, done("a"), later(days=3), done("b")),
    _case(
        "timer_beside_a_task_reminds", REMIND, later(days=3), done("a"), done("bei_r"), done("b")
    ),
    _case(
        "timer_beside_a_task_reminds_and_its_way_ends_first",
        REMIND,
        later(days=3),
        done("bei_r"),
        done("a"),
        done("b"),
    ),
    _case("timer_beside_a_task_not_needed", REMIND, done("a"), done("b")),
    _case(
        "two_timers_beside_a_task",
        _beside(user("a"), ("r", timer("'P2D'"), False), ("s", timer("'P4D'"), True)),
        later(days=3),
        later(days=2),
        done("bei_s"),
        done("bei_r"),
    ),
    _case(
        "timer_beside_a_part_stops_it",
        _beside(PART, ("r", timer("'P2D'"), True)),
        done("a"),
        later(days=3),
        done("bei_r"),
    ),
    _case(
        "timer_beside_a_part_reminds",
        _beside(PART, ("r", timer("'P2D'"), False)),
        later(days=3),
        done("a"),
        done("c"),
        done("bei_r"),
        done("b"),
    ),
    _case(
        "timer_that_comes_three_times",
        _beside(user("a"), ("r", cycle("'R3/P1D'"), False)),
        later(days=1, hours=1),
        done("bei_r"),
        later(days=1),
        done("a"),
        done("bei_r"),
        done("b"),
    ),
    _case("message_beside_a_task_stops_it", POST, sent("post", {"n": 1}), done("bei_r")),
    _case("message_beside_a_task_not_needed", POST, done("a"), sent("post"), done("b")),
    _case("message_beside_a_task_is_news", NEWS, sent("post"), done("a"), done("b"), done("bei_r")),
    _case(
        "message_beside_a_task_comes_twice",
        NEWS,
        sent("post"),
        sent("post"),
        done("a"),
        done("bei_r"),
        done("bei_r"),
        done("b"),
    ),
    _case(
        "message_beside_a_part_stops_it",
        _beside(PART, ("r", message(), True)),
        done("a"),
        sent("post"),
        done("bei_r"),
    ),
    _case(
        "message_beside_a_part_is_news",
        _beside(PART, ("r", message(), False)),
        sent("post"),
        done("a"),
        done("c"),
        done("b"),
        done("bei_r"),
    ),
    _case("another_message_changes_nothing", POST, sent("anruf"), done("a"), done("b")),
    _case("error_by_its_code", _beside(FAIL, ("r", error("e1"), True)), done("a"), done("bei_r")),
    _case("error_of_any_kind", _beside(FAIL, ("r", ANY_ERROR, True)), done("a"), done("bei_r")),
    _case(
        "error_by_its_code_among_others",
        _beside(FAIL, ("r", error("e1"), True), ("s", error("e2"), True)),
        done("a"),
        done("bei_r"),
    ),
    _case(
        "error_through_an_inner_part",
        _beside(part("aussen", FAIL), ("r", error("e1"), True)),
        done("a"),
        done("bei_r"),
    ),
    _case(
        "escalation_stops_the_part",
        _beside(ESCALATE, ("r", escalation(), True)),
        done("a"),
        done("bei_r"),
    ),
    _case(
        "escalation_beside_the_part",
        _beside(ESCALATE, ("r", escalation(), False)),
        done("a"),
        done("c"),
        done("bei_r"),
        done("b"),
    ),
    _case(
        "escalation_nobody_waits_for",
        _beside(ESCALATE, ("r", escalation("x2"), False)),
        done("a"),
        done("c"),
        done("b"),
    ),
    _case(
        "escalation_at_the_end_of_a_part",
        _beside(part("teil", user("a"), last=escalation()), ("r", escalation(), False)),
        done("a"),
        done("b"),
        done("bei_r"),
    ),
    _case("signal_stops_a_task", _alarmed(interrupting=True), done("a"), done("bei_r"), done("c")),
    _case(
        "signal_beside_a_task",
        _alarmed(interrupting=False),
        done("a"),
        done("bei_r"),
        done("b"),
        done("c"),
    ),
    _case("signal_comes_too_late", _alarmed(interrupting=True), done("b"), done("a"), done("c")),
    _case(
        "signal_from_outside",
        _beside(user("a"), ("r", signal(), True)),
        raised("alarm"),
        done("bei_r"),
    ),
    _case(
        "condition_stops_a_task",
        start()
        + gateway("parallel", "teilen")
        + user("a")
        + user("b")
        + end()
        + end("ende2")
        + boundary("r", "b", condition("x > 1"))
        + user("bei_r")
        + end("e_r")
        + ways("start teilen a ende", "teilen b ende2", "r bei_r e_r"),
        done("a", x=2),
        done("bei_r"),
        x=0,
    ),
    _case(
        "error_nobody_catches",
        start()
        + gateway("parallel", "teilen")
        + FAIL
        + user("b")
        + end()
        + end("ende2")
        + ways("start teilen teil ende", "teilen b ende2"),
        done("a"),
    ),
    _case(
        "signal_beside_the_part_that_raises_it",
        _beside(part("teil", user("a"), throw("ruf", signal()), user("c")), ("r", signal(), True)),
        done("a"),
        done("bei_r"),
    ),
)
