"""States that former releases saved go on as if nothing had happened.

``release_1`` was written by the first release, whose format also kept what might follow.
"""

from pathlib import Path

import orjson
import pytest

from app.engine.step import MessageArrived, ServiceFailure, ServiceResult
from tests.unit.engine.process_builder import ENGINE, NOON, Played

RELEASES = Path(__file__).parent / "former_states"


class Kept(Played):
    """A case that a former release has left."""

    def __init__(self, release, name):
        folder = RELEASES / release
        self.deployment = ENGINE.deploy((folder / "process.bpmn").read_bytes())
        self.now = NOON
        saved = (folder / f"{name}.json").read_bytes()
        assert orjson.loads(saved)["v"] < 2
        self.step = ENGINE.tick(self.deployment, saved, self.now)
        assert orjson.loads(self.step.state)["v"] == 2


@pytest.mark.parametrize("name", ["1_begonnen", "2_gemahnt"])
def test_the_first_task_keeps_its_deadline(name):
    case = Kept("release_1", name)
    reminders = case.data["mahnungen"]
    assert (case.open, len(case.step.due)) == (["pruefen"], 2 - reminders)
    case.after(days=15)
    assert case.open == ["abgelaufen"]
    assert case.data["mahnungen"] == 1


@pytest.mark.parametrize("name", ["3_geteilt", "4_im_teil"])
def test_branches_meet(name):
    case = Kept("release_1", name)
    [call] = case.snapshot.calls
    case.deliver(ServiceResult(call.task_id, "ok"))
    for task in ("innen", "innen2"):
        if case.open == [task]:
            assert case.step.subscriptions == ()
            case.complete(task)
    [subscription] = case.step.subscriptions
    assert subscription.correlation == {"az": "A-1"}
    assert case.data["antwort"] == "ok"


@pytest.mark.parametrize("name", ["3_geteilt", "4_im_teil"])
def test_a_failing_service_is_still_caught(name):
    case = Kept("release_1", name)
    [call] = case.snapshot.calls
    case.deliver(ServiceFailure(call.task_id, "aus"))
    assert "von_hand" in case.open


def test_a_token_that_lies_at_a_join_stays_there():
    case = Kept("release_1", "5_vor_dem_treffen")
    case.complete("innen2")
    assert [one.message for one in case.step.subscriptions] == ["Rückmeldung"]


def test_an_event_gateway_goes_on_waiting():
    case = Kept("release_1", "6_an_der_weiche")
    assert len(case.step.due) == 1
    case.deliver(MessageArrived("Rückmeldung", {"a": True, "b": False}, {"az": "A-1"}))
    assert case.open == ["eins"]
    assert Kept("release_1", "6_an_der_weiche").after(days=80).open == ["drei"]


@pytest.mark.parametrize(
    ("name", "left"), [("7_zwei_wege", ["eins", "zwei"]), ("8_ein_weg", ["eins"])]
)
def test_inclusive_ways_still_meet(name, left):
    case = Kept("release_1", name)
    assert case.open == left
    for task in left:
        assert "schluss" not in case.open
        case.complete(task)
    assert case.complete("schluss").step.completed


def test_an_ended_case_stays_ended():
    case = Kept("release_1", "9_beendet")
    assert case.step.completed
    assert "schluss" in case.position.done


def test_two_flows_from_one_node_still_meet_what_comes_on_the_third():
    case = Kept("release_1_drawn", "1_geteilt")
    assert len(case.complete("a").step.subscriptions) == 2


def test_the_waits_of_an_event_gateway_keep_their_places_whatever_the_drawing_says():
    case = Kept("release_1_drawn", "2_an_der_weiche")
    assert [timer.element for timer in case.step.due] == ["zeit"]
    assert case.deliver(MessageArrived("Zwei", None, {})).open == ["nach_unten"]
    later = Kept("release_1_drawn", "2_an_der_weiche")
    assert later.after(days=80).open == ["nach_zeit"]
