"""A running case goes on with another version of its process, or is told why not."""

import orjson
import pytest

from app.engine.step import MessageArrived
from app.errors import CannotMigrate
from tests.unit.engine.event_builder import event_part, fork, part
from tests.unit.engine.loop_builder import each, loop
from tests.unit.engine.process_builder import (
    ENGINE,
    NOON,
    Played,
    boundary,
    bpmn,
    chain,
    end,
    flow,
    gateway,
    message,
    node,
    service,
    start,
    timer,
    user,
    wait,
)

POST = '<bpmn:message id="m1" name="post"/>'


class Moved(Played):
    """A case that goes on with another version."""

    def __init__(self, case, source, **mapping):
        self.deployment = ENGINE.deploy(source)
        self.now = case.now
        before = case.step.state
        self.step = ENGINE.migrate(case.deployment, self.deployment, before, self.now, mapping)
        assert case.step.state == before


def verdict(case, source, **mapping):
    new = ENGINE.deploy(source)
    found = ENGINE.forecast(case.deployment, new, case.step.state, mapping)
    if found.verdict != "safe":
        with pytest.raises(CannotMigrate):
            ENGINE.migrate(case.deployment, new, case.step.state, case.now, mapping)
    return found.verdict, [(reason.element, reason.code) for reason in found.reasons]


def with_deadline(days, *tasks):
    return bpmn(
        chain(user("a"), *tasks)
        + boundary("frist", "a", timer(f"P{days}D"))
        + user("gemahnt")
        + flow("frist", "gemahnt")
        + flow("gemahnt", "ende")
    )


def test_a_task_added_ahead_appears_and_the_running_deadline_stays():
    case = Played(with_deadline(14))
    due = case.step.due[0].due_at
    case.after(days=3)
    new = with_deadline(7, user("vier_augen"))
    assert verdict(case, new) == ("safe", [])

    moved = Moved(case, new)
    assert moved.step.due[0].due_at == due
    assert moved.complete("a").open == ["vier_augen"]

    assert Moved(case, new).after(days=12).open == ["gemahnt"]


def test_a_deadline_that_only_the_new_version_has_begins_with_the_move():
    case = Played(bpmn(chain(user("a"))))
    case.now = NOON.replace(day=28)
    moved = Moved(case, with_deadline(2))
    assert (moved.step.due[0].due_at - case.now).days == 2
    assert moved.after(days=3).open == ["gemahnt"]


def test_a_deadline_that_the_new_version_no_longer_has_ends():
    moved = Moved(Played(with_deadline(14)), bpmn(chain(user("a"), user("b"))))
    assert moved.step.due == ()
    assert moved.complete("a").open == ["b"]


def test_a_reminder_that_came_already_does_not_come_again():
    def reminding(*tasks):
        return bpmn(
            chain(user("a"), *tasks)
            + boundary("mahnen", "a", timer("P5D"), interrupting=False)
            + end("gemahnt")
            + flow("mahnen", "gemahnt")
        )

    case = Played(reminding()).after(days=6)
    moved = Moved(case, reminding(user("b")))
    assert (moved.open, moved.step.due) == (["a"], ())


def test_a_task_that_is_gone_needs_a_successor():
    case = Played(bpmn(chain(user("a"), user("b"))))
    new = bpmn(chain(user("neu"), user("b")))
    assert verdict(case, new) == ("needs_mapping", [("a", "missing")])
    found = ENGINE.forecast(case.deployment, ENGINE.deploy(new), case.step.state)
    assert found.reasons[0].choices == ("neu", "b")

    assert verdict(case, new, a="neu") == ("safe", [])
    assert Moved(case, new, a="neu").open == ["neu"]
    assert Moved(case, new, a="b").complete("b").step.completed
    assert verdict(case, new, a="weg") == ("needs_mapping", [("a", "missing")])


def test_a_service_that_is_gone_while_it_is_called_has_to_stay():
    case = Played(bpmn(chain(service("rufen"), user("a"))))
    assert verdict(case, bpmn(chain(user("a")))) == ("must_stay", [("rufen", "missing")])
    assert verdict(case, bpmn(chain(user("rufen"), user("a"))))[0] == "must_stay"


def test_a_called_service_gets_its_answer_after_the_move():
    case = Played(bpmn(chain(service("rufen", result="r"), user("a"))))
    [call] = case.step.calls
    moved = Moved(case, bpmn(chain(service("rufen", result="r"), user("neu"), user("a"))))
    assert moved.snapshot.calls == case.snapshot.calls
    assert moved.answer(call, 1).open == ["neu"]


