import pytest

from app.errors import Incident
from tests.unit.engine.loop_builder import each, instances, loop, times
from tests.unit.engine.process_builder import (
    Played,
    boundary,
    bpmn,
    chain,
    end,
    faults,
    flow,
    node,
    properties,
    script,
    service,
    start,
    timer,
    user,
)

ASK = node("userTask", "fragen", each("antrag.stellen", "stelle", "antwort", "antworten"))
ASK_IN_TURN = node(
    "userTask",
    "fragen",
    each("antrag.stellen", "stelle", "antwort", "antworten", sequential=True),
)
PLACES = {"antrag": {"stellen": ["Bau", "Umwelt", "Verkehr"]}}


def locals_of(case):
    return [(task.local["stelle"], task.local["durchlauf"]) for task in case.step.open_tasks]


def test_a_task_is_done_for_all_items_at_once_and_its_results_keep_their_order():
    case = Played(bpmn(chain(ASK, user("danach"))), PLACES)
    assert locals_of(case) == [
        ("Bau", {"nummer": 1, "anzahl": 3}),
        ("Umwelt", {"nummer": 2, "anzahl": 3}),
        ("Verkehr", {"nummer": 3, "anzahl": 3}),
    ]
    path = []
    for task in reversed(case.step.open_tasks):
        assert "danach" not in case.open
        case.complete_id(task.id, antwort=f"ja von {task.local['stelle']}")
        path += case.path
    assert case.open == ["danach"]
    assert case.data["antworten"] == ["ja von Bau", "ja von Umwelt", "ja von Verkehr"]
    assert set(case.data) == {"antrag", "antworten"}
    assert path == ["fragen"] * 3


def test_a_task_is_done_for_one_item_after_the_other():
    case = Played(bpmn(chain(ASK_IN_TURN, user("danach"))), PLACES)
    seen = []
    for _ in range(3):
        (task,) = case.step.open_tasks
        seen.append(task.local["stelle"])
        case.complete_id(task.id, antwort=len(seen))
    assert (seen, case.open) == (["Bau", "Umwelt", "Verkehr"], ["danach"])
    assert case.data["antworten"] == [1, 2, 3]


@pytest.mark.parametrize("task", [ASK, ASK_IN_TURN])
def test_without_items_there_is_nothing_to_do(task):
    case = Played(bpmn(chain(task, user("danach"))), {"antrag": {"stellen": []}})
    assert case.open == ["danach"]
    assert case.data["antworten"] == []


def test_rounds_do_not_see_each_others_data():
    part = node(
        "subProcess",
        "teil",
        each("antrag.stellen", "stelle", "summe", "summen")
        + start("s")
        + script("rechnen", "summe = stelle * 10")
        + user("warten")
        + script("weiter", "summe = summe + 1")
        + end("e")
        + flow("s", "rechnen")
        + flow("rechnen", "warten")
        + flow("warten", "weiter")
        + flow("weiter", "e"),
    )
    case = Played(bpmn(chain(part, user("danach"))), {"antrag": {"stellen": [1, 2, 3]}})
    assert [task.local["summe"] for task in case.step.open_tasks] == [10, 20, 30]
    for task in case.step.open_tasks:
        case.complete_id(task.id)
    assert case.data["summen"] == [11, 21, 31]
    assert "summe" not in case.data


def test_all_rounds_end_when_enough_are_done():
    task = node(
        "userTask",
        "stimmen",
        each(
            "antrag.stellen",
            "stelle",
            "stimme",
            "stimmen_liste",
            until="durchlauf.fertig >= 2 or stimme == 'nein'",
        ),
    )
    case = Played(bpmn(chain(task, user("danach"))), PLACES)
    second, first, _ = case.step.open_tasks
    case.complete_id(first.id, stimme="ja")
    assert "danach" not in case.open
    case.complete_id(second.id, stimme="ja")
    assert case.open == ["danach"]
    assert case.data["stimmen_liste"] == ["ja", "ja"]

    case = Played(bpmn(chain(task, user("danach"))), PLACES)
    case.complete_id(case.step.open_tasks[2].id, stimme="nein")
    assert (case.open, case.data["stimmen_liste"]) == (["danach"], ["nein"])


def test_a_deadline_ends_all_rounds():
    source = bpmn(
        chain(ASK, user("danach"))
        + boundary("frist", "fragen", timer("P14D"))
        + user("gemahnt")
        + flow("frist", "gemahnt")
        + flow("gemahnt", "ende")
    )
    case = Played(source, PLACES)
    case.complete_id(case.step.open_tasks[0].id, antwort="ja")
    case.after(days=15)
    assert case.open == ["gemahnt"]


def test_services_are_called_once_per_item():
    task = service("senden", stelle="stelle").replace(
        "</bpmn:serviceTask>", each("antrag.stellen", "stelle") + "</bpmn:serviceTask>"
    )
    case = Played(bpmn(chain(task, user("danach"))), PLACES)
    calls = case.step.calls
    assert [call.parameters["stelle"] for call in calls] == ["Bau", "Umwelt", "Verkehr"]
    for call in calls:
        case.answer(call)
    assert case.open == ["danach"]


def test_rounds_nest():
    inner = node("userTask", "innen", each("stelle.arten", "art", "wert", "werte"))
    part = node(
        "subProcess",
        "aussen",
        each("antrag.stellen", "stelle", "werte", "alles")
        + start("s")
        + inner
        + end("e")
        + flow("s", "innen")
        + flow("innen", "e"),
    )
    data = {"antrag": {"stellen": [{"arten": [1, 2]}, {"arten": [3]}]}}
    case = Played(bpmn(chain(part)), data)
    assert [task.local["art"] for task in case.step.open_tasks] == [1, 2, 3]
    for task in case.step.open_tasks:
        case.complete_id(task.id, wert=task.local["art"] * 10)
    assert case.step.completed
    assert case.data["alles"] == [[10, 20], [30]]


