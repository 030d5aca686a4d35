import pytest

from app.engine.importing.importer import import_model
from tests.unit.engine.importing.foreign import blockers, event, second, task, todos
from tests.unit.engine.process_builder import bpmn, chain, end, flow, gateway, node, start

FORK = start() + gateway("exclusive", "g") + task("a") + task("b") + end() + flow("start", "g")
FORK += flow("a", "ende") + flow("b", "ende")


def catch(id, definition="", inner=""):  # noqa: A002 - as in BPMN
    return event("intermediateCatchEvent", id, definition, inner)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            FORK + flow("g", "a") + flow("g", "b"),
            {("f_g_a", "no_condition"), ("f_g_b", "no_condition")},
        ),
        (
            FORK + flow("g", "a", "Antrag vollständig") + flow("g", "b"),
            {("f_g_a", "expression"), ("f_g_b", "no_condition")},
        ),
        (FORK + flow("g", "a", "ja") + flow("g", "b", "antrag.x"), {("f_g_a", "unknown_name")}),
        (chain(catch("w", "timer")), {("w", "no_time")}),
        (
            chain(catch("w", "timer", "<bpmn:timeDuration>zwei Wochen</bpmn:timeDuration>")),
            {("w", "expression")},
        ),
        (chain(catch("w", "message")), {("w", "no_message")}),
        (chain(catch("w", "signal")), {("w", "no_signal")}),
        (chain(catch("w", "conditional")), {("w", "no_event_condition")}),
        (chain(catch("w")), {("w", "one_event")}),
        (chain(catch("w", "error")), {("w", "wrong_event")}),
        (chain(event("intermediateThrowEvent", "w", "cancel")), {("w", "wrong_event")}),
        (chain(task("t", kind="sendTask")), {("t", "no_message")}),
        (chain(task("t", kind="receiveTask")), {("t", "no_message")}),
        (chain(task("t", kind="serviceTask")), {("t", "no_operator")}),
        (chain(task("t", kind="businessRuleTask")), {("t", "no_decision")}),
        (chain(task("t", kind="scriptTask")), {("t", "expression")}),
        (
            chain(
                task(
                    "t",
                    "<bpmn:script>var x = 1;</bpmn:script>",
                    kind="scriptTask",
                    scriptFormat="javascript",
                )
            ),
            {("t", "script_format"), ("t", "expression")},
        ),
        (chain(node("callActivity", "t", calledElement="woanders")), {("t", "no_called_process")}),
        (chain(task("t", "<bpmn:multiInstanceLoopCharacteristics/>")), {("t", "no_collection")}),
        (chain(task("t", "<bpmn:standardLoopCharacteristics/>")), {("t", "no_loop_condition")}),
        (chain(task("t")) + task("allein") + flow("allein", "t"), {("allein", "unreachable")}),
        (
            chain(task("t")) + event("boundaryEvent", "r", "timer", attachedToRef="weg"),
            {
                ("r", "not_attached"),
                ("r", "no_time"),
                ("r", "unreachable"),
                ("r_end", "unreachable"),
            },
        ),
        (
            chain(task("t")).replace(end(), event("endEvent", "ende", "cancel")),
            {("ende", "no_transaction")},
        ),
    ],
)
def test_what_only_the_author_knows_is_asked(body, expected):
    assert todos(bpmn(body)) == expected


def test_a_task_right_behind_an_event_gateway_is_asked_about():
    body = start() + gateway("eventBased", "g") + task("a") + end()
    body += flow("start", "g") + flow("g", "a") + flow("a", "ende")

    assert todos(bpmn(body)) == {("a", "not_an_event")}


def test_a_choice_before_a_join_of_all_ways_is_asked_about():
    body = start() + gateway("exclusive", "g", default="f_g_a") + task("a") + task("b")
    body += gateway("parallel", "j") + end() + flow("start", "g") + flow("g", "a")
    body += flow("g", "b", "antrag.x") + flow("a", "j") + flow("b", "j") + flow("j", "ende")

    assert todos(bpmn(body)) == {("j", "deadlock")}


def test_the_original_text_is_quoted_in_one_short_sentence():
    body = FORK + flow("g", "a", "Antrag \n vollständig " + "und richtig " * 30) + flow("g", "b")
    [quoted] = [
        todo.message for todo in import_model(bpmn(body)).todos if todo.code == "expression"
    ]

    assert "„Antrag vollständig und richtig" in quoted
    assert len(quoted) < 300


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (chain(gateway("complex", "g")), {("g", "unsupported_element")}),
        (chain(node("adHocSubProcess", "t", task("x"))), {("t", "unsupported_element")}),
        (chain(event("intermediateThrowEvent", "w", "compensate")), {("w", "unsupported_event")}),
        (chain(task("a"), task("b", isForCompensation="true")), {("b", "unsupported_element")}),
        (
            chain(
                node(
                    "intermediateCatchEvent",
                    "w",
                    "<bpmn:signalEventDefinition/><bpmn:messageEventDefinition/>",
                )
            ),
            {("w", "several_events")},
        ),
        (
            chain(gateway("parallel", "g"), task("a"), gateway("parallel", "h")) + flow("h", "g"),
            {("g", "endless"), ("a", "endless"), ("h", "endless")},
        ),
        (
            "".join(task(f"t{number}") for number in range(251)),
            {("process.bpmn", "too_many_nodes")},
        ),
    ],
)
def test_what_cannot_run_is_named(body, expected):
    found = import_model(bpmn(body))

    assert (found.status, found.reason) == ("blocked", "")
    assert expected <= {(blocker.pointer, blocker.code) for blocker in found.blockers}
    assert found.bpmn


def test_blockers_and_questions_are_told_together():
    body = chain(event("intermediateThrowEvent", "w", "compensate"), task("t", kind="serviceTask"))
    found = import_model(bpmn(body))

    assert blockers(bpmn(body)) == {("w", "unsupported_event")}
    assert [(todo.pointer, todo.code) for todo in found.todos] == [("t", "no_operator")]


def test_a_guess_between_several_processes_is_asked_about():
    extra = second(task("x"), task("y"))
    body = chain(task("a"))

    assert todos(bpmn(body, extra, 'id="p"')) == {("q", "several_processes")}
    draft = import_model(bpmn(body, extra, 'id="p"')).bpmn
    assert b'id="q" isExecutable="true"' in draft
    assert b'id="p" isExecutable="false"' in draft


def test_the_process_marked_to_run_is_no_guess_nor_is_one_that_is_called():
    extra = second(task("x"), task("y"))

    assert import_model(bpmn(chain(task("a")), extra)).status == "accepted"
    call = chain(node("callActivity", "a", calledElement="q"))
    assert import_model(bpmn(call, extra, 'id="p"')).status == "accepted"


def test_a_file_is_as_bad_as_its_worst_process():
    extra = second(gateway("complex", "g"), isExecutable="false")

    assert blockers(bpmn(chain(task("a")), extra)) == {("g", "unsupported_element")}
