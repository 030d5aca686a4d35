import orjson
import pytest

from app.engine.step import ServiceResult
from app.errors import Incident, Invalid
from tests.unit.engine.process_builder import (
    ENGINE,
    NOON,
    Played,
    boundary,
    bpmn,
    chain,
    end,
    flow,
    node,
    service,
    start,
    timer,
    user,
)

INNER = (
    start("s1")
    + '<bpmn:parallelGateway id="teilen"/>'
    + user("innen")
    + service("dienst", result="r")
    + '<bpmn:parallelGateway id="treffen"/>'
    + end("e1")
    + flow("s1", "teilen")
    + flow("teilen", "innen")
    + flow("teilen", "dienst")
    + flow("innen", "treffen")
    + flow("dienst", "treffen")
    + flow("treffen", "e1")
)
RICH = bpmn(
    chain(node("subProcess", "teil", INNER), user("danach"))
    + boundary("frist", "teil", timer("P9D"), interrupting=False)
    + user("mahnen")
    + end("e2")
    + flow("frist", "mahnen")
    + flow("mahnen", "e2")
)


def shuffled(value):
    """The same JSON with every object's keys in reverse order, as a database may keep it."""
    if isinstance(value, dict):
        return {key: shuffled(value[key]) for key in sorted(value, reverse=True)}
    return [shuffled(part) for part in value] if isinstance(value, list) else value


@pytest.mark.parametrize("mangle", [lambda state: state, shuffled])
def test_a_case_goes_on_after_any_trip_through_storage(mangle):
    case = Played(RICH, {"z": 1, "a": {"y": 2, "b": [1]}})
    case.after(days=9)
    before = case.snapshot

    case.step = ENGINE.tick(
        case.deployment, orjson.dumps(mangle(orjson.loads(case.step.state))), case.now
    )

    assert case.snapshot == before
    [call] = case.snapshot.calls
    case.complete("mahnen").deliver(ServiceResult(call.task_id, 5)).complete("innen", i=1)
    assert case.open == ["danach"]
    assert case.data == {"z": 1, "a": {"y": 2, "b": [1]}, "r": 5, "i": 1}
    assert case.complete("danach").step.completed


def test_a_state_says_nothing_new_when_nothing_happens():
    case = Played(RICH)

    assert ENGINE.tick(case.deployment, case.step.state, case.now).state == case.step.state


def test_the_order_of_data_is_kept():
    case = Played(bpmn(chain(user("a"))), {"z": 1, "a": 2})

    assert list(case.complete("a", m=3).data) == ["z", "a", "m"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda state: state[:-5],
        lambda _: b"[]",
        lambda _: b"{}",
        lambda state: orjson.dumps({**orjson.loads(state), "v": 3}),
        lambda state: orjson.dumps({**orjson.loads(state), "t": []}),
        lambda state: orjson.dumps({**orjson.loads(state), "t": [["t1", -1, "weg", 16, None]]}),
    ],
)
def test_an_unknown_or_damaged_state_is_refused(spoil):
    case = Played(RICH)

    with pytest.raises(Incident):
        ENGINE.tick(case.deployment, spoil(case.step.state), NOON)


def test_a_state_belongs_to_its_process():
    case = Played(RICH)
    other = ENGINE.deploy(bpmn(chain(user("a"))))

    with pytest.raises(Incident):
        ENGINE.tick(other, case.step.state, NOON)


def test_equal_sources_give_one_digest():
    assert ENGINE.deploy(RICH).digest == ENGINE.deploy(RICH).digest
    assert ENGINE.deploy(RICH).digest != ENGINE.deploy(RICH.replace(b"P9D", b"P8D")).digest


@pytest.mark.parametrize("value", [NOON, 2**70, {1: 2}, {"x": object()}, "\ud800"])
def test_data_that_is_no_json_is_refused(value):
    case = Played(bpmn(chain(user("a"))))

    with pytest.raises(Invalid):
        case.complete("a", x=value)


def test_nobody_outside_shares_the_data_of_a_case():
    answers = {"liste": [1]}
    case = Played(bpmn(chain(user("a"), user("b"))), {"antrag": answers})
    answers["liste"].append(2)
    form = {"y": [1]}
    case.complete("a", form=form)
    form["y"].append(2)

    assert case.data == {"antrag": {"liste": [1]}, "form": {"y": [1]}}


def test_any_key_of_a_citizen_is_harmless():
    hostile = {"typename": "Task", "data_objects": 1, "__class__": 2, "value": {"typename": "UUID"}}
    case = Played(bpmn(chain(user("a"), user("b"))), hostile)

    assert case.complete("a", typename="timedelta").data == {**hostile, "typename": "timedelta"}


def test_a_finished_case_can_still_be_looked_at():
    case = Played(bpmn(chain(user("a")))).complete("a", x=1)

    assert case.snapshot.completed
    assert case.snapshot.data == {"x": 1}
    assert case.position.done == {"start", "a", "ende"}
    assert case.position.active == frozenset()


@pytest.mark.parametrize("name", ["antrag", "vorgang"])
def test_what_nobody_may_change_cannot_be_replaced_by_a_task(name):
    case = Played(bpmn(chain(user("a"))), {"antrag": {"x": 1}, "vorgang": {}})
    with pytest.raises(Invalid) as invalid:
        case.complete("a", **{name: {}})
    assert [fault.pointer for fault in invalid.value.fields] == [name]


def deep(levels):
    value = 1
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize("value", [float("nan"), float("inf"), deep(300)])
def test_data_that_could_not_be_saved_are_refused(value):
    with pytest.raises(Invalid):
        Played(bpmn(chain(user("a"))), {"x": [value]})
