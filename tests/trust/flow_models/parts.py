"""Teilprozesse: process parts, those an event starts, transactions and calls."""

from tests.trust.flow_models.elements import (
    BESIDE,
    CANCEL,
    TERMINATE,
    error,
    escalation,
    event_part,
    inside,
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
    node,
    script,
    start,
    timer,
    user,
)


def _case(name, drawn, *acts, **data):
    return scenario(name, drawn, *acts, beside=BESIDE, **data)


BUY = part(
    "kauf",
    user("a"),
    user("c"),
    tag="transaction",
)
STORNO = node(
    "transaction",
    "kauf",
    start("k_s")
    + user("a")
    + gateway("exclusive", "wahl", default="gut")
    + end("k_e")
    + end("k_ab", CANCEL)
    + ways("k_s a wahl")
    + '<bpmn:sequenceFlow id="ab" sourceRef="wahl" targetRef="k_ab">'
    "<bpmn:conditionExpression>storno</bpmn:conditionExpression></bpmn:sequenceFlow>"
    '<bpmn:sequenceFlow id="gut" sourceRef="wahl" targetRef="k_e"/>',
)
CANCELLED = (
    chain(STORNO, user("b"))
    + boundary("r", "kauf", CANCEL)
    + user("bei_r")
    + end("e_r")
    + ways("r bei_r e_r")
)


def _with_event_part(trigger, *, interrupting):
    return chain(user("a"), user("b")) + event_part(
        "sonder", trigger, user("s"), interrupting=interrupting
    )


CALLED = (
    '<bpmn:process id="q" isExecutable="false">'
    + inside("q", user("a"), script("rechne", "y = x + 1"), throw("ruf", escalation()))
    + "</bpmn:process>"
)

PARTS = (
    _case(
        "event_part_is_never_needed",
        _with_event_part(message(), interrupting=True),
        done("a"),
        done("b"),
    ),
    _case(
        "event_part_by_message_stops_the_rest",
        _with_event_part(message(), interrupting=True),
        done("a"),
        sent("post"),
        done("s"),
    ),
    _case(
        "event_part_by_message_beside_the_rest",
        _with_event_part(message(), interrupting=False),
        sent("post"),
        done("a"),
        done("s"),
        done("b"),
    ),
    _case(
        "event_part_by_message_outlives_the_rest",
        _with_event_part(message(), interrupting=False),
        sent("post"),
        done("a"),
        done("b"),
        done("s"),
    ),
    _case(
        "event_part_by_timer_stops_the_rest",
        _with_event_part(timer("'P2D'"), interrupting=True),
        later(days=3),
        done("s"),
    ),
    _case(
        "event_part_by_signal_stops_the_rest",
        _with_event_part(signal(), interrupting=True),
        raised("alarm"),
        done("s"),
    ),
    _case(
        "event_part_by_error_stops_the_part_it_lies_in",
        chain(
            part("teil", user("a"), last=error()).replace(
                "</bpmn:subProcess>",
                event_part("sonder", error(), user("s")) + "</bpmn:subProcess>",
            ),
            user("b"),
        ),
        done("a"),
        done("s"),
        done("b"),
    ),
    _case(
        "event_part_by_escalation_beside_the_part_it_lies_in",
        chain(
            part("teil", user("a"), throw("ruf", escalation()), user("c")).replace(
                "</bpmn:subProcess>",
                event_part("sonder", escalation(), user("s"), interrupting=False)
                + "</bpmn:subProcess>",
            ),
            user("b"),
        ),
        done("a"),
        done("s"),
        done("c"),
        done("b"),
    ),
    _case("transaction_goes_through", chain(BUY, user("b")), done("a"), done("c"), done("b")),
    _case("transaction_is_cancelled", CANCELLED, done("a", storno=True), done("bei_r")),
    _case("transaction_is_not_cancelled", CANCELLED, done("a", storno=False), done("b")),
    _case(
        "part_with_a_part_in_it",
        chain(part("aussen", user("a"), part("innen", user("b")), user("c")), user("d")),
        *(done(name) for name in "abcd"),
    ),
    _case(
        "part_in_each_of_two_ways",
        start()
        + gateway("parallel", "teilen")
        + gateway("parallel", "treffen")
        + part("links", user("a"))
        + part("rechts", user("b"), user("c"))
        + user("d")
        + end()
        + ways("start teilen links treffen d ende", "teilen rechts treffen"),
        done("b"),
        done("a"),
        done("c"),
        done("d"),
    ),
    _case(
        "part_changes_the_data",
        chain(user("a"), part("teil", script("s", "y = x * 2")), user("b")),
        done("a", x=4),
        done("b"),
    ),
    scenario(
        "call_of_another_process",
        chain(node("callActivity", "anruf", calledElement="q"), user("b"))
        + boundary("r", "anruf", escalation(), interrupting=False)
        + user("bei_r")
        + end("e_r")
        + ways("r bei_r e_r"),
        done("a"),
        done("b"),
        done("bei_r"),
        beside=BESIDE + CALLED,
        x=1,
    ),
    _case(
        "terminate_in_a_part_with_two_ways",
        chain(
            node(
                "subProcess",
                "teil",
                start("t_s")
                + gateway("parallel", "teilen")
                + user("a")
                + user("b")
                + end("t_e")
                + end("t_ab", TERMINATE)
                + ways("t_s teilen a t_e", "teilen b t_ab"),
            ),
            user("c"),
        ),
        done("b"),
        done("c"),
    ),
)
