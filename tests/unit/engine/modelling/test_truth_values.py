import pytest

from app.engine.importing.reading import read_foreign
from app.engine.modelling.xmlio import bpmn as tag
from app.engine.modelling.xmlio import read_xml
from tests.unit.engine.event_builder import part
from tests.unit.engine.process_builder import (
    Played,
    bpmn,
    chain,
    end,
    faults,
    flow,
    node,
    timer,
    user,
)


def reminded(truth):
    reminder = node("boundaryEvent", "b", timer("P1D"), attachedToRef="a", cancelActivity=truth)
    return bpmn(chain(user("a")) + reminder + end("e2") + flow("b", "e2"))


@pytest.mark.parametrize(
    ("written", "meant"),
    [("1", "true"), (" true ", "true"), ("0", "false"), ("\tfalse", "false"), ("true", "true")],
)
def test_all_ways_to_write_a_truth_value_mean_the_same(written, meant):
    for root in (read_xml(reminded(written), "x"), read_foreign(reminded(written))[0]):
        assert root.find(f".//{tag('boundaryEvent')}").get("cancelActivity") == meant


def test_an_event_with_one_for_yes_interrupts():
    assert Played(reminded("1")).after(days=2).open == []
    assert Played(reminded("0")).after(days=2).open == ["a"]


def test_a_subprocess_that_no_event_starts_may_say_so():
    quiet = part("t", user("a")).replace('id="t"', 'id="t" triggeredByEvent="0"')
    assert Played(bpmn(chain(quiet))).open == ["a"]


@pytest.mark.parametrize("written", ["ja", "", "TRUE", "2"])
def test_any_other_truth_value_is_refused(written):
    assert faults(reminded(written)) == {("b", "bad_boolean")}


def test_other_vocabularies_keep_their_values():
    foreign = '<x:y xmlns:x="urn:x" isSequential="vielleicht"/>'
    source = bpmn(chain(user("a")) + foreign)
    assert read_xml(source, "x").find(".//{urn:x}y").get("isSequential") == "vielleicht"
