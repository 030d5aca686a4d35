import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.importing.importer import import_model
from app.engine.quarantine.quarantine import Quarantine
from tests.unit.engine.importing.foreign import accepted, changes, event, task, todos
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

SOURCE = bpmn(
    start()
    + gateway("exclusive", "g")
    + task("a")
    + node("subProcess", "teil", task("innen"))
    + event("boundaryEvent", "r", "timer", attachedToRef="a")
    + wait("w", "${frist}")
    + end()
    + flow("start", "g")
    + flow("g", "a", "${x &gt; 1}".replace("&gt;", ">"))
    + flow("g", "teil")
    + flow("a", "w")
    + flow("w", "ende")
    + flow("teil", "ende")
)
NO_XML = "Die Datei ist kein lesbares XML."
TOO_MUCH = "Die Datei hat zu viele Elemente. Bitte teilen Sie das Modell."
TOO_MANY = "Ein Element darf höchstens 100 Attribute haben."
NAMESPACE = 'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", NO_XML),
        (b"\x00\xff" * 40, NO_XML),
        (SOURCE[:900], NO_XML),
        (SOURCE + b"\x00", NO_XML),
        (b"<x>" * 5_000, NO_XML),
        (b" " * 3_000_000, "Die Datei ist größer als 1 MB."),
        (
            b'<!DOCTYPE x [<!ENTITY a "b">]>' + SOURCE.split(b"?>")[1],
            "Die Datei darf keine DOCTYPE-Angabe enthalten.",
        ),
        (b"<svg/>", "Die Datei ist kein Modell in BPMN 2.0."),
        (b"<definitions/>", "Die Datei ist kein Modell in BPMN 2.0."),
        (f"<definitions {NAMESPACE}/>".encode(), "In dieser Datei ist kein Ablauf gezeichnet."),
        (bpmn("<a/>" * 70_000), TOO_MUCH),
        (bpmn("<a " + " ".join(f'a{n}=""' for n in range(60_000)) + "/>"), TOO_MANY),
        (bpmn(task("a") * 300), "Zu viele Kennungen kommen mehrfach vor."),
    ],
)
def test_a_file_that_is_no_model_fails_with_a_reason(content, reason):
    found = import_model(content)

    assert (found.status, found.reason, found.bpmn) == ("failed", reason, None)


@pytest.mark.parametrize(
    "content",
    [
        bpmn("<bpmn:subProcess>" * 120 + "</bpmn:subProcess>" * 120),
        bpmn("".join(flow("a", "b", id=f"f{n}") for n in range(7_000)) + task("a") + task("b")),
        bpmn("".join(node("process", f"p{n}", task(f"t{n}")) for n in range(40))),
    ],
)
def test_a_costly_file_is_refused_soon(content):
    assert import_model(content).status in {"blocked", "failed"}


@given(st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_bytes_give_an_answer(content):
    assert import_model(content).status == "failed"


@given(st.integers(0, 2**32))
@settings(max_examples=80, deadline=None)
def test_a_damaged_model_gives_an_answer_that_was_foreseen(seed):
    chance = random.Random(seed)
    parts = SOURCE.decode().split("<")
    for _ in range(chance.randrange(1, 8)):
        one, other = chance.randrange(1, len(parts)), chance.randrange(1, len(parts))
        parts[one] = chance.choice(
            [
                parts[other],
                parts[one].replace('"a"', chance.choice(['"g"', '""', '"ö ö"', '"x:a"'])),
                parts[one].replace("sequenceFlow", "task"),
                parts[one].replace("exclusiveGateway", "endEvent").replace("task", "startEvent"),
            ]
        )
    found = import_model("<".join(parts).encode())

    assert "ließ sich nicht auswerten" not in found.reason
    if found.bpmn:
        assert import_model(found.bpmn).status == found.status


def test_importing_gives_the_same_bytes_each_time():
    assert import_model(SOURCE) == import_model(SOURCE)
    assert import_model(SOURCE).status == "todo"


def test_prefixes_before_ids_are_taken_off():
    body = chain(task("a")).replace('Ref="a"', 'Ref="tns:a"')
    item = '<bpmn:itemDefinition id="i" structureRef="xsd:string"/>'

    assert Played(accepted(bpmn(body, item)).bpmn).open == ["a"]


def test_ids_that_are_no_names_are_replaced_everywhere():
    body = chain(task("a")).replace('"a"', '"{1 2}"')
    lane = "<bpmn:laneSet id='ls'><bpmn:lane id='l' name='Bauamt'><bpmn:flowNodeRef>{1 2}"
    found = accepted(bpmn(f"{lane}</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>{body}"))

    [open_task] = Played(found.bpmn).step.open_tasks
    assert (open_task.element, open_task.lane) == ("_1_2_", "Bauamt")
    assert ("_1_2_", "renamed") in changes(found)


def test_an_id_used_twice_in_two_pools_is_parted():
    found = import_model(
        bpmn(chain(task("a")), node("process", "q", chain(task("a")), isExecutable="false"))
    )

    assert found.status == "accepted"
    assert b'id="a_2"' in found.bpmn
    assert b'sourceRef="start_2"' in found.bpmn or b'targetRef="start_2"' in found.bpmn


def test_ids_of_the_drawing_and_of_other_tools_may_not_clash():
    other = '<x:mark xmlns:x="urn:x" id="a"/>'
    body = chain(task("a", f"<bpmn:extensionElements>{other}</bpmn:extensionElements>"))

    assert Played(accepted(bpmn(body)).bpmn).open == ["a"]


def test_ids_that_the_engine_keeps_for_itself_are_replaced():
    body = chain(task("a")).replace('"start"', '"Start"').replace('"ende"', '"End"')
    found = accepted(bpmn(body))

    assert {("Element_Start", "renamed"), ("Element_End", "renamed")} <= changes(found)


def test_elements_without_an_id_get_one():
    body = chain(task("a")).replace('<bpmn:sequenceFlow id="f_a_ende"', "<bpmn:sequenceFlow")

    assert {code for _, code in changes(accepted(bpmn(body)))} == {"identified", "task_kind"}


def test_text_that_only_claims_to_be_utf_8_is_read():
    source = bpmn(chain(task("a"))).decode().replace("Aufgabe a", "Prüfung").encode("cp1252")

    [open_task] = Played(accepted(source).bpmn).step.open_tasks
    assert open_task.name == "Prüfung"


def test_a_confined_process_reads_it_too():
    source = bpmn(chain(task("a"))).decode().replace("Aufgabe a", "Prüfung").encode("cp1252")

    with Quarantine() as quarantine:
        assert quarantine.examine(source) == import_model(source)


def test_what_other_tools_put_between_the_elements_is_removed():
    body = chain(task("a")) + '<x:mark xmlns:x="urn:x"/><bpmn:performer id="pf"/>'

    assert Played(accepted(bpmn(body)).bpmn).open == ["a"]


def test_lanes_and_drawn_data_stay():
    data = '<bpmn:dataObject id="d1"/><bpmn:dataObjectReference id="d2" dataObjectRef="d1"/>'
    draft = accepted(bpmn(data + chain(task("a")))).bpmn

    assert b'dataObjectRef="d1"' in draft


def test_a_default_namespace_is_as_good_as_a_prefix():
    source = bpmn(chain(task("a"))).replace(b"bpmn:", b"").replace(b"xmlns:bpmn", b"xmlns")
    source = source.replace(b"xmlns:<", b"<")

    assert todos(
        source.replace(b"<task", b"<serviceTask").replace(b"</task", b"</serviceTask")
    ) == {("a", "no_operator")}
