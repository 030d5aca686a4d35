import pytest

from tests.unit.engine.process_builder import (
    bpmn,
    chain,
    end,
    faults,
    flow,
    gateway,
    start,
    user,
)

LINE = chain(user("a"))
FORK = (
    start()
    + gateway("exclusive", "g")
    + user("a")
    + user("b")
    + end()
    + flow("start", "g")
    + flow("g", "b", "x")
    + flow("a", "ende")
    + flow("b", "ende")
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (start() + user("a") + flow("start", "a"), ("a", "no_outgoing_flow")),
        (start() + user("a") + flow("start", "a"), ("p", "no_end")),
        (user("a") + end() + flow("a", "ende"), ("p", "one_start")),
        (LINE + start("s2") + flow("s2", "a"), ("p", "one_start")),
        (LINE + flow("a", "ende", id="f9"), ("a", "several_outgoing_flows")),
        (LINE + flow("a", "start", id="f9"), ("start", "incoming_flow")),
        (LINE + flow("ende", "a", id="f9"), ("ende", "outgoing_flow")),
        (LINE + flow("a", "weg"), ("f_a_weg", "dangling_flow")),
        (LINE + user("allein") + flow("allein", "ende"), ("allein", "unreachable")),
        (FORK + flow("g", "a"), ("f_g_a", "no_condition")),
        (FORK + flow("g", "a", " "), ("f_g_a", "no_condition")),
        (chain(gateway("exclusive", "g", default="weg")), ("g", "unknown_default")),
    ],
)
def test_a_way_that_leads_nowhere_is_refused(body, expected):
    assert expected in faults(bpmn(body))


def test_a_condition_the_engine_would_ignore_is_refused():
    body = start() + user("a") + end() + flow("start", "a") + flow("a", "ende", "False", id="f9")

    assert faults(bpmn(body)) == {("f9", "ignored_condition")}


def test_a_loop_that_nothing_ends_is_refused_wherever_it_lies():
    body = (
        start()
        + user("vorher")
        + gateway("parallel", "g")
        + user("a")
        + gateway("parallel", "h")
        + user("nachher")
        + end()
        + flow("start", "vorher")
        + flow("vorher", "g")
        + flow("g", "a")
        + flow("a", "h")
        + flow("h", "g", id="zurueck")
        + flow("h", "nachher")
        + flow("nachher", "ende")
    )

    found = faults(bpmn(body))
    assert found == {(key, "endless") for key in ("g", "a", "h")} | {("g", "deadlock")}
