import pytest

from app.engine.step import MessageArrived, ServiceFailure, ServiceResult
from app.errors import Incident, Invalid, TaskDone
from tests.unit.engine.process_builder import (
    ENGINE,
    Played,
    boundary,
    bpmn,
    chain,
    end,
    flow,
    message,
    node,
    service,
    start,
    timer,
    user,
)

ERROR = '<bpmn:error id="er" name="er" errorCode="503"/>'
SIMPLE = bpmn(
    chain(service("brief", result="antwort", name="antrag.name", am="heute()"), user("b"))
)


def test_a_service_task_becomes_a_call_and_waits_for_its_result():
    case = Played(SIMPLE, {"antrag": {"name": "Erika"}})

    [call] = case.step.calls

    assert (call.element, call.name, call.operator) == ("brief", "Dienst brief", "letters/issue")
    assert call.parameters == {"name": "Erika", "am": "2026-11-23"}
    assert call.result_name == "antwort"
    assert (case.open, case.step.completed) == ([], False)
    assert case.position.active == {"brief"}
    assert case.snapshot.calls == (call,)

    case.deliver(ServiceResult(call.task_id, {"id": 7}))
    assert (case.open, case.step.calls, case.snapshot.calls) == (["b"], (), ())
    assert case.data["antwort"] == {"id": 7}
    assert case.path == ["brief"]


def test_a_result_arrives_once():
    case = Played(SIMPLE, {"antrag": {"name": "Erika"}})
    [call] = case.step.calls
    case.deliver(ServiceResult(call.task_id))

    with pytest.raises(TaskDone):
        case.deliver(ServiceResult(call.task_id))


def test_an_open_task_takes_no_service_result():
    case = Played(bpmn(chain(user("a"))))

    with pytest.raises(TaskDone):
        case.deliver(ServiceResult(case.task_id("a")))


def test_a_result_without_a_name_changes_no_data():
    case = Played(bpmn(chain(service("brief"), user("b"))), {"x": 1})

    case.deliver(ServiceResult(case.step.calls[0].task_id, {"id": 7}))

    assert case.data == {"x": 1}


def test_a_result_that_is_no_json_is_refused():
    case = Played(bpmn(chain(service("brief", result="r"), user("b"))))

    with pytest.raises(Invalid):
        case.deliver(ServiceResult(case.step.calls[0].task_id, {"wann": case.now}))


def guarded(*codes):
    """A service with one error boundary per code; each leads to a task of its name."""
    events = "".join(
        boundary(f"b_{code}", "brief", f'<bpmn:errorEventDefinition errorRef="er_{code}"/>')
        + user(f"nach_{code}")
        + end(f"e_{code}")
        + flow(f"b_{code}", f"nach_{code}")
        + flow(f"nach_{code}", f"e_{code}")
        for code in codes
    )
    errors = "".join(f'<bpmn:error id="er_{code}" errorCode="{code}"/>' for code in codes)
    return bpmn(chain(service("brief"), user("b")) + events, extra=errors)


def test_a_failure_goes_on_at_the_error_boundary_with_its_code():
    case = Played(guarded("400", "503"))

    case.deliver(ServiceFailure(case.step.calls[0].task_id, "503"))

    assert case.open == ["nach_503"]
    assert case.path == ["b_503"]
    assert case.complete("nach_503").step.completed


def test_a_failure_that_nothing_catches_is_an_incident_and_may_still_succeed():
    case = Played(guarded("400"))
    [call] = case.step.calls

    with pytest.raises(Incident) as incident:
        case.deliver(ServiceFailure(call.task_id, "503"))
    assert incident.value.element == "brief"

    assert case.deliver(ServiceResult(call.task_id)).open == ["b"]


def test_an_event_without_a_code_catches_any_failure():
    source = bpmn(
        chain(service("brief"), user("b"))
        + boundary("alle", "brief", "<bpmn:errorEventDefinition/>")
        + user("c")
        + end("e2")
        + flow("alle", "c")
        + flow("c", "e2")
    )
    case = Played(source)

    assert case.deliver(ServiceFailure(case.step.calls[0].task_id, "x")).open == ["c"]


def test_a_subprocess_catches_the_failure_of_a_service_inside():
    inner = start("s1") + service("brief") + end("e1") + flow("s1", "brief") + flow("brief", "e1")
    source = bpmn(
        chain(node("subProcess", "teil", inner), user("b"))
        + boundary("fehler", "teil", '<bpmn:errorEventDefinition errorRef="er"/>')
        + user("c")
        + end("e2")
        + flow("fehler", "c")
        + flow("c", "e2"),
        extra=ERROR,
    )
    case = Played(source)
    [call] = case.step.calls

    case.deliver(ServiceFailure(call.task_id, "503"))

    assert (case.open, case.snapshot.calls) == (["c"], ())
    assert case.complete("c").step.completed


