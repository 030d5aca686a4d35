import pytest

from tests.unit.engine.event_builder import catch, error, escalation, part, throw
from tests.unit.engine.loop_builder import each, loop, times
from tests.unit.engine.process_builder import (
    ENGINE,
    boundary,
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
    user,
)

NO_CODES = '<bpmn:error id="e1" name="E"/><bpmn:escalation id="x1" name="X" escalationCode=""/>'
PAID = (
    '<bpmn:correlationProperty id="az"><bpmn:correlationPropertyRetrievalExpression '
    'messageRef="m1"><bpmn:messagePath>az</bpmn:messagePath>'
    "</bpmn:correlationPropertyRetrievalExpression></bpmn:correlationProperty>"
    '<bpmn:message id="m1" name="zahlung"/>'
)
OWN = (
    "<spiffworkflow:processVariableCorrelation><spiffworkflow:propertyId>az"
    "</spiffworkflow:propertyId><spiffworkflow:expression>az</spiffworkflow:expression>"
    "</spiffworkflow:processVariableCorrelation>"
)


def test_an_error_without_a_code_is_refused():
    caught = boundary("b", "t", error("e1")) + end("e2") + flow("b", "e2")
    body = chain(part("t", user("a"), last=error("e1"))) + caught
    assert faults(bpmn(body, NO_CODES)) == {("b", "no_code"), ("t_e", "no_code")}


def test_an_escalation_without_a_code_is_refused():
    assert faults(bpmn(chain(throw("x", escalation("x1"))), NO_CODES)) == {("x", "no_code")}


def test_a_message_that_is_told_apart_needs_to_know_its_case():
    assert faults(bpmn(chain(catch("c", message("m1"))), PAID)) == {("c", "no_correlation")}
    receive = node("receiveTask", "r", messageRef="m1")
    assert faults(bpmn(chain(receive), PAID)) == {("r", "no_correlation")}
    assert ENGINE.deploy(bpmn(chain(catch("c", message("m1", correlations=OWN))), PAID))


@pytest.mark.parametrize(
    "element",
    [
        script("a", "durchlauf = 1"),
        service("a", result="durchlauf"),
        catch("a", message("m1", "durchlauf")),
    ],
)
def test_the_name_of_the_counter_is_taken(element):
    source = bpmn(chain(element), '<bpmn:message id="m1" name="post"/>')
    assert faults(source) == {("a", "read_only")}


def test_a_signal_brings_nothing_under_the_name_of_the_counter():
    named = "<spiffworkflow:variableName>durchlauf</spiffworkflow:variableName>"
    signal = f'<bpmn:signal id="s1" name="S">{extensions(named)}</bpmn:signal>'
    assert faults(bpmn(chain(user("a")), signal)) == {("s1", "read_only")}


@pytest.mark.parametrize("tag", ["userTask", "transaction", "callActivity"])
def test_only_a_plain_subprocess_is_started_by_an_event(tag):
    element = node(tag, "a", triggeredByEvent="true")
    assert ("a", "unsupported_element") in faults(bpmn(chain(user("b")) + element))


@pytest.mark.parametrize("marker", [loop("x"), times("2")])
def test_only_activities_are_repeated(marker):
    body = chain(gateway("parallel", "g").replace("></", f">{marker}</"))
    assert faults(bpmn(body)) == {("g", "loop_not_here")}
    body = chain(throw("t", marker))
    assert faults(bpmn(body)) == {("t", "loop_not_here")}


def test_a_transaction_is_not_done_once_per_item():
    whole = part("t", user("a"), marker=times("2"), tag="transaction")
    assert faults(bpmn(chain(whole))) == {("t", "loop_not_here")}


@pytest.mark.parametrize(
    "element",
    [
        script("a", "x = 1"),
        service("a", result="x"),
        user("a", formJsonSchemaFilename="f.json"),
        part("u", script("a", "x = 1")),
    ],
)
def test_what_a_repeated_subprocess_brings_needs_a_place(element):
    assert faults(bpmn(chain(part("t", element, marker=each("liste"))))) == {("t", "lost_results")}
    kept = each("liste", result="x", results="alle")
    assert ENGINE.deploy(bpmn(chain(part("t", element, marker=kept))))


def test_a_repeated_subprocess_that_brings_nothing_needs_none():
    assert ENGINE.deploy(bpmn(chain(part("t", user("a"), service("d"), marker=each("liste")))))


def test_thousands_of_calls_are_refused_at_once():
    calls = "".join(f'<bpmn:callActivity calledElement="q{n}"/>' for n in range(9_000))
    called = "".join(f'<bpmn:process id="q{n}" isExecutable="false"/>' for n in range(9_000))
    assert ("p", "too_many_nodes") in faults(bpmn(calls, called))
