"""Fehler und Sackgassen: after what the library leaves a case standing."""

import pytest
from SpiffWorkflow.exceptions import WorkflowException

from app.engine.step import ServiceFailure, ServiceResult
from app.errors import Incident
from tests.support.hazard_waits import with_script_while_waiting, with_service
from tests.support.hazards import (
    choice_by_answer,
    complete_first,
    drawn,
    one_way_into_a_join,
    two_pairs,
)
from tests.support.stock import StockCase, StockServices
from tests.unit.engine.process_builder import Played, bpmn, chain, faults, node


class Unreachable(StockServices):
    """Answers nobody."""

    def call_service(self, context, **asked):  # noqa: ARG002 - the library's signature
        raise ConnectionError("no route")


def test_after_a_failed_condition_the_task_is_still_there():
    """15. Failures: with the library the task is gone, and nothing helps any more."""
    stock = StockCase(choice_by_answer())
    with pytest.raises(WorkflowException):
        stock.complete("antworten", antwort="vielleicht")
    assert (stock.run().open, stock.completed) == ([], False)
    assert stock.states("wie") == ["ERROR"]

    ours = Played(choice_by_answer())
    with pytest.raises(Incident) as incident:
        ours.complete("antworten", antwort="vielleicht")
    assert incident.value.element == "wie"
    assert ours.complete("antworten", antwort="ja").step.completed


def test_a_failed_service_says_so_and_may_be_tried_again():
    """15. Services: the library hides the cause behind a slip of its own, and gives the case up."""
    stock = StockCase(with_service(), services=Unreachable(), begin=False)
    with pytest.raises(NameError, match="script"):
        stock.run()
    assert stock.states("abfragen") == ["ERROR"]
    assert (stock.run().open, stock.completed) == ([], False)

    ours = Played(with_service())
    [call] = ours.step.calls
    with pytest.raises(Incident) as incident:
        ours.deliver(ServiceFailure(call.task_id, "503"))
    assert incident.value.element == "abfragen"
    ours.deliver(ServiceResult(call.task_id, {"treffer": 1}))
    assert (ours.open, ours.data["auskunft"]) == (["danach"], {"treffer": 1})


def test_a_failed_service_goes_on_where_the_model_says():
    """15. Error events: the library never reaches the one at the service that failed."""
    stock = StockCase(with_service(caught=True), services=Unreachable(), begin=False)
    with pytest.raises(NameError):
        stock.run()
    assert stock.run().open == []

    ours = Played(with_service(caught=True))
    ours.deliver(ServiceFailure(ours.step.calls[0].task_id, "503"))
    assert ours.open == ["von_hand"]
    assert ours.complete("von_hand").step.completed


@pytest.mark.parametrize("order", ["acbd", "abcd"])
def test_every_token_finds_its_pair(order):
    """16. Joins: of two pairs the library makes one and forgets what is left."""
    stock, ours = StockCase(two_pairs()), Played(two_pairs())
    for task in order:
        stock.complete(task)
        ours.complete(task)

    assert stock.open == ["danach"]
    assert stock.complete("danach").completed
    assert ours.open == ["danach", "danach"]
    for _ in range(2):
        assert not ours.step.completed
        complete_first(ours)
    assert ours.step.completed


def test_a_process_without_a_way_to_its_end_is_refused():
    """16. Dead ends: the library takes the model, and stands still for ever without a word."""
    stock = StockCase(one_way_into_a_join(or_past_it=False)).complete("a")
    assert (stock.open, stock.completed, stock.timers) == ([], False, [])

    assert ("beide", "deadlock") in faults(one_way_into_a_join(or_past_it=False))


def test_a_dead_end_on_one_of_the_ways_is_reported():
    """16. Dead ends: whoever takes that way with the library is never heard of again."""
    model = one_way_into_a_join(or_past_it=True)
    stock = StockCase(model, {"abbruch": False}).complete("a")
    assert (stock.open, stock.completed, stock.timers) == ([], False, [])

    ours = Played(model, {"abbruch": False})
    with pytest.raises(Incident) as incident:
        ours.complete("a")
    assert incident.value.element == "beide"
    assert ours.open == ["a"]
    assert Played(model, {"abbruch": True}).step.completed


def test_a_script_runs_once_or_not_at_all():
    """17. Scripts: one at a waiting task runs again each time anything moves in the case."""
    stock = StockCase(with_script_while_waiting())
    for task in "abc":
        stock.complete(task)
    assert stock.services.executed > 3

    assert ("warten", "ignored_script") in faults(with_script_while_waiting())


def test_the_order_is_that_of_the_model_and_not_of_the_drawing():
    """20. Drawing: what lies higher in the picture comes first in the library."""
    for upper, lower in (("erstes", "zweites"), ("zweites", "erstes")):
        tasks = StockCase(drawn(upper, lower)).workflow.tasks.values()
        names = [task.task_spec.name for task in tasks]
        assert names.index(upper) < names.index(lower)

        ours = Played(drawn(upper, lower))
        assert [task.element for task in ours.step.open_tasks] == ["erstes", "zweites"]


def test_a_task_of_no_kind_is_asked_about():
    """20. Plain tasks: the library lets a person confirm what nobody was meant to do."""
    plain = bpmn(chain(node("task", "erledigt", name="Erledigt")))
    assert StockCase(plain).open == ["erledigt"]

    assert ("erledigt", "unsupported_element") in faults(plain)