def test_a_case_that_has_ended_stays():
    case = Played(bpmn(chain(user("a")))).complete("a")
    assert verdict(case, bpmn(chain(user("a"), user("b")))) == ("must_stay", [("p", "ended")])


def test_a_way_added_to_a_fork_already_passed_has_to_stay():
    case = Played(bpmn(fork([user("a")], [user("b")])))
    assert verdict(case, bpmn(fork([user("a")], [user("b")], [user("c")]))) == (
        "must_stay",
        [("treffen", "join")],
    )
    case.complete("a")
    assert verdict(case, bpmn(fork([user("a")], [user("b")], [user("c")])))[0] == "must_stay"


def test_a_task_added_at_the_end_of_a_branch_is_no_obstacle():
    case = Played(bpmn(fork([user("a")], [user("b")])))
    new = bpmn(fork([user("a"), user("nach_a")], [user("b"), user("nach_b")]))
    moved = Moved(case, new)
    moved.complete("a").complete("b").complete("nach_a")
    assert moved.open == ["nach_b"]
    assert moved.complete("nach_b").step.completed


def test_a_task_added_before_a_join_where_a_token_lies_already_has_to_stay():
    case = Played(bpmn(fork([user("a")], [user("b")]))).complete("a")
    new = bpmn(fork([user("a"), user("nach_a")], [user("b")]))
    assert verdict(case, new) == ("must_stay", [("treffen", "join")])


def test_a_fork_put_around_the_open_task_has_to_stay():
    case = Played(bpmn(chain(user("a"))))
    assert verdict(case, bpmn(fork([user("a")], [user("b")]))) == (
        "must_stay",
        [("treffen", "join")],
    )


def test_a_fork_that_lies_ahead_is_no_obstacle():
    case = Played(bpmn(chain(user("a"))))
    new = bpmn(
        fork([user("b")], [user("c")]).replace(flow("start", "teilen"), "")
        + user("a")
        + flow("start", "a")
        + flow("a", "teilen")
    )
    assert Moved(case, new).complete("a").open == ["b", "c"]


def test_a_task_added_inside_a_branch_is_no_obstacle():
    case = Played(bpmn(fork([user("a"), user("x")], [user("b"), user("y")])))
    case.complete("a")
    new = bpmn(fork([user("a"), user("x")], [user("b"), user("neu"), user("y")]))
    moved = Moved(case, new)
    assert moved.complete("b").open == ["neu", "x"]
    assert moved.complete("neu").complete("y").complete("x").step.completed


def test_a_case_inside_a_part_goes_on_inside_it():
    case = Played(bpmn(chain(part("teil", user("a")), user("danach"))))
    new = bpmn(chain(part("teil", user("a"), user("neu")), user("danach")))
    assert Moved(case, new).complete("a").complete("neu").open == ["danach"]
    gone = bpmn(chain(user("a"), user("danach")))
    assert verdict(case, gone) == ("must_stay", [("teil", "missing")])


def test_rounds_go_on_unless_their_rules_change():
    task = node("userTask", "fragen", each("stellen", "stelle", "antwort", "antworten"))
    case = Played(bpmn(chain(task)), {"stellen": [1, 2]})
    case.complete_id(case.step.open_tasks[0].id, antwort="x")
    moved = Moved(case, bpmn(chain(task, user("danach"))))
    moved.complete_id(moved.step.open_tasks[0].id, antwort="y")
    assert (moved.open, moved.data["antworten"]) == (["danach"], ["x", "y"])

    other = node("userTask", "fragen", each("stellen", "ort", "antwort", "antworten"))
    assert verdict(case, bpmn(chain(other)))[1] == [("fragen", "other_rounds")]
    assert verdict(case, bpmn(chain(node("userTask", "fragen", loop("True", "2")))))[0] == (
        "must_stay"
    )


def choice(*events):
    names = [event.split('id="', 1)[1].split('"', 1)[0] for event in events]
    flows = [flow("g", name) + flow(name, "ende") for name in names]
    return bpmn(
        start()
        + gateway("eventBased", "g")
        + end()
        + flow("start", "g")
        + "".join([*events, *flows]),
        POST,
    )


def test_an_event_gateway_keeps_its_times_and_gets_new_ones():
    case = Played(choice(wait("kurz", "P3D"), wait("lang", "P9D")))
    times = {timer.element: timer.due_at for timer in case.step.due}
    case.after(days=1)
    moved = Moved(case, choice(wait("neu", "P5D"), wait("lang", "P90D")))
    after = {timer.element: timer.due_at for timer in moved.step.due}
    assert after["lang"] == times["lang"]
    assert (after["neu"] - moved.now).days == 5
    assert set(after) == {"neu", "lang"}


