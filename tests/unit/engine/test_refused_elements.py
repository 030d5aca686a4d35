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
        (node("sendTask", "a"), "unsupported_element"),
        (node("transaction", "a"), "unsupported_element"),
        (node("adHocSubProcess", "a"), "unsupported_element"),
        (node("callActivity", "a", calledElement="p"), "unsupported_element"),
        (node("complexGateway", "a"), "unsupported_element"),
        (node("userTask", "a", isForCompensation="true"), "unsupported_element"),
        (node("userTask", "a", LOOP), "unsupported_loop"),
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


def test_an_event_subprocess_is_refused():
    inner = node("startEvent", "s1", message("m1")) + end("e1") + flow("s1", "e1")
    source = bpmn(
        chain(user("a")) + node("subProcess", "ereignis", inner, triggeredByEvent="true"),
        extra='<bpmn:message id="m1" name="post"/>',
    )

    assert ("ereignis", "unsupported_element") in faults(source)


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
