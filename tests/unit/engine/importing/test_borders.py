from tests.unit.engine.importing.foreign import accepted, changes, event, task, todos
from tests.unit.engine.process_builder import Played, bpmn, chain, end, flow, gateway, node, start


def test_a_missing_start_and_missing_ends_are_added():
    found = accepted(bpmn(task("a") + task("b") + flow("a", "b")))

    case = Played(found.bpmn)
    assert case.open == ["a"]
    assert case.complete("a").complete("b").step.completed
    assert {code for _, code in changes(found)} == {"task_kind", "start_added", "end_added"}


def test_without_a_start_everything_begins_that_nothing_leads_to():
    assert Played(accepted(bpmn(task("a") + task("b"))).bpmn).open == ["a", "b"]


def test_several_starts_are_alternatives_between_which_the_author_decides():
    body = start("online") + start("papier") + task("a") + task("b") + end()
    body += flow("online", "a") + flow("papier", "b") + flow("a", "ende") + flow("b", "ende")

    assert todos(bpmn(body)) == {
        ("p_start_ways_to_online", "no_condition"),
        ("p_start_ways_to_papier", "no_condition"),
    }


def test_a_start_message_is_the_application_itself():
    body = chain(task("a")).replace(start(), event("startEvent", "start", "message"))
    found = accepted(bpmn(body))

    assert ("start", "trigger_removed") in changes(found)
    assert Played(found.bpmn).open == ["a"]


def test_a_case_cannot_begin_at_a_time():
    body = chain(task("a")).replace(start(), event("startEvent", "start", "timer"))

    assert ("start", "start_with_event") in todos(bpmn(body))


def test_a_subprocess_begins_when_it_is_reached():
    inner = event("startEvent", "s1", "conditional") + task("innen") + flow("s1", "innen")
    found = accepted(bpmn(chain(node("subProcess", "teil", inner))))

    assert Played(found.bpmn).open == ["innen"]


def test_a_start_that_a_flow_enters_gets_one_before_it():
    body = start() + task("a") + gateway("exclusive", "g", default="f_ende") + end()
    body += flow("start", "a") + flow("a", "g") + flow("g", "ende", id="f_ende")
    body += flow("g", "start", "antrag.x > 3")
    draft = accepted(bpmn(body)).bpmn

    assert Played(draft, {"antrag": {"x": 9}}).complete("a").open == ["a"]
    assert Played(draft, {"antrag": {"x": 1}}).complete("a").step.completed


def test_an_end_that_is_left_is_a_step_on_the_way():
    body = chain(task("a")) + task("b") + flow("ende", "b")
    case = Played(accepted(bpmn(body)).bpmn).complete("a")

    assert case.open == ["b"]


def test_what_follows_the_end_of_everything_is_asked_about():
    body = chain(task("a")).replace(end(), event("endEvent", "ende", "terminate"))

    assert ("ende", "outgoing_flow") in todos(bpmn(body + task("b") + flow("ende", "b")))


def test_a_closed_subprocess_becomes_one_task_of_its_name():
    body = chain(node("subProcess", "teil", name="Unterlagen prüfen"))
    found = accepted(bpmn(body))

    [open_task] = Played(found.bpmn).step.open_tasks
    assert open_task.name == "Unterlagen prüfen"
    assert ("teil", "subprocess_filled") in changes(found)


def test_an_event_subprocess_without_anything_is_asked_about():
    body = chain(task("a")) + node("subProcess", "teil", triggeredByEvent="true")

    assert ("teil", "one_start") in todos(bpmn(body))


def test_flows_at_an_event_subprocess_are_removed_and_asked_about():
    inner = event("startEvent", "s1", "signal") + end("e1") + flow("s1", "e1")
    body = chain(task("a")) + node("subProcess", "teil", inner, triggeredByEvent="true")

    found = todos(bpmn(body + flow("a", "teil")))

    assert found == {("teil", "event_part_connected"), ("s1", "no_signal")}


def test_an_error_at_a_persons_task_is_what_the_person_says_at_its_end():
    body = chain(task("a")) + task("b") + flow("fehler", "b") + flow("b", "ende")
    body += event("boundaryEvent", "fehler", "error", attachedToRef="a")

    assert todos(bpmn(body)) == {("a_result_to_fehler", "no_condition")}


def test_an_escalation_beside_a_persons_task_goes_on_beside_it():
    body = chain(task("a")) + task("b") + flow("melden", "b") + flow("b", "ende")
    body += event(
        "boundaryEvent", "melden", "escalation", attachedToRef="a", cancelActivity="false"
    )

    assert todos(bpmn(body)) == {("a_result_to_melden", "no_condition")}


def test_an_error_at_a_service_stays_where_it_is():
    operator = (
        "<bpmn:extensionElements><spiffworkflow:serviceTaskOperator id='letters/issue' "
        "resultVariable=''/></bpmn:extensionElements>"
    )
    body = chain(task("a", operator, kind="serviceTask"))
    body += event("boundaryEvent", "fehler", "error", attachedToRef="a", cancelActivity="false")
    found = accepted(bpmn(body))

    assert ("fehler", "made_interrupting") in changes(found)
    assert b'attachedToRef="a"' in found.bpmn
