"""Warten: services, messages and other events in the way, and event gateways."""

from tests.trust.flow_models.elements import (
    AKTE,
    BESIDE,
    CORRELATED,
    catch,
    condition,
    escalation,
    message,
    signal,
    throw,
)
from tests.trust.flow_models.scenario import done, later, raised, scenario, sent, ways
from tests.unit.engine.process_builder import (
    chain,
    end,
    gateway,
    node,
    service,
    start,
    user,
    wait,
)


def _case(name, drawn, *acts, **data):
    return scenario(name, drawn, *acts, beside=BESIDE, **data)


FIRST = (
    start()
    + gateway("eventBased", "zuerst")
    + wait("frist", "'P2D'")
    + catch("brief", message(variable="inhalt"))
    + user("a")
    + user("b")
    + end()
    + ways("start zuerst frist a ende", "zuerst brief b ende")
)
BOTH = (
    start()
    + gateway("parallel", "teilen")
    + gateway("parallel", "treffen")
    + catch("p1", message("m1", "eins"))
    + catch("p2", message("m2", "zwei"))
    + user("a")
    + end()
    + ways("start teilen p1 treffen a ende", "teilen p2 treffen")
)
WAITS = (
    _case(
        "service_in_the_way",
        chain(user("a"), service("s", result="antwort", x="1"), user("b")),
        done("a"),
        done("b"),
    ),
    _case(
        "timer_in_the_way",
        chain(wait("w", "'P2D'"), user("a")),
        later(days=1),
        later(days=2),
        done("a"),
    ),
    _case(
        "message_in_the_way",
        chain(catch("w", message(variable="brief")), user("a")),
        sent("anruf"),
        sent("post", {"n": 1}),
        done("a"),
    ),
    _case("messages_in_two_ways", BOTH, sent("anruf", {"n": 2}), sent("post", {"n": 1}), done("a")),
    _case(
        "receive_task",
        chain(node("receiveTask", "w", messageRef="m1"), user("a")),
        sent("post"),
        done("a"),
    ),
    _case("signal_in_the_way", chain(catch("w", signal()), user("a")), raised("alarm"), done("a")),
    _case(
        "signal_from_one_way_to_the_other",
        start()
        + gateway("parallel", "teilen")
        + user("a")
        + throw("ruf", signal())
        + catch("w", signal())
        + user("b")
        + end()
        + end("ende2")
        + ways("start teilen a ruf ende", "teilen w b ende2"),
        done("a"),
        done("b"),
    ),
    _case(
        "signal_at_an_end",
        start()
        + gateway("parallel", "teilen")
        + user("a")
        + end("ruf", signal())
        + catch("w", signal())
        + user("b")
        + end()
        + ways("start teilen a ruf", "teilen w b ende"),
        done("a"),
        done("b"),
    ),
    _case(
        "condition_in_the_way",
        start()
        + gateway("parallel", "teilen")
        + user("a")
        + user("b")
        + catch("w", condition("x > 1"))
        + user("c")
        + end()
        + end("ende2")
        + ways("start teilen a b ende", "teilen w c ende2"),
        done("a", x=1),
        done("b", x=2),
        done("c"),
        x=0,
    ),
    _case("first_is_the_message", FIRST, sent("post", {"n": 1}), done("b")),
    _case("first_is_the_timer", FIRST, later(days=3), done("a")),
    _case("message_out_of_the_way", chain(user("a"), throw("ruf", message())), done("a")),
    _case(
        "escalation_in_the_process_itself",
        chain(user("a"), throw("ruf", escalation()), user("b")),
        done("a"),
        done("b"),
    ),
    _case("task_by_hand", chain(node("manualTask", "a"), user("b")), done("a"), done("b")),
    scenario(
        "message_for_this_case_and_for_another",
        chain(catch("w", message("m1", "brief", CORRELATED)), user("a")),
        sent("post", {"az": 2}, akte=2),
        sent("post", {"az": 1}, akte=1),
        done("a"),
        beside=BESIDE + AKTE,
        nummer=1,
    ),
)
