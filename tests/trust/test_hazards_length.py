"""Lange Vorgänge: the library loses sight of a case that has been through many rounds."""

import pytest

from tests.support.hazards import correction_loop, for_each
from tests.support.stock import StockCase
from tests.unit.engine.process_builder import Played

ROUNDS = 501


@pytest.fixture(scope="module")
def long_stock():
    """A case of the library as far as it gets, and the round after which it stood still."""
    case = StockCase(correction_loop(), {"fertig": False})
    for number in range(ROUNDS):
        if not case.open:
            return case, number
        case.complete("korrigieren", runde=number)
    return case, ROUNDS


@pytest.mark.abuse("A5")
def test_a_case_is_not_over_before_its_end_is_reached(long_stock):
    """4. Depth: after 500 rounds the library calls a case completed that never came to its end."""
    stock, rounds = long_stock
    assert (rounds, stock.completed, stock.open) == (500, True, [])
    assert "COMPLETED" not in stock.states("ende")

    ours = Played(correction_loop(), {"fertig": False})
    for number in range(ROUNDS):
        ours.complete("korrigieren", runde=number)
        assert not ours.step.completed
        assert ours.open == ["korrigieren"]
    assert ours.complete("korrigieren", fertig=True).step.completed
    assert ours.path[-1] == "ende"


def test_a_case_does_not_grow_with_its_past(long_stock):
    """4. Growth: the library keeps every round for ever, and carries all of them along."""
    stock, _ = long_stock
    assert len(stock.saved()) > 300_000

    ours = Played(correction_loop(), {"fertig": False, "runde": 100}).complete("korrigieren")
    before = len(ours.step.state)
    for number in range(100, 200):
        ours.complete("korrigieren", runde=number)
    assert len(ours.step.state) <= before + 40
    assert len(ours.step.state) < 1_000


def test_a_list_is_worked_through_one_by_one():
    """7. One by one: the library stumbles over the second item, for it finds the first in place."""
    people = {"stellen": ["Bauamt", "Feuerwehr", "Polizei"]}
    stock = StockCase(for_each(sequential=True), people)
    with pytest.raises(Exception, match="input item stelle already exists"):
        stock.complete("stellungnahme")

    ours = Played(for_each(sequential=True), people)
    for _ in people["stellen"]:
        assert ours.open == ["stellungnahme"]
        ours.complete("stellungnahme")
    assert ours.open == ["danach"]
    assert ours.data["stellen"] == people["stellen"]
    assert ours.complete("danach").step.completed
