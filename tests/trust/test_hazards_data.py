"""Daten: what the library does to the data of a case, and what stays right here.

Each test shows both in one run: the defect of the library as delivered, and the same case here.
"""

import json

import pytest

from app.errors import Invalid
from tests.support.hazards import side_by_side
from tests.support.stock import StockCase
from tests.unit.engine.process_builder import ENGINE, NOON, Played, bpmn, chain, user


@pytest.mark.parametrize("kind", ["parallel", "inclusive"])
@pytest.mark.parametrize("order", ["ab", "ba"])
def test_what_one_branch_writes_is_still_there_after_the_join(kind, order):
    """1. Lost update: each branch has a copy, and where they join the later copy wins."""
    written = {"a": {"stand": "neu"}, "b": {}}
    stock = StockCase(side_by_side(kind), {"stand": "alt"}).complete("vorher")
    ours = Played(side_by_side(kind), {"stand": "alt"}).complete("vorher")

    for task in order:
        stock.complete(task, **written[task])
        ours.complete(task, **written[task])

    late = "a" if order == "ab" else "b"
    assert stock.task("danach").data["stand"] == {"a": "alt", "b": "neu"}[late]
    assert ours.data["stand"] == "neu"


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_two_branches_may_add_to_one_list(order):
    """1. Lost update: of two entries made at the same time the library keeps one."""
    stock = StockCase(side_by_side(), {"belege": []}).complete("vorher")
    ours = Played(side_by_side(), {"belege": []}).complete("vorher")

    for task in order:
        stock.complete(task, belege=[*stock.task(task).data["belege"], task])
        ours.complete(task, belege=[*ours.data["belege"], task])

    assert stock.task("danach").data["belege"] == [order[1]]
    assert ours.data["belege"] == list(order)


@pytest.mark.parametrize(
    ("before", "corrected", "mixed"),
    [
        ([5], [5, 5, 7], [5, 7]),
        (["a", "b"], ["b", "a"], ["a", "b"]),
        ([1], [True], [1]),
        ([{"name": "A", "alter": 1}], [{"name": "B"}], [{"name": "B", "alter": 1}]),
        ({"ort": "X", "zusatz": "Y"}, {"ort": "X"}, {"ort": "X", "zusatz": "Y"}),
    ],
)
def test_a_corrected_form_holds_what_was_sent_and_nothing_else(before, corrected, mixed):
    """2. Deep merge: the library mixes a corrected form with the one before."""
    model = bpmn(chain(user("ausfuellen"), user("danach")))
    stock = StockCase(model, {"form": before}).fill_form("ausfuellen", form=corrected)
    ours = Played(model, {"form": before}).complete("ausfuellen", form=corrected)

    assert json.dumps(stock.task("danach").data["form"]) == json.dumps(mixed)
    assert json.dumps(ours.data["form"]) == json.dumps(corrected)


def test_what_is_handed_out_is_not_the_case_itself():
    """3. Aliasing: a change in one branch shows in the other and in what was finished before."""
    form = {"adresse": {"plz": "1"}}
    stock = StockCase(side_by_side()).complete("vorher", form=form)
    stock.task("a").data["form"]["adresse"]["plz"] = "9"
    [finished] = stock.tasks("vorher")
    assert stock.task("b").data["form"]["adresse"]["plz"] == "9"
    assert finished.data["form"]["adresse"]["plz"] == "9"

    ours = Played(side_by_side()).complete("vorher", form=form)
    before = ours.step
    form["adresse"]["plz"] = "9"
    ours.data["form"]["adresse"]["plz"] = "9"
    assert ours.snapshot.data["form"]["adresse"]["plz"] == "1"

    ours.complete("a", form={"adresse": {"plz": "2"}})
    assert ours.snapshot.data["form"]["adresse"]["plz"] == "2"
    assert ENGINE.inspect(ours.deployment, before.state).data["form"]["adresse"]["plz"] == "1"


@pytest.mark.parametrize(
    "form",
    [
        {"typename": "Haus"},
        {"typename": "Task"},
        {"typename": "UUID", "value": "keine"},
        {"typename": "timedelta", "days": 1, "seconds": 0},
    ],
)
def test_a_citizen_may_call_a_field_as_the_library_calls_its_types(form):
    """8. The key ``typename`` in an answer: the library cannot read the case, or misreads it."""
    model = bpmn(chain(user("ausfuellen"), user("danach")))
    stock = StockCase(model).complete("ausfuellen", form=form)
    try:
        read = stock.reload().task("danach").data["form"]
    except (TypeError, ValueError):
        read = None
    assert read != form

    ours = Played(model).complete("ausfuellen", form=form)
    assert ours.snapshot.data["form"] == form
    assert ours.complete("danach").step.completed


def test_a_time_that_is_not_json_is_refused_before_it_is_in_the_case():
    """10. Times in the data: of the library's two ways of writing only one turns them to text."""
    model = bpmn(chain(user("vorher"), user("danach")))
    stock = StockCase(model).complete("vorher")
    stock.task("danach").data["am"] = NOON
    assert NOON.isoformat() in stock.saved()
    with pytest.raises(TypeError):
        json.dumps(stock.serializer.to_dict(stock.workflow))

    ours = Played(model).complete("vorher")
    with pytest.raises(Invalid) as refused:
        ours.complete("danach", am=NOON)
    assert refused.value.fields[0].code == "not_storable"
    assert ours.complete("danach", am=NOON.isoformat()).step.completed
