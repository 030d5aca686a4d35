import pytest

from tests.unit.engine.process_builder import (
    boundary,
    bpmn,
    chain,
    end,
    faults,
    flow,
    gateway,
    message,
    node,
    script,
    service,
    start,
    timer,
    user,
    wait,
)

CONDITION = (
    "<bpmn:conditionalEventDefinition><bpmn:condition>x</bpmn:condition>"
    "</bpmn:conditionalEventDefinition>"
)
SIGNAL = "<bpmn:signalEventDefinition/>"
ERROR = "<bpmn:errorEventDefinition/>"
ESCALATION = "<bpmn:escalationEventDefinition/>"
COMPENSATION = "<bpmn:compensateEventDefinition/>"
CANCEL = "<bpmn:cancelEventDefinition/>"
NO_CONDITION = "<bpmn:conditionalEventDefinition/>"
LINK = '<bpmn:linkEventDefinition name="x"/>'
MESSAGE = '<bpmn:message id="m1" name="post"/>'


@pytest.mark.parametrize(
    ("definition", "code"),
    [
        (LINK, "unsupported_event"),
        (COMPENSATION, "unsupported_event"),
        (ERROR, "unsupported_event"),
        (SIGNAL, "no_signal"),
        (message("weg"), "no_message"),
        ('<bpmn:escalationEventDefinition escalationRef="weg"/>', "no_escalation"),
    ],
)
def test_an_event_that_would_throw_nothing_is_refused(definition, code):
    source = bpmn(chain(node("intermediateThrowEvent", "x", definition)), MESSAGE)

    assert faults(source) == {("x", code)}


@pytest.mark.parametrize(
    ("definition", "code"),
    [
        (LINK, "unsupported_event"),
        (ERROR, "unsupported_event"),
        (SIGNAL, "no_signal"),
        (NO_CONDITION, "no_event_condition"),
    ],
)
def test_an_event_that_nothing_would_wake_is_refused(definition, code):
    source = bpmn(chain(node("intermediateCatchEvent", "x", definition)))

    assert faults(source) == {("x", code)}


@pytest.mark.parametrize(
    ("definition", "code"),
    [
        (LINK, "unsupported_event"),
        (COMPENSATION, "unsupported_event"),
        (SIGNAL, "no_signal"),
        (message("weg"), "no_message"),
        (CANCEL, "no_transaction"),
        ('<bpmn:errorEventDefinition errorRef="weg"/>', "no_error"),
    ],
)
def test_an_end_that_would_tell_nobody_is_refused(definition, code):
    body = start() + user("a") + end("x", definition) + flow("start", "a") + flow("a", "x")

    assert faults(bpmn(body, MESSAGE)) == {("x", code)}


@pytest.mark.parametrize("definition", [timer("P1D"), message("m1"), CONDITION, ERROR])
def test_a_start_that_nobody_would_trigger_is_refused(definition):
    body = node("startEvent", "x", definition) + end() + flow("x", "ende")

    assert faults(bpmn(body, MESSAGE)) == {("x", "start_with_event")}


@pytest.mark.parametrize(
    ("host", "event", "code"),
    [
        (user("a"), boundary("x", "a", COMPENSATION), "unsupported_event"),
        (user("a"), boundary("x", "a", SIGNAL), "no_signal"),
        (user("a"), boundary("x", "a", CANCEL), "no_transaction"),
        (user("a"), boundary("x", "a", ESCALATION), "unsupported_event"),
        (user("a"), boundary("x", "a", timer("R/P1D", "timeCycle")), "unsupported_timer"),
        (user("a"), boundary("x", "a", timer("R/P1", "timeCycle"), False), "bad_cycle"),
        (user("a"), boundary("x", "a", timer("R9/PT0S", "timeCycle"), False), "bad_cycle"),
        (user("a"), boundary("x", "a", timer("R0/P1D", "timeCycle"), False), "bad_cycle"),
        (user("a"), boundary("x", "a", timer(f"R{'9' * 9}/P1D", "timeCycle"), False), "bad_cycle"),
        (user("a"), boundary("x", "a", timer("R/P1D"), False), "unsupported_timer"),
        (user("a"), boundary("x", "a", ERROR), "unsupported_event"),
        (user("a"), boundary("x", "a", ""), "one_event"),
        (user("a"), boundary("x", "a", timer("P1D") + message("m1")), "one_event"),
        (user("a"), boundary("x", "weg", timer("P1D")), "not_attached"),
        (script("a", "y = 1"), boundary("x", "a", timer("P1D")), "useless_boundary"),
        (service("a"), boundary("x", "a", ERROR, interrupting=False), "not_interrupting"),
        (
            service("a"),
            boundary("x", "a", '<bpmn:errorEventDefinition errorRef="weg"/>'),
            "no_error",
        ),
    ],
)
def test_a_boundary_event_without_effect_is_refused(host, event, code):
    source = bpmn(chain(host) + event + flow("x", "ende"), MESSAGE)

    assert ("x", code) in faults(source)


@pytest.mark.parametrize(
    ("element", "code"),
    [
        (node("intermediateCatchEvent", "x"), "one_event"),
        (wait("x", ""), "no_time"),
        (wait("x", "R3/P1D", "timeCycle"), "unsupported_timer"),
        (wait("x", "morgen +"), "expression"),
        (node("receiveTask", "x", messageRef="weg"), "no_message"),
        (node("receiveTask", "x"), "no_message"),
        (node("intermediateCatchEvent", "x", message("weg")), "no_message"),
    ],
)
def test_a_wait_for_nothing_is_refused(element, code):
    assert faults(bpmn(chain(element))) == {("x", code)}


def choice(*events):
    """An event gateway before these events."""
    names = [event.split('id="', 1)[1].split('"', 1)[0] for event in events]
    flows = [flow("g", name) + flow(name, "ende") for name in names]
    body = start() + gateway("eventBased", "g") + end() + flow("start", "g")
    return body + "".join([*events, *flows])


def test_only_events_may_follow_an_event_gateway():
    assert faults(bpmn(choice(wait("t1", "P1D"), user("a")))) == {("a", "not_an_event")}


def test_an_event_behind_a_gateway_has_no_other_way_in():
    body = choice(wait("t1", "P1D"), node("receiveTask", "r", messageRef="m1"))
    body = body.replace(flow("r", "ende"), flow("r", "t1"))

    assert faults(bpmn(body, MESSAGE)) == {("t1", "several_incoming_flows")}


def test_a_variable_at_the_message_itself_is_refused():
    extra = MESSAGE.replace(
        "/>",
        "><bpmn:extensionElements><spiffworkflow:messageVariable>v</spiffworkflow:messageVariable>"
        "</bpmn:extensionElements></bpmn:message>",
    )

    assert faults(bpmn(chain(user("a")), extra)) == {("m1", "message_variable")}
