"""Nachrichten: whose messages the library takes for its own."""

import pytest
from SpiffWorkflow.exceptions import WorkflowException

from app.engine.step import MessageArrived
from app.errors import TaskDone
from tests.support.hazard_waits import with_payment
from tests.support.stock import StockCase
from tests.unit.engine.process_builder import Played

CASE = {"vorgang": {"nummer": "A1", "gebuehr": 100}}
OURS = {"nummer": "A1", "gebuehr": 100}


def keys(nummer, gebuehr):
    """The correlation keys as the library wants them from outside."""
    return {"nummer": {"nummer": nummer}, "gebuehr": {"gebuehr": gebuehr}}


def test_a_message_for_another_case_is_not_taken():
    """14. Foreign messages: the library reads the envelope, then takes on the letter's number."""
    foreign = {"nummer": "B2", "gebuehr": 100}
    stock = StockCase(with_payment(), CASE).send("zahlung", foreign, keys("A1", 100))
    assert stock.open == ["danach"]
    assert stock.workflow.correlations["nummer"] == {"nummer": "B2"}

    ours = Played(with_payment(), CASE)
    with pytest.raises(TaskDone):
        ours.deliver(MessageArrived("zahlung", foreign, OURS))
    assert [wait.correlation for wait in ours.step.subscriptions] == [OURS]
    assert ours.deliver(MessageArrived("zahlung", OURS, OURS)).open == ["danach"]


def test_everything_a_message_is_known_by_must_fit():
    """14. Half a match: for the library one equal key is enough, whatever the others say."""
    stock = StockCase(with_payment(), CASE).send("zahlung", OURS, keys("A1", 999))
    assert stock.open == ["danach"]

    ours = Played(with_payment(), CASE)
    with pytest.raises(TaskDone):
        ours.deliver(MessageArrived("zahlung", {}, {"nummer": "A1", "gebuehr": 999}))
    assert ours.open == []


def test_a_message_is_known_by_what_is_written_in_it():
    """14. No envelope: the library sends a message away that says itself where it belongs."""
    with pytest.raises(WorkflowException):
        StockCase(with_payment(), CASE).send("zahlung", OURS, {})

    ours = Played(with_payment(), CASE).deliver(MessageArrived("zahlung", OURS, {}))
    assert ours.open == ["danach"]
    assert ours.data["zahlung"] == OURS