def test_two_hundred_rounds_at_once_are_the_most():
    task = node("userTask", "viele", times("antrag.anzahl"))
    case = Played(bpmn(chain(task)), {"antrag": {"anzahl": 200}})
    assert len(case.step.open_tasks) == 200
    for open_task in case.step.open_tasks:
        case.complete_id(open_task.id)
    assert case.step.completed
    assert len(case.step.state) < 500

    with pytest.raises(Incident) as incident:
        Played(bpmn(chain(task)), {"antrag": {"anzahl": 10**9}})
    assert incident.value.element == "viele"


@pytest.mark.parametrize("value", ["'drei'", "-1", "1.5", "True", "[1]"])
def test_a_number_of_rounds_that_is_none_is_an_incident(value):
    with pytest.raises(Incident) as incident:
        Played(bpmn(chain(node("userTask", "viele", times(value)))))
    assert incident.value.element == "viele"


def test_a_collection_that_is_no_list_is_an_incident():
    with pytest.raises(Incident) as incident:
        Played(bpmn(chain(ASK)), {"antrag": {"stellen": "Bau"}})
    assert incident.value.element == "fragen"


def test_a_loop_goes_on_while_its_condition_holds():
    case = Played(bpmn(chain(node("userTask", "runde", loop("n &lt; 3")))), {"n": 0})
    for number in (1, 2, 3):
        assert case.open == ["runde"]
        case.complete("runde", n=number)
    assert case.step.completed


def test_a_loop_ends_after_its_last_round_at_the_latest():
    case = Played(bpmn(chain(node("userTask", "runde", loop("True", "2")))))
    case.complete("runde")
    assert case.open == ["runde"]
    case.complete("runde")
    assert case.step.completed


def test_a_loop_may_look_before_its_first_round():
    task = node("userTask", "runde", loop("n &lt; 1", before=True))
    assert Played(bpmn(chain(task)), {"n": 1}).step.completed
    assert Played(bpmn(chain(task)), {"n": 0}).open == ["runde"]


def test_a_loop_of_a_thousand_rounds_stays_small():
    case = Played(bpmn(chain(node("userTask", "runde", loop("n &lt; 1000")))), {"n": 0})
    for number in range(1, 1001):
        case.complete("runde", n=number)
        assert len(case.step.state) < 400
    assert case.step.completed


@pytest.mark.parametrize(
    ("marker", "code"),
    [
        (instances(""), "no_collection"),
        (
            each("a").replace(
                "</bpmn:loopDataInputRef>",
                "</bpmn:loopDataInputRef><bpmn:loopCardinality>3</bpmn:loopCardinality>",
            ),
            "no_collection",
        ),
        (times("201"), "too_many_instances"),
        (times("9" * 5000), "too_many_instances"),
        (each("a", results="r"), "half_result"),
        (each("a", result="r"), "half_result"),
        (each("a", item="durchlauf"), "bad_name"),
        (each("a", item="zwei-worte"), "bad_name"),
        (each("a", item="antrag"), "read_only"),
        (each("a", result="r", results="vorgang"), "read_only"),
        (each("a.__class__"), "expression"),
        (each("a +"), "bad_id"),
        (times("a +"), "expression"),
        (each("a", until="b +"), "expression"),
        (loop(), "no_loop_condition"),
        (loop("x", "0"), "bad_maximum"),
        (loop("x", "viele"), "bad_maximum"),
        (loop("x", "99999999"), "bad_maximum"),
        (loop("x +"), "expression"),
        (loop("x") + each("a"), "two_loops"),
    ],
)
def test_a_repetition_that_cannot_work_is_refused(marker, code):
    assert ("a", code) in faults(bpmn(chain(node("userTask", "a", marker))))


def test_results_that_would_be_lost_are_refused():
    form = properties(formJsonSchemaFilename="pruefung.json")
    assert ("a", "lost_results") in faults(bpmn(chain(node("userTask", "a", form + each("x")))))


def test_a_round_without_a_result_does_not_take_that_of_the_case():
    case = Played(bpmn(chain(ASK, user("danach"))), {**PLACES, "antwort": "alt"})
    first, second, third = case.step.open_tasks
    case.complete_id(first.id).complete_id(second.id, antwort="neu").complete_id(third.id)
    assert case.data["antworten"] == [None, "neu", None]


def test_an_inner_round_sees_the_item_around_it():
    inner = node("userTask", "innen", each("stelle.arten", "art", "wert", "werte"))
    around = each("antrag.stellen", "stelle", "werte", "alles")
    ways = flow("s", "innen") + flow("innen", "e")
    part = node("subProcess", "aussen", around + start("s") + inner + end("e") + ways)
    data = {"antrag": {"stellen": [{"arten": [7]}]}}
    [task] = Played(bpmn(chain(part)), data).step.open_tasks
    assert (task.local["stelle"], task.local["art"]) == ({"arten": [7]}, 7)


def test_rounds_cannot_use_up_the_memory_together():
    big = "gross = ['x' * 100000] * 10"
    inner = (
        start("s") + script("fuellen", big) + end("e") + flow("s", "fuellen") + flow("fuellen", "e")
    )
    part = node("subProcess", "teil", each("antrag.n", "nr", "gross", "alles") + inner)
    with pytest.raises(Incident) as incident:
        Played(bpmn(chain(part)), {"antrag": {"n": list(range(200))}})
    assert incident.value.element == "fuellen"