def test_a_service_that_takes_too_long_is_given_up():
    source = bpmn(
        chain(service("brief"), user("b"))
        + boundary("frist", "brief", timer("P1D"))
        + user("c")
        + end("e2")
        + flow("frist", "c")
        + flow("c", "e2")
    )
    case = Played(source)
    [call] = case.step.calls

    assert case.after(days=1).open == ["c"]
    with pytest.raises(TaskDone):
        case.deliver(ServiceResult(call.task_id))


def test_a_failing_parameter_is_an_incident():
    with pytest.raises(Incident) as incident:
        Played(SIMPLE, {"antrag": {}})

    assert (incident.value.element, "„name“" in incident.value.cause) == ("brief", True)


CORRELATION = (
    "<spiffworkflow:processVariableCorrelation>"
    "<spiffworkflow:propertyId>az</spiffworkflow:propertyId>"
    "<spiffworkflow:expression>vorgang.aktenzeichen</spiffworkflow:expression>"
    "</spiffworkflow:processVariableCorrelation>"
)
PAID = bpmn(
    chain(
        node("intermediateCatchEvent", "zahlung", message("m1", "zahlung", CORRELATION)), user("b")
    ),
    extra='<bpmn:correlationProperty id="az"><bpmn:correlationPropertyRetrievalExpression '
    'messageRef="m1"><bpmn:messagePath>aktenzeichen</bpmn:messagePath>'
    "</bpmn:correlationPropertyRetrievalExpression></bpmn:correlationProperty>"
    '<bpmn:message id="m1" name="zahlung_eingegangen"/>',
)


def paid(**payload):
    return MessageArrived("zahlung_eingegangen", {"aktenzeichen": "A-1", **payload}, {})


def test_a_message_with_the_right_correlation_is_taken():
    case = Played(PAID, {"vorgang": {"aktenzeichen": "A-1"}})
    [wait] = case.step.subscriptions
    assert (wait.message, wait.correlation) == ("zahlung_eingegangen", {"az": "A-1"})

    case.deliver(paid(betrag=180))

    assert (case.open, case.step.subscriptions) == (["b"], ())
    assert case.data["zahlung"] == {"aktenzeichen": "A-1", "betrag": 180}
    assert case.step.log[0].kind == "message"


@pytest.mark.parametrize(
    "event",
    [
        paid(aktenzeichen="B-2"),
        MessageArrived("andere", {"aktenzeichen": "A-1"}, {}),
        MessageArrived("zahlung_eingegangen", {"aktenzeichen": "B-2"}, {"az": "A-1"}),
    ],
)
def test_a_message_for_another_case_is_refused(event):
    case = Played(PAID, {"vorgang": {"aktenzeichen": "A-1"}})

    with pytest.raises(TaskDone):
        case.deliver(event)
    assert case.snapshot.subscriptions == case.step.subscriptions


def test_a_message_without_what_it_must_carry_is_refused():
    case = Played(PAID, {"vorgang": {"aktenzeichen": "A-1"}})

    with pytest.raises(TaskDone):
        case.deliver(MessageArrived("zahlung_eingegangen", {}, {}))


def test_two_branches_each_take_one_message():
    source = bpmn(
        start()
        + '<bpmn:parallelGateway id="teilen"/>'
        + node("intermediateCatchEvent", "m_a", message("m1", "a"))
        + node("intermediateCatchEvent", "m_b", message("m1", "b"))
        + end()
        + flow("start", "teilen")
        + flow("teilen", "m_a")
        + flow("teilen", "m_b")
        + flow("m_a", "ende")
        + flow("m_b", "ende"),
        extra='<bpmn:message id="m1" name="post"/>',
    )
    case = Played(source)
    case.deliver(MessageArrived("post", 1, {}))
    assert (case.data, case.step.completed) == ({"a": 1}, False)

    case.deliver(MessageArrived("post", 2, {}))
    assert (case.data, case.step.completed) == ({"a": 1, "b": 2}, True)


def test_a_message_at_the_boundary_withdraws_a_task():
    source = bpmn(
        chain(user("a"))
        + boundary("ruecknahme", "a", message("m1"))
        + user("c")
        + end("e2")
        + flow("ruecknahme", "c")
        + flow("c", "e2"),
        extra='<bpmn:message id="m1" name="zurueck"/>',
    )
    case = Played(source)
    assert len(case.step.subscriptions) == 1

    assert case.deliver(MessageArrived("zurueck", None, {})).open == ["c"]


def test_the_engine_calls_nothing_by_itself():
    """A second look at the same state gives the same pending call, not another one."""
    case = Played(SIMPLE, {"antrag": {"name": "Erika"}})

    again = ENGINE.tick(case.deployment, case.step.state, case.now)

    assert again.calls == ()
    assert case.snapshot.calls == case.step.calls


def test_a_task_whose_parameters_take_too_long_together_is_an_incident():
    heavy = "len([1 for x in [1] * 120 for y in [1] * 120])"
    call = service("rufen", **{f"p{number}": heavy for number in range(2_000)})
    case = Played(bpmn(chain(user("a"), call)))
    with pytest.raises(Incident) as incident:
        case.complete("a")
    assert incident.value.element == "rufen"
