from tests.unit.engine.loop_builder import each
from tests.unit.engine.process_builder import (
    ENGINE,
    bpmn,
    chain,
    end,
    flow,
    gateway,
    message,
    node,
    script,
    service,
    start,
    user,
    wait,
)


def uses(body, extra=""):
    found = ENGINE.deploy(bpmn(body, extra)).uses
    return {use.element: (set(use.reads), set(use.writes)) for use in found}


def test_conditions_timers_services_and_scripts_tell_what_they_use():
    found = uses(
        start()
        + script(
            "rechnen", "summe = antrag.flaeche * satz\nfor x in antrag.orte: summe += x.groesse"
        )
        + service("senden", result="antwort", an="antrag.name.nach", fest="'Text'")
        + wait("warten", "vorgang.eingang")
        + gateway("exclusive", "g", default="d")
        + user("a")
        + end()
        + flow("start", "rechnen")
        + flow("rechnen", "senden")
        + flow("senden", "warten")
        + flow("warten", "g")
        + flow("g", "a", "antwort.ok and summe > 3", id="f1")
        + flow("g", "ende", id="d")
        + flow("a", "ende")
    )
    assert found == {
        "rechnen": ({"antrag.flaeche", "satz", "antrag.orte"}, {"summe"}),
        "senden": ({"antrag.name.nach"}, {"antwort"}),
        "warten": ({"vorgang.eingang"}, set()),
        "f1": ({"antwort.ok", "summe"}, set()),
    }


def test_what_belongs_to_a_round_is_no_process_data():
    task = service("senden", an="stelle.name", nummer="durchlauf.nummer", az="vorgang.az").replace(
        "</bpmn:serviceTask>",
        each("antrag.stellen", "stelle", "antwort", "antworten", until="antwort == fertig")
        + "</bpmn:serviceTask>",
    )
    assert uses(chain(task)) == {
        "senden": ({"antrag.stellen", "vorgang.az", "fertig"}, {"antworten"})
    }


def test_conditions_within_a_round_read_its_item_too():
    inner = (
        start("s")
        + gateway("exclusive", "g", default="d")
        + user("a")
        + end("e")
        + flow("s", "g")
        + flow("g", "a", "stelle.wichtig and vorgang.eilt", id="f1")
        + flow("g", "e", id="d")
        + flow("a", "e")
    )
    part = node("subProcess", "teil", each("antrag.stellen", "stelle") + inner)
    assert uses(chain(part)) == {
        "teil": ({"antrag.stellen"}, set()),
        "f1": ({"vorgang.eilt"}, set()),
    }


def test_messages_and_signals_bring_data():
    catch = node("intermediateCatchEvent", "post", message("m1", "rueck"))
    assert uses(chain(catch), '<bpmn:message id="m1" name="x"/>')["post"] == (set(), {"rueck"})
