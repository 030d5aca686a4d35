import pytest

from app.engine.importing.foreign_expressions import translate, translate_time
from app.engine.importing.importer import import_model
from tests.unit.engine.importing.foreign import accepted, changes, task, todos
from tests.unit.engine.process_builder import (
    Played,
    bpmn,
    chain,
    end,
    flow,
    gateway,
    node,
    start,
    wait,
)

CAMUNDA = 'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
ZEEBE = 'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" '


def foreign(body, namespace=CAMUNDA):
    return bpmn(body).replace(b"<bpmn:process ", b"<bpmn:process " + namespace.encode(), 1)


def zeebe(inner):
    return f"<bpmn:extensionElements>{inner}</bpmn:extensionElements>"


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("${antrag.x > 3}", "antrag.x > 3"),
        ("#{antrag.x ge 3 && !antrag.y}", "antrag.x >= 3 and not antrag.y"),
        ("${a || b and c}", "a or b and c"),
        ("${art eq 'a && b'}", "art == 'a && b'"),
        ("${empty antrag.x or antrag.y ne null}", "not antrag.x or antrag.y != None"),
        ("= antrag.x = true and (y < 2)", "antrag.x == True and (y < 2)"),
        ('=stadt = "Kassel"', 'stadt == "Kassel"'),
        ("true", "True"),
        ("antrag.x > 3", None),
        ("${execution.getVariable('x')}", None),
        ("${a ? b : c}", None),
        ("=if a then b else c", None),
        ("=date(x) < now()", None),
        ("${}", None),
        ("${a} ${b}", None),
    ],
)
def test_plain_foreign_expressions_are_translated(text, ours):
    assert translate(text) == ours


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ('="P14D"', "P14D"),
        ('"PT1H"', "PT1H"),
        ("${frist}", "frist"),
        ("P1D", None),
        ("14 Tage", None),
    ],
)
def test_plain_foreign_times_are_translated(text, ours):
    assert translate_time(text) == ours


def test_a_translated_condition_decides_as_before():
    body = start() + gateway("exclusive", "g", default="f_g_b") + task("a") + task("b") + end()
    body += flow("start", "g") + flow("g", "a", "${antrag.x >= 3 && antrag.y == true}")
    body += flow("g", "b") + flow("a", "ende") + flow("b", "ende")
    found = accepted(bpmn(body))

    assert Played(found.bpmn, {"antrag": {"x": 3, "y": True}}).open == ["a"]
    assert Played(found.bpmn, {"antrag": {"x": 3, "y": False}}).open == ["b"]
    assert ("f_g_a", "expression_translated") in changes(found)


def test_a_form_of_another_tool_is_named_and_asked_about():
    source = foreign(
        chain(task("a", kind="userTask", **{"camunda:formKey": "embedded:app:forms/antrag.html"}))
    )

    assert todos(source) == {("a", "foreign_form")}
    assert b'name="formJsonSchemaFilename" value="antrag.json"' in import_model(source).bpmn


def test_who_does_a_task_is_told():
    source = foreign(chain(task("a", kind="userTask", **{"camunda:candidateGroups": "bauamt"})))
    [note] = accepted(source).changes

    assert (note.code, "„bauamt“" in note.message) == ("assignee", True)


@pytest.mark.parametrize(
    "attributes",
    [
        {"camunda:type": "external", "camunda:topic": "brief"},
        {"camunda:delegateExpression": "brief"},
        {"camunda:class": "brief"},
    ],
)
def test_a_foreign_call_is_quoted_where_a_service_is_missing(attributes):
    source = foreign(chain(task("a", kind="serviceTask", **attributes)))
    [todo] = import_model(source).todos

    assert (todo.pointer, todo.code, "„brief“" in todo.message) == ("a", "no_operator", True)


@pytest.mark.parametrize("namespace", ["http://activiti.org/bpmn", "http://flowable.org/bpmn"])
def test_the_relatives_of_that_tool_are_read_too(namespace):
    source = foreign(
        chain(task("a", kind="businessRuleTask", **{"x:decisionRef": "gebuehr"})),
        f'xmlns:x="{namespace}" ',
    )

    assert todos(source) == {("a", "unknown_decision")}


def test_a_collection_is_repeated_for():
    marks = 'camunda:collection="${antrag.wege}" camunda:elementVariable="weg"'
    loop = f"<bpmn:multiInstanceLoopCharacteristics {marks}/>"
    found = accepted(foreign(chain(task("a", loop, kind="userTask"))))

    assert Played(found.bpmn, {"antrag": {"wege": [1, 2, 3]}}).open == ["a", "a", "a"]
    assert b'<bpmn:dataObject id="antrag.wege"' in found.bpmn


def test_a_collection_that_takes_computing_is_asked_about():
    loop = '<bpmn:multiInstanceLoopCharacteristics camunda:collection="${dienst.lade()}"/>'

    assert todos(foreign(chain(task("a", loop, kind="userTask")))) == {("a", "no_collection")}


def test_the_marks_of_the_newer_tool_are_read_from_its_extensions():
    loop = (
        "<bpmn:multiInstanceLoopCharacteristics>"
        + zeebe('<zeebe:loopCharacteristics inputCollection="=antrag.wege" inputElement="weg"/>')
        + "</bpmn:multiInstanceLoopCharacteristics>"
    )
    body = chain(
        task("u", zeebe('<zeebe:formDefinition formId="pruefung"/>'), kind="userTask"),
        task("m", loop, kind="manualTask"),
        task("s", zeebe('<zeebe:taskDefinition type="brief"/>'), kind="serviceTask"),
        task("d", zeebe('<zeebe:calledDecision decisionId="gebuehr"/>'), kind="businessRuleTask"),
        node("callActivity", "c", zeebe('<zeebe:calledElement processId="anderer"/>')),
        task(
            "x",
            zeebe('<zeebe:script expression="=antrag.x + 1" resultVariable="y"/>'),
            kind="scriptTask",
        ),
        wait("w", '="P2D"'),
    )

    assert todos(foreign(body, ZEEBE)) == {
        ("u", "foreign_form"),
        ("s", "no_operator"),
        ("d", "unknown_decision"),
        ("c", "no_called_process"),
    }
    draft = import_model(foreign(body, ZEEBE)).bpmn
    assert b"<bpmn:script>y = antrag.x + 1</bpmn:script>" in draft
    assert b"<bpmn:timeDuration>P2D</bpmn:timeDuration>" in draft


def test_calls_of_global_tasks_become_these_tasks():
    extra = '<bpmn:globalUserTask id="pruefen" name="Prüfen"/>'
    found = accepted(bpmn(chain(node("callActivity", "a", calledElement="pruefen")), extra))

    [open_task] = Played(found.bpmn).step.open_tasks
    assert (open_task.element, open_task.name) == ("a", "Prüfen")


def test_a_cycle_where_only_the_first_time_counts_is_a_duration():
    found = accepted(bpmn(chain(wait("w", "R3/P2D", "timeCycle"))))

    assert Played(found.bpmn).after(days=3).step.completed
    assert ("w", "first_time") in changes(found)


def test_events_defined_elsewhere_are_put_where_they_are_used():
    extra = (
        '<bpmn:timerEventDefinition id="t1"><bpmn:timeDuration>P2D</bpmn:timeDuration>'
        "</bpmn:timerEventDefinition>"
    )
    reference = "<bpmn:eventDefinitionRef>t1</bpmn:eventDefinitionRef>"
    found = accepted(bpmn(chain(node("intermediateCatchEvent", "w", reference)), extra))

    assert Played(found.bpmn).after(days=3).step.completed
