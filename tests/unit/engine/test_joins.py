"""Joins count flows, not what lies before them, and inclusive ones decide when all else rests."""

import pytest

from app.errors import Incident
from tests.unit.engine.event_builder import ERRORS, event_part
from tests.unit.engine.process_builder import (
    Played,
    bpmn,
    end,
    flow,
    gateway,
    message,
    start,
    user,
)


def ways(*chains):
    """Flows along each chain of names."""
    pairs = [pair for one in chains for pair in zip(one.split(), one.split()[1:], strict=False)]
    return "".join(flow(source, target) for source, target in pairs)


def test_two_flows_from_one_split_to_one_inclusive_join_are_one_passage():
    body = start() + gateway("parallel", "g") + gateway("inclusive", "j") + user("u") + end()
    body += ways("start g", "j u ende") + flow("g", "j", id="f1") + flow("g", "j", id="f2")
    assert Played(bpmn(body)).open == ["u"]


@pytest.mark.parametrize(("first", "second", "passes"), [(1, 2, True), (1, 1, False)])
def test_two_tokens_on_one_of_two_flows_do_not_make_a_parallel_join_pass(first, second, passes):
    body = (
        start()
        + gateway("parallel", "g")
        + user("u1")
        + user("u2")
        + gateway("exclusive", "m")
        + gateway("exclusive", "x", default="f2")
        + gateway("parallel", "j")
        + user("u3")
        + end()
        + ways("start g u1 m x", "g u2 m", "j u3 ende")
        + flow("x", "j", "wahl == 1", id="f1")
        + flow("x", "j", id="f2")
    )
    case = Played(bpmn(body)).complete("u1", wahl=first)
    if passes:
        assert case.complete("u2", wahl=second).open == ["u3"]
    else:
        with pytest.raises(Incident):
            case.complete("u2", wahl=second)


def test_what_is_too_many_at_an_inclusive_join_waits_for_what_may_come_again():
    body = (
        start()
        + gateway("parallel", "g")
        + user("u1")
        + user("u3")
        + user("u2")
        + gateway("exclusive", "m")
        + gateway("exclusive", "x2")
        + gateway("inclusive", "j")
        + gateway("exclusive", "x", default="raus")
        + end()
        + ways("start g u1 m j x", "g u3 m", "g x2 u2 j")
        + flow("x", "x2", "wahl % 2 == 0")
        + flow("x", "ende", id="raus")
    )
    case = Played(bpmn(body)).complete("u1").complete("u3")
    assert case.open == ["u2"]
    assert case.complete("u2", wahl=0).open == ["u2"]
    assert case.complete("u2", wahl=1).step.completed


@pytest.mark.parametrize("interrupting", [True, False])
def test_what_comes_beside_does_not_hide_that_nothing_goes_on(interrupting):
    body = (
        start()
        + gateway("exclusive", "w", default="allein")
        + gateway("parallel", "g")
        + user("a")
        + user("b")
        + gateway("parallel", "j")
        + end()
        + flow("start", "w")
        + flow("w", "g", "beide")
        + flow("w", "a", id="allein")
        + ways("g a j ende", "g b j")
        + event_part("post", message("m1"), user("lesen"), interrupting=interrupting)
    )
    case = Played(bpmn(body, ERRORS), {"beide": False})
    if interrupting:  # it can end what is stuck
        assert case.complete("a").open == []
    else:
        with pytest.raises(Incident) as incident:
            case.complete("a")
        assert incident.value.element == "j"
