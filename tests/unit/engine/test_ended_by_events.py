"""What is thrown may end the thrower, and two events may come at one instant."""

import pytest

from app.engine.step import MessageArrived, SignalArrived
from tests.unit.engine.event_builder import (
    ERRORS,
    SIGNALS,
    escalation,
    event_part,
    fork,
    part,
    signal,
    throw,
)
from tests.unit.engine.process_builder import (
    Played,
    boundary,
    bpmn,
    chain,
    end,
    flow,
    gateway,
    message,
    node,
    start,
    user,
)


def test_two_arrows_from_one_split_to_one_inclusive_join_count_as_one_passage():
    body = (
        start()
        + gateway("inclusive", "teilen", default="sonst")
        + gateway("inclusive", "treffen")
        + user("a")
        + user("danach")
        + end()
        + flow("start", "teilen")
        + flow("teilen", "treffen", "x > 0", id="f1")
        + flow("teilen", "treffen", "x > 1", id="f2")
        + flow("teilen", "a", id="sonst")
        + flow("a", "treffen")
        + flow("treffen", "danach")
        + flow("danach", "ende")
    )
    assert Played(bpmn(body), {"x": 2}).open == ["danach"]


@pytest.mark.parametrize("thrown", [escalation("x1"), signal("s1")])
def test_a_throw_that_ends_its_own_way_does_not_go_on(thrown):
    case = Played(
        bpmn(
            chain(user("a"), throw("ruf", thrown), user("b"))
            + event_part("sonder", thrown, user("s")),
            ERRORS + SIGNALS,
        )
    )
    case.complete("a")
    assert case.open == ["s"]
    assert "ruf" in case.path


def both(first, second):
    """A task with a gentle and an ending event, drawn in this order."""
    events = {
        "hinweis": boundary("hinweis", "a", signal("s1"), interrupting=False),
        "schluss": boundary("schluss", "a", signal("s1")),
    }
    ways = "".join(
        user(f"nach_{name}") + flow(name, f"nach_{name}") + flow(f"nach_{name}", "ende")
        for name in events
    )
    return bpmn(chain(user("a")) + events[first] + events[second] + ways, SIGNALS)


@pytest.mark.parametrize("order", [("hinweis", "schluss"), ("schluss", "hinweis")])
def test_a_gentle_event_goes_its_way_though_another_ends_the_task_at_that_instant(order):
    case = Played(both(*order))
    assert case.deliver(SignalArrived("Zahlung")).open == ["nach_hinweis", "nach_schluss"]


def test_of_two_equal_waits_the_older_one_gets_the_message():
    inner = part(
        "teil", user("davor"), node("receiveTask", "jung", messageRef="m1"), user("nach_jung")
    )
    case = Played(
        bpmn(
            fork(
                [inner],
                [
                    node("intermediateCatchEvent", "alt", message("m1")),
                    user("nach_alt"),
                ],
            ),
            ERRORS,
        )
    )
    case.complete("davor")
    case.deliver(MessageArrived("Rückfrage", None, {}))
    assert case.open == ["nach_alt"]
