"""Each mistake only its author can mend: the rest of the model must be able to run."""

import pytest

from app.engine.importing.importer import import_model
from tests.unit.engine.importing.foreign import event, task, told
from tests.unit.engine.process_builder import (
    bpmn,
    chain,
    end,
    extensions,
    flow,
    gateway,
    node,
    properties,
    script,
    service,
    start,
    timer,
    user,
    wait,
)

SEVERAL = "multiInstanceLoopCharacteristics"


def spiff(name, text=""):
    return f"<spiffworkflow:{name}>{text}</spiffworkflow:{name}>"


def repeated(inner, kind="userTask", more=""):
    return chain(task("a", f"<bpmn:{SEVERAL}>{inner}</bpmn:{SEVERAL}>{more}", kind=kind))


def beside(inner, **attributes):
    return chain(user("a")) + node("boundaryEvent", "r", inner, attachedToRef="a", **attributes)


COUNT = "<bpmn:loopCardinality>3</bpmn:loopCardinality>"
MESSAGE = '<bpmn:message id="m" name="m">' + extensions(spiff("messageVariable", "x"))
ROUND = user("a") + gateway("exclusive", "g", default="f_g_a") + end() + flow("a", "g")
ROUND += flow("g", "a") + flow("g", "ende", "antrag.x")
CHOICE = start() + gateway("eventBased", "g") + flow("start", "g")


@pytest.mark.parametrize(
    ("code", "body"),
    [
        ("read_only", chain(script("a", "antrag = 1"))),
        ("bad_cycle", beside(timer("R3/immer", "timeCycle"), cancelActivity="false")),
        ("unsupported_timer", chain(wait("w", "0 0 9 * * MON", "timeCycle"))),
        (
            "bad_parameter",
            chain(service("a")).replace(
                "</spiffworkflow:parameters>",
                "<spiffworkflow:parameter/></spiffworkflow:parameters>",
            ),
        ),
        ("bad_property", chain(user("a", x="1")).replace('value="1"', "")),
        ("bad_deadline", chain(user("a", deadline="bald"))),
        ("variable_name", chain(node("userTask", "a", extensions(spiff("variableName", "x"))))),
        (
            "ignored_script",
            chain(node("receiveTask", "a", extensions(spiff("preScript", "x = 1")))),
        ),
        (
            "no_error",
            chain(service("s"))
            + node(
                "boundaryEvent",
                "r",
                '<bpmn:errorEventDefinition errorRef="weg"/>',
                attachedToRef="s",
            ),
        ),
        (
            "no_escalation",
            chain(
                node(
                    "intermediateThrowEvent",
                    "a",
                    '<bpmn:escalationEventDefinition escalationRef="weg"/>',
                )
            ),
        ),
        (
            "bad_maximum",
            chain(
                user("a").replace(
                    "></bpmn:userTask",
                    '><bpmn:standardLoopCharacteristics loopMaximum="0"/></bpmn:userTask',
                )
            ),
        ),
        ("bad_name", repeated(COUNT + '<bpmn:inputDataItem id="durchlauf" name="durchlauf"/>')),
        ("half_result", repeated(COUNT + '<bpmn:outputDataItem id="o" name="ergebnis"/>')),
        ("lost_results", repeated(COUNT, "scriptTask", "<bpmn:script>x = 1</bpmn:script>")),
        ("too_many_instances", repeated(COUNT.replace("3", "999"))),
        ("two_loops", repeated(COUNT, more='<bpmn:standardLoopCharacteristics loopMaximum="2"/>')),
        (
            "no_collection",
            repeated("<bpmn:loopDataInputRef>drin</bpmn:loopDataInputRef>")
            + '<bpmn:dataObject id="drin" name="Wege"/>',
        ),
        (
            "useless_boundary",
            chain(script("a", "x = 1"))
            + node("boundaryEvent", "r", timer("P1D"), attachedToRef="a"),
        ),
        (
            "useless_loop",
            CHOICE
            + task("a", f"<bpmn:{SEVERAL}>{COUNT}</bpmn:{SEVERAL}>", kind="receiveTask")
            + end()
            + flow("g", "a")
            + flow("a", "ende"),
        ),
        (
            "useless_boundary",
            CHOICE
            + task("a", kind="receiveTask")
            + end()
            + flow("g", "a")
            + flow("a", "ende")
            + node("boundaryEvent", "r", timer("P1D"), attachedToRef="a"),
        ),
        (
            "several_incoming_flows",
            CHOICE
            + wait("w", "P1D")
            + wait("v", "P2D")
            + end()
            + flow("g", "w")
            + flow("g", "v")
            + flow("v", "w")
            + flow("w", "ende"),
        ),
        ("no_outgoing_flow", CHOICE),
        (
            "no_end",
            start()
            + user("a")
            + gateway("exclusive", "g", default="f_g_a")
            + user("b")
            + flow("start", "a")
            + flow("a", "g")
            + flow("g", "a")
            + flow("g", "b", "antrag.x")
            + flow("b", "a"),
        ),
        (
            "no_end",
            start()
            + gateway("eventBased", "g")
            + wait("w", "P1D")
            + flow("start", "g")
            + flow("g", "w")
            + flow("w", "g"),
        ),
        (
            "event_part_connected",
            chain(user("a"))
            + node(
                "subProcess",
                "teil",
                node("startEvent", "s1", timer("P1D")) + end("e1") + flow("s1", "e1"),
                triggeredByEvent="true",
            )
            + event(
                "boundaryEvent",
                "r",
                "timer",
                "<bpmn:timeDuration>P1D</bpmn:timeDuration>",
                attachedToRef="teil",
            ),
        ),
        (
            "no_start_event",
            chain(user("a"))
            + node(
                "subProcess",
                "teil",
                start("s1") + end("e1") + flow("s1", "e1"),
                triggeredByEvent="true",
            ),
        ),
        ("one_start", ROUND),
    ],
)
def test_a_mistake_is_a_question_and_the_rest_can_run(code, body):
    found = import_model(bpmn(body))

    assert (found.status, found.reason, found.blockers) == ("todo", "", ())
    told(found)
    assert code in {todo.code for todo in found.todos}


def test_a_variable_at_a_message_is_asked_about():
    message = MESSAGE + "</bpmn:message>"
    body = chain(node("receiveTask", "a", messageRef="m"))

    assert [todo.code for todo in import_model(bpmn(body, message)).todos] == ["message_variable"]


def test_properties_of_our_own_stay():
    found = import_model(bpmn(chain(node("userTask", "a", properties(milestone="geprueft")))))

    assert (found.status, b'value="geprueft"' in found.bpmn) == ("accepted", True)
