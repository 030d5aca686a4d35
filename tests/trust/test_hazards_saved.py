"""Gespeicherte Vorgänge: what the library forgets or cannot read when a case is saved."""

import json
from datetime import timedelta

import pytest

from tests.support.hazard_waits import with_deadline
from tests.support.hazards import complete_first, correction_loop, for_each, side_by_side, with_part
from tests.support.stock import StockCase, read_model
from tests.unit.engine.process_builder import ENGINE, NOON, Played

#: as the first release wrote a case of :func:`with_part` and one of :func:`with_deadline`
WITH_PART_IN_FORMAT_1 = {
    "v": 1,
    "n": 13,
    "done": ["start", "abschnitt_beginnt"],
    "data": {"antrag": {"name": "Muster"}},
    "end": False,
    "t": [
        ["t1", -1, "Start", 64, None],
        ["t3", 0, "abschnitt", 32, None],
        ["t4", 1, "danach", 4, None],
        ["t5", 2, "ende", 4, None],
        ["t6", 3, "p.EndJoin", 4, None],
        ["t7", 4, "End", 4, None],
    ],
    "s": [
        [
            "t3",
            "abschnitt",
            [
                ["t8", -1, "Start", 64, None],
                ["t10", 0, "teil", 16, None],
                ["t11", 1, "abschnitt_endet", 4, None],
                ["t12", 2, "abschnitt.EndJoin", 4, None],
                ["t13", 3, "End", 4, None],
            ],
        ]
    ],
}
WITH_DEADLINE_IN_FORMAT_1 = {
    "v": 1,
    "n": 11,
    "done": ["start"],
    "data": {},
    "end": False,
    "t": [
        ["t1", -1, "Start", 64, None],
        ["t3", 0, "antworten.BoundaryEventSplit", 64, None],
        ["t4", 1, "antworten", 16, None],
        ["t5", 1, "frist", 8, {"due": "2026-12-21T11:00:00+00:00"}],
        ["t6", 2, "antworten.BoundaryEventJoin", 4, None],
        ["t7", 2, "ende", 4, None],
        ["t8", 5, "p.EndJoin", 4, None],
        ["t9", 6, "End", 4, None],
        ["t10", 3, "verfristet", 1, None],
        ["t11", 3, "antworten.BoundaryEventJoin", 1, None],
    ],
    "s": [],
}


def in_other_order(text):
    """The same JSON as a database may give it back."""
    return json.dumps(json.loads(text), sort_keys=True)


def test_a_saved_case_does_not_depend_on_the_order_of_keys():
    """9. Key order: sorted by a database, a case of the library loses its data without a word."""
    form = {"name": "Muster"}
    stock = StockCase(side_by_side()).complete("vorher", form=form)
    assert stock.load(stock.saved()).task("a").data == {"form": form}
    assert stock.load(in_other_order(stock.saved())).task("a").data == {}

    ours = Played(side_by_side()).complete("vorher", form=form)
    state = in_other_order(ours.step.state).encode()
    task = ours.task_id("a")
    step = ENGINE.complete(ours.deployment, state, task, {}, ours.now)
    assert step.data == {"form": form}
    assert [task.element for task in step.open_tasks] == ["b"]


@pytest.mark.parametrize("former", ["1.3", "1.4"])
def test_the_library_cannot_read_what_it_wrote_before(former):
    """11. Former formats: the library fails on every case that has a subprocess."""
    stock = StockCase(with_part())
    saved = json.loads(stock.saved())
    saved["serializer_version"] = former
    with pytest.raises(NameError):
        stock.load(json.dumps(saved))


def test_a_case_saved_by_a_former_release_goes_on():
    """11. Former formats: the first one foresaw what was to come, and kept it in the state."""
    ours = Played(with_part())
    state = json.dumps({**WITH_PART_IN_FORMAT_1, "p": ours.deployment.digest}).encode()
    [task] = ENGINE.inspect(ours.deployment, state).open_tasks
    assert (task.id, task.element) == ("t10", "teil")

    ours.step = ENGINE.complete(ours.deployment, state, task.id, {"teil": 1}, NOON)
    assert ours.open == ["danach"]
    assert ours.data == {"antrag": {"name": "Muster"}, "teil": 1}
    assert ours.complete("danach").step.completed


def test_a_deadline_saved_by_a_former_release_stays():
    """11. Former formats: what waits at the side of a task still waits, and still ends it."""
    ours = Played(with_deadline("P28D"))
    state = json.dumps({**WITH_DEADLINE_IN_FORMAT_1, "p": ours.deployment.digest}).encode()
    [due] = ENGINE.inspect(ours.deployment, state).due
    assert due.due_at == NOON + timedelta(days=28)

    ours.step = ENGINE.tick(ours.deployment, state, NOON + timedelta(days=28))
    assert ours.open == ["verfristet"]
    ours.step = ENGINE.complete(ours.deployment, state, "t4", {}, NOON + timedelta(days=27))
    assert ours.step.completed


def test_a_repeated_task_goes_on_when_the_model_was_read_again():
    """6. Restart: with the model beside the state, a repetition of the library never ends."""
    people = {"stellen": ["Bauamt", "Feuerwehr"]}
    stock = StockCase(for_each(sequential=False), people).reload()
    fresh = read_model(for_each(sequential=False)).process
    stock.workflow.spec = fresh
    for task in stock.workflow.tasks.values():
        task.task_spec = fresh.task_specs[task.task_spec.name]
    for _ in range(2):
        stock.complete("stellungnahme")
    assert (stock.open, stock.completed) == ([], False)

    ours = Played(for_each(sequential=False), people)
    ours.deployment = ENGINE.deploy(for_each(sequential=False))
    for _ in range(2):
        assert set(ours.open) == {"stellungnahme"}
        complete_first(ours)
    assert ours.open == ["danach"]
    assert ours.complete("danach").step.completed


def test_equal_cases_have_equal_states():
    """20. Chance: the ids of the library differ from run to run, so states cannot be compared."""
    stock = [StockCase(side_by_side()).complete("vorher").saved() for _ in range(2)]
    assert stock[0] != stock[1]
    assert len(str(StockCase(side_by_side()).task("vorher").id)) == 36

    ours = [Played(side_by_side()).complete("vorher").step for _ in range(2)]
    assert ours[0] == ours[1]
    ids = [task.id for task in ours[0].open_tasks]
    assert len(set(ids)) == 2
    assert max(map(len, ids)) <= 12


def test_ids_of_tasks_are_never_given_twice():
    """20. Short ids are counted within the case, also after it was saved and read back."""
    case = ENGINE.deploy(correction_loop())
    step = ENGINE.start(case, {"fertig": False}, NOON)
    seen = set()
    for _ in range(50):
        [task] = step.open_tasks
        assert task.id not in seen
        seen.add(task.id)
        step = ENGINE.complete(case, step.state, task.id, {}, NOON)
