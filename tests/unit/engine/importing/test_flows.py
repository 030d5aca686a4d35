import pytest

from app.engine.importing.importer import import_model
from tests.unit.engine.importing.foreign import accepted, changes, event, second, task, todos
from tests.unit.engine.process_builder import (
    Played,
    bpmn,
    chain,
    end,
    flow,
    gateway,
    node,
    start,
    user,
)


def test_a_plain_task_is_done_by_a_person():
    found = accepted(bpmn(chain(task("a"))))

    assert Played(found.bpmn).open == ["a"]
    assert changes(found) == {("a", "task_kind")}


def test_what_is_ours_already_is_not_touched():
    assert accepted(bpmn(chain(user("a")))).changes == ()


def test_an_activity_with_several_flows_begins_all_of_them():
    body = start() + task("a") + task("b") + task("c") + end()
    body += flow("start", "a") + flow("a", "b") + flow("a", "c")
    body += flow("b", "ende") + flow("c", "ende")

    case = Played(accepted(bpmn(body)).bpmn).complete("a")

    assert case.open == ["b", "c"]


@pytest.mark.parametrize(("x", "expected"), [(1, ["b"]), (5, ["c"]), (9, ["c", "e"])])
def test_conditions_behind_a_task_hold_where_they_were_drawn(x, expected):
    body = start() + task("a", default="f_b") + "".join(task(key) for key in "bce") + end()
    body += flow("start", "a") + flow("a", "b", id="f_b") + flow("a", "c", "antrag.x > 3")
    body += flow("a", "e", "antrag.x > 7")
    body += "".join(flow(key, "ende") for key in "bce")
    found = accepted(bpmn(body))

    case = Played(found.bpmn, {"antrag": {"x": x}}).complete("a")

    assert case.open == expected
    assert ("a", "split_added") in changes(found)


def test_flows_without_condition_beside_conditional_ones_are_always_taken():
    body = start() + task("a") + task("b") + task("c") + end() + flow("start", "a")
    body += flow("a", "b") + flow("a", "c", "antrag.x > 3") + flow("b", "ende") + flow("c", "ende")
    draft = accepted(bpmn(body)).bpmn

    assert Played(draft, {"antrag": {"x": 1}}).complete("a").open == ["b"]
    assert Played(draft, {"antrag": {"x": 4}}).complete("a").open == ["b", "c"]


def test_flows_that_lead_nowhere_are_removed():
    body = chain(task("a")) + flow("a", "weg") + '<bpmn:sequenceFlow id="leer"/>'
    found = accepted(bpmn(body))

    assert b"leer" not in found.bpmn
    assert {code for _, code in changes(found)} == {"task_kind", "flow_removed"}


def test_a_flow_listed_in_another_scope_is_moved_to_its_ends():
    inner = start("s1") + task("innen") + end("e1") + flow("s1", "innen")
    body = chain(node("subProcess", "teil", inner)) + flow("innen", "e1")

    assert Played(accepted(bpmn(body)).bpmn).complete("innen").step.completed


def test_a_flow_over_the_border_of_a_subprocess_is_moved_to_the_border_and_asked_about():
    inner = start("s1") + task("innen") + end("e1") + flow("s1", "innen") + flow("innen", "e1")
    body = start() + node("subProcess", "teil", inner) + task("danach") + end()
    body += flow("start", "teil") + flow("innen", "danach", id="quer") + flow("danach", "ende")

    assert todos(bpmn(body)) == {("quer", "crossing_flow")}
    assert b'id="quer" sourceRef="teil"' in import_model(bpmn(body)).bpmn


def test_a_flow_between_two_pools_is_removed_and_asked_about():
    body = chain(task("a")) + flow("a", "a2", id="quer")

    assert todos(bpmn(body, second(task("a2")))) == {("a2", "crossing_flow")}


def test_links_become_flows():
    body = start() + task("a") + event("intermediateThrowEvent", "hin", "link", name="Seite 2")
    body += event("intermediateCatchEvent", "her", "link", name="seite 2 ") + task("b") + end()
    body += flow("start", "a") + flow("a", "hin") + flow("her", "b") + flow("b", "ende")
    found = accepted(bpmn(body))

    assert Played(found.bpmn).complete("a").open == ["b"]
    assert {("hin", "link_joined"), ("her", "link_joined")} <= changes(found)


def test_a_link_without_its_other_end_is_asked_about():
    body = start() + event("intermediateThrowEvent", "hin", "link") + flow("start", "hin")

    assert todos(bpmn(body)) == {("hin", "no_link")}


def test_conditions_that_bpmn_ignores_are_removed():
    body = start() + gateway("parallel", "g") + task("a") + task("b") + end() + flow("start", "g")
    body += flow("g", "a", "egal") + flow("g", "b") + flow("a", "ende") + flow("b", "ende")
    found = accepted(bpmn(body))

    assert Played(found.bpmn).open == ["a", "b"]
    assert ("f_g_a", "condition_removed") in changes(found)


def test_a_standard_way_of_another_element_is_forgotten():
    found = accepted(bpmn(chain(gateway("exclusive", "g", default="weg"))))

    assert changes(found) == {("g", "default_removed")}


def test_every_node_lists_the_flows_that_really_touch_it():
    stale = "<bpmn:incoming>weg</bpmn:incoming><bpmn:outgoing>weg</bpmn:outgoing>"
    draft = accepted(bpmn(chain(task("a", stale)))).bpmn.decode()

    assert "weg" not in draft
    assert "<bpmn:incoming>f_start_a</bpmn:incoming><bpmn:outgoing>f_a_ende" in draft


def test_a_boundary_event_belongs_to_the_scope_of_its_task():
    inner = start("s1") + task("innen") + end("e1") + flow("s1", "innen") + flow("innen", "e1")
    timer = "<bpmn:timeDuration>P1D</bpmn:timeDuration>"
    misplaced = event("boundaryEvent", "frist", "timer", timer, attachedToRef="innen")
    found = accepted(bpmn(chain(node("subProcess", "teil", inner)) + misplaced))

    assert ("frist", "boundary_moved") in changes(found)
    assert Played(found.bpmn).after(days=2).step.completed
