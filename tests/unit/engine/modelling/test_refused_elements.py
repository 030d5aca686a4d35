import pytest

from tests.unit.engine.process_builder import (
    bpmn,
    chain,
    end,
    extensions,
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
)

LOOP = "<bpmn:multiInstanceLoopCharacteristics/>"
PRE_SCRIPT = extensions("<spiffworkflow:preScript>x = 1</spiffworkflow:preScript>")
VARIABLE = extensions("<spiffworkflow:variableName>x</spiffworkflow:variableName>")
SCRIPT = "<bpmn:script>x = 1</bpmn:script>"


@pytest.mark.parametrize(
    ("element", "code"),
    [
        (node("task", "a"), "unsupported_element"),
        (node("sendTask", "a"), "no_message"),
        (node("transaction", "a"), "one_start"),
        (node("adHocSubProcess", "a"), "unsupported_element"),
        (node("callActivity", "a", calledElement="p"), "calls_itself"),
        (node("callActivity", "a", calledElement="weg"), "no_called_process"),
        (node("callActivity", "a"), "no_called_process"),
        (node("complexGateway", "a"), "unsupported_element"),
        (node("userTask", "a", isForCompensation="true"), "unsupported_element"),
        (node("userTask", "a", LOOP), "no_collection"),
        (node("userTask", "a", VARIABLE), "variable_name"),
        (node("subProcess", "a", user("b")), "one_start"),
        (node("serviceTask", "a"), "no_operator"),
        (node("businessRuleTask", "a"), "no_decision"),
        (node("scriptTask", "a", SCRIPT, scriptFormat="javascript"), "script_format"),
        (node("scriptTask", "a", PRE_SCRIPT + SCRIPT), "ignored_script"),
        (user("a", deadline="bald"), "bad_deadline"),
    ],
)
def test_an_element_that_cannot_run_is_refused(element, code):
    assert ("a", code) in faults(bpmn(chain(element)))


@pytest.mark.parametrize("name", ["Start", "End", "a.EndJoin", "a.BoundaryEventSplit"])
def test_an_id_the_library_uses_itself_is_refused(name):
    assert (name, "reserved_id") in faults(bpmn(chain(user(name))))


def event_part(begin, more="", **attributes):
    inner = node("startEvent", "s1", begin, **attributes) + end("e1") + flow("s1", "e1")
    part = node("subProcess", "ereignis", inner, triggeredByEvent="true")
    return bpmn(chain(user("a")) + part + more, '<bpmn:message id="m1" name="post"/>')


def test_an_event_subprocess_that_cannot_start_is_refused():
    assert ("s1", "no_start_event") in faults(event_part(""))
    assert ("s1", "no_message") in faults(event_part(message("weg")))
    assert ("s1", "one_event") in faults(event_part(message("m1") + timer("P1D")))
    error = "<bpmn:errorEventDefinition/>"
    assert ("s1", "not_interrupting") in faults(event_part(error, isInterrupting="false"))
    compensation = "<bpmn:compensateEventDefinition/>"
    assert ("s1", "unsupported_event") in faults(event_part(compensation))


def test_an_event_subprocess_has_no_flows():
    connected = event_part(message("m1"), flow("a", "ereignis"))
    assert ("ereignis", "event_part_connected") in faults(connected)


def test_processes_that_call_each_other_in_a_circle_are_refused():
    other = chain(node("callActivity", "b", calledElement="p"))
    for name in ("start", "ende"):
        other = other.replace(f'"{name}"', f'"{name}2"')
    other = other.replace("f_", "f2_")
    source = bpmn(
        chain(node("callActivity", "a", calledElement="q")),
        f'<bpmn:process id="q" isExecutable="false">{other}</bpmn:process>',
    )
    assert {("a", "calls_itself"), ("b", "calls_itself")} <= faults(source)


@pytest.mark.parametrize(
    ("element", "code"),
    [
        (script("a", "import os"), "expression"),
        (node("scriptTask", "a"), "expression"),
        (service("a", name="antrag.__class__"), "expression"),
        (service("a", name=""), "expression"),
        (script("a", "antrag.x = 1"), "read_only"),
        (script("a", "vorgang = {}"), "read_only"),
        (service("a", result="vorgang"), "read_only"),
    ],
)
def test_a_text_that_could_fail_or_harm_is_refused(element, code):
    assert faults(bpmn(chain(element))) == {("a", code)}


def test_a_bad_condition_is_told_by_its_flow():
    source = bpmn(
        start()
        + gateway("exclusive", "g", default="f1")
        + user("a")
        + end()
        + flow("start", "g")
        + flow("g", "a", "open('x')", id="f2")
        + flow("g", "ende", id="f1")
        + flow("a", "ende")
    )

    assert faults(source) == {("f2", "expression")}


def test_a_process_too_large_is_refused():
    many = [user(f"u{number}") for number in range(260)]

    assert faults(bpmn(chain(*many))) == {("p", "too_many_nodes")}


def test_subprocesses_too_deep_are_refused():
    inner = start("s9") + end("e9") + flow("s9", "e9")
    for depth in range(8, -1, -1):
        inner = (
            start(f"s{depth}")
            + node("subProcess", f"teil{depth}", inner)
            + end(f"e{depth}")
            + flow(f"s{depth}", f"teil{depth}")
            + flow(f"teil{depth}", f"e{depth}")
        )

    assert faults(bpmn(inner)) == {("teil8", "too_deep")}