def test_a_wait_of_another_kind_begins_anew():
    case = Played(bpmn(chain(wait("warten", "P9D")), POST))
    moved = Moved(case, bpmn(chain(node("intermediateCatchEvent", "warten", message("m1"))), POST))
    assert moved.step.due == ()
    assert moved.deliver(MessageArrived("post", None, {})).step.completed


def test_an_event_part_that_only_the_new_version_has_begins_to_wait():
    case = Played(bpmn(chain(user("a"))))
    new = bpmn(chain(user("a")) + event_part("rueck", message("m1"), user("b")), POST)
    moved = Moved(case, new)
    assert moved.deliver(MessageArrived("post", None, {})).open == ["b"]
    back = Moved(Played(new), bpmn(chain(user("a"))))
    assert back.step.subscriptions == ()
    assert back.complete("a").step.completed


def test_a_state_after_the_move_belongs_to_the_new_version_alone():
    case = Played(bpmn(chain(user("a"), user("weg"))))
    case.complete("a")
    new = bpmn(chain(user("b"), user("weg")))
    moved = Moved(case, new)
    saved = orjson.loads(moved.step.state)
    assert saved["p"] == moved.deployment.digest
    assert saved["done"] == ["start"]
    assert moved.position.active == {"weg"}


def test_rounds_survive_that_their_task_gets_its_first_boundary_event():
    task = node("userTask", "fragen", each("stellen", "stelle", "antwort", "antworten"))
    case = Played(bpmn(chain(task)), {"stellen": [1, 2, 3]})
    case.complete_id(case.step.open_tasks[1].id, antwort="x")
    new = (
        chain(task, user("danach"))
        + boundary("frist", "fragen", timer("P9D"))
        + end("zu_spaet")
        + flow("frist", "zu_spaet")
    )
    moved = Moved(case, bpmn(new))
    for task in moved.step.open_tasks:
        moved.complete_id(task.id, antwort="y")
    assert (moved.open, moved.data["antworten"]) == (["danach"], ["y", "x", "y"])
    assert moved.step.due == ()


def beside(host):
    return bpmn(
        chain(user("a"), user("b"))
        + boundary("frist", host, timer("P9D"))
        + user("gemahnt")
        + flow("frist", "gemahnt")
        + flow("gemahnt", "ende")
    )


def test_a_deadline_that_moves_to_another_task_ends_here_and_begins_there():
    moved = Moved(Played(beside("a")), beside("b"))
    assert moved.step.due == ()
    assert [timer.element for timer in moved.complete("a").step.due] == ["frist"]
    back = Moved(Played(beside("b")), beside("a"))
    assert [timer.element for timer in back.step.due] == ["frist"]


def test_the_id_of_a_boundary_event_may_become_something_else():
    for other in (wait("frist", "P1D"), user("frist"), gateway("exclusive", "frist")):
        moved = Moved(Played(beside("a")), bpmn(chain(user("a"), other, user("b"))))
        assert (moved.open, moved.step.due) == (["a"], ())


def test_nothing_new_waits_beside_an_event_part_that_has_ended_all_else():
    def model(more=""):
        part = event_part("ab", message("m1"), user("abwickeln"))
        return bpmn(chain(user("a")) + part + more, POST + '<bpmn:message id="m2" name="x"/>')

    case = Played(model()).deliver(MessageArrived("post", None, {}))
    assert case.open == ["abwickeln"]
    moved = Moved(case, model(event_part("neu", message("m2"), user("b"))))
    assert moved.step.subscriptions == ()


def test_a_wait_for_another_message_asks_for_its_values():
    def model(name, value):
        own = (
            "<spiffworkflow:processVariableCorrelation><spiffworkflow:propertyId>nr"
            f"</spiffworkflow:propertyId><spiffworkflow:expression>{value}"
            "</spiffworkflow:expression></spiffworkflow:processVariableCorrelation>"
        )
        extra = f'<bpmn:message id="m1" name="{name}"/>'
        return bpmn(chain(node("intermediateCatchEvent", "warten", message("m1", "", own))), extra)

    moved = Moved(Played(model("alt", "1")), model("neu", "2"))
    [subscription] = moved.step.subscriptions
    assert (subscription.message, subscription.correlation) == ("neu", {"nr": 2})
