"""Neue Fassungen: what happens to running cases when the model they follow is replaced."""

from datetime import UTC, datetime, timedelta

import pytest
from SpiffWorkflow.bpmn.util.diff import diff_workflow, migrate_workflow

from app.errors import CannotMigrate
from tests.support.hazard_waits import with_deadline
from tests.support.stock import StockCase, read_model
from tests.unit.engine.process_builder import ENGINE, NOON, Played, bpmn, chain, user


def renamed(model):
    """The same model, but for the name of a task that is not yet open."""
    changed = model.replace(b'name="Aufgabe verfristet"', b'name="Frist verstrichen"')
    assert changed != model
    return changed


def replace_model(stock, source):
    """Move a case of the library to another version, as its documentation shows it."""
    new = read_model(source)
    registry = stock.serializer.registry
    difference, _ = diff_workflow(registry, stock.workflow, new.process, new.subprocesses)
    migrate_workflow(difference, stock.workflow, new.process)
    stock.run()


def test_a_deadline_goes_on_when_the_model_is_replaced():
    """18. New versions: with the library a deadline that is almost over begins anew."""
    now, model = datetime.now(UTC), with_deadline("'P28D'")
    stock = StockCase(model)
    stock.make_due("frist", days=-1)
    replace_model(stock, renamed(model))
    [due] = stock.timers
    assert datetime.fromisoformat(due) > now + timedelta(days=27)

    ours = Played(model)
    waiting, new = ours.step.due, ENGINE.deploy(renamed(model))
    assert ENGINE.forecast(ours.deployment, new, ours.step.state).verdict == "safe"
    almost = NOON + timedelta(days=27)
    ours.step = ENGINE.migrate(ours.deployment, new, ours.step.state, almost)
    ours.deployment, ours.now = new, almost
    assert ours.step.due == waiting
    [late] = ours.after(days=1).step.open_tasks
    assert (late.element, late.name) == ("verfristet", "Frist verstrichen")


def test_what_was_entered_is_still_there_when_the_model_is_replaced():
    """18. New versions: the library takes what was entered at an open task back out of it."""
    old, new = bpmn(chain(user("a"))), bpmn(chain(user("a"), user("neu")))
    stock = StockCase(old)
    stock.task("a").data["eingabe"] = "halb fertig"
    replace_model(stock, new)
    assert stock.open == ["a"]
    assert stock.task("a").data == {}

    ours = Played(old, {"eingabe": "halb fertig"})
    [before] = ours.step.open_tasks
    deployment = ENGINE.deploy(new)
    ours.step = ENGINE.migrate(ours.deployment, deployment, ours.step.state, NOON)
    ours.deployment = deployment
    [after] = ours.step.open_tasks
    assert (after, ours.data) == (before, {"eingabe": "halb fertig"})
    assert ours.complete("a").open == ["neu"]
    assert ours.complete("neu").step.completed


def test_a_case_whose_place_is_gone_stays_where_it_is():
    """18. New versions: the library guesses where a case could go on, and so leaves out a step."""
    old = bpmn(chain(user("antrag"), user("a")))
    new = bpmn(chain(user("antrag"), user("b"), user("c")))
    stock = StockCase(old).complete("antrag")
    replace_model(stock, new)
    assert stock.open == ["c"]
    assert stock.complete("c").completed

    ours, deployment = Played(old).complete("antrag"), ENGINE.deploy(new)
    forecast = ENGINE.forecast(ours.deployment, deployment, ours.step.state)
    assert (forecast.verdict, forecast.reasons[0].element) == ("needs_mapping", "a")
    with pytest.raises(CannotMigrate):
        ENGINE.migrate(ours.deployment, deployment, ours.step.state, NOON)
    assert ours.complete("a").step.completed
