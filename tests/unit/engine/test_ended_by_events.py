"""What is thrown may end the thrower, and two events may come at one instant."""

import pytest

from app.engine.step import MessageArrived, SignalArrived
from tests.unit.engine.event_builder import (
    ERRORS,
    SIGNALS,
    catch,
    condition,
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
    script,
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


def test_an_event_gateway_goes_the_way_that_came_first_though_it_has_changed_since():
    body = (
        start()
        + gateway("parallel", "teilen")
        + gateway("eventBased", "g")
        + catch("wenn", condition("n &gt; 0"))
        + catch("post", message("m1"))
        + user("nach_wenn")
        + user("nach_post")
        + script("weg", "n = 0")
        + user("warten")
        + end()
        + flow("start", "teilen")
        + flow("teilen", "g")
        + flow("teilen", "weg")
        + flow("g", "wenn")
        + flow("g", "post")
        + flow("wenn", "nach_wenn")
        + flow("post", "nach_post")
        + flow("weg", "warten")
        + flow("nach_wenn", "ende")
        + flow("nach_post", "ende")
        + flow("warten", "ende")
    )
    assert Played(bpmn(body, ERRORS), {"n": 1}).open == ["nach_wenn", "warten"]


def test_cancelling_an_inner_transaction_leaves_the_outer_one_alone():
    cancel = "<bpmn:cancelEventDefinition/>"
    inner = part("innen", user("a"), last=cancel, tag="transaction")
    outer = part("aussen", inner, user("danach"), tag="transaction")
    body = (
        chain(outer)
        + boundary("rand", "aussen", cancel)
        + user("ersatz")
        + flow("rand", "ersatz")
        + flow("ersatz", "ende")
    )
    assert Played(bpmn(body)).complete("a").open == ["danach"]


def test_what_an_event_part_passes_on_goes_to_what_lies_around_both():
    passing = event_part(
        "melden", escalation("x1"), throw("weiter", escalation("x1")), interrupting=False
    )
    inner = (
        start("s")
        + throw("ruf", escalation("x1"))
        + user("arbeit")
        + end("e")
        + flow("s", "ruf")
        + flow("ruf", "arbeit")
        + flow("arbeit", "e")
        + passing
    )
    body = (
        chain(node("subProcess", "teil", inner))
        + boundary("rand", "teil", escalation("x1"), interrupting=False)
        + user("chef")
        + flow("rand", "chef")
        + flow("chef", "ende")
    )
    assert Played(bpmn(body, ERRORS)).open == ["arbeit", "chef"]


def test_an_interrupted_scope_does_not_go_on_beside_its_event_part():
    body = (
        chain(user("a"))
        + boundary("hinweis", "a", signal("s1"), interrupting=False)
        + user("merken")
        + flow("hinweis", "merken")
        + flow("merken", "ende")
        + event_part("ab", signal("s1"), user("abwickeln"))
    )
    assert Played(bpmn(body, SIGNALS)).deliver(SignalArrived("Zahlung")).open == ["abwickeln"]
