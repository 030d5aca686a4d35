"""Models whose ways bring known defects of the library to light, the same for both engines."""

from tests.unit.engine.process_builder import (
    ENGINE,
    bpmn,
    chain,
    end,
    flow,
    gateway,
    node,
    start,
    user,
)


def complete_first(case, **changes):
    """Do the first open task of a played case, however many others of its element there are."""
    [task, *_] = case.step.open_tasks
    case.step = ENGINE.complete(case.deployment, case.step.state, task.id, changes, case.now)
    return case


def side_by_side(kind="parallel"):
    """After ``vorher`` the tasks ``a`` and ``b`` at the same time, then ``danach``."""
    condition = "True" if kind == "inclusive" else None
    return bpmn(
        start()
        + user("vorher")
        + gateway(kind, "teilen")
        + user("a")
        + user("b")
        + gateway(kind, "beides")
        + user("danach")
        + end()
        + flow("start", "vorher")
        + flow("vorher", "teilen")
        + flow("teilen", "a", condition)
        + flow("teilen", "b", condition)
        + flow("a", "beides")
        + flow("b", "beides")
        + flow("beides", "danach")
        + flow("danach", "ende")
    )


def correction_loop():
    """The task ``korrigieren`` again and again, until ``fertig`` is true."""
    return bpmn(
        start()
        + user("korrigieren")
        + gateway("exclusive", "pruefen", default="nochmal")
        + end()
        + flow("start", "korrigieren")
        + flow("korrigieren", "pruefen")
        + flow("pruefen", "korrigieren", id="nochmal")
        + flow("pruefen", "ende", "fertig == True")
    )


def for_each(sequential, task="stellungnahme", items="stellen", item="stelle"):
    """One task for each entry of a list, then ``danach``."""
    kind = "true" if sequential else "false"
    repeated = (
        f'<bpmn:multiInstanceLoopCharacteristics isSequential="{kind}">'
        f"<bpmn:loopDataInputRef>{items}</bpmn:loopDataInputRef>"
        f'<bpmn:inputDataItem id="{item}" name="{item}"/>'
        "</bpmn:multiInstanceLoopCharacteristics>"
    )
    return bpmn(chain(node("userTask", task, repeated, name="Stellungnahme"), user("danach")))


def with_part(task="teil"):
    """A subprocess ``abschnitt`` with one task in it, then ``danach``."""
    inside = (
        start("abschnitt_beginnt")
        + user(task)
        + end("abschnitt_endet")
        + flow("abschnitt_beginnt", task)
        + flow(task, "abschnitt_endet")
    )
    return bpmn(chain(node("subProcess", "abschnitt", inside), user("danach")))


def choice_by_answer():
    """The task ``antworten``, then the way by ``antwort``: ``ja``, ``nein`` or none at all."""
    return bpmn(
        start()
        + user("antworten")
        + gateway("exclusive", "wie")
        + end("zugesagt")
        + end("abgesagt")
        + flow("start", "antworten")
        + flow("antworten", "wie")
        + flow("wie", "zugesagt", "antwort == 'ja'")
        + flow("wie", "abgesagt", "antwort == 'nein'")
    )


def one_way_into_a_join(*, or_past_it):
    """Only one of two ways is taken, and yet both are waited for; a third way may lead past."""
    past = end("abgebrochen") + flow("welcher", "abgebrochen", "abbruch == True")
    return bpmn(
        start()
        + gateway("exclusive", "welcher", default="zu_a")
        + user("a")
        + user("b")
        + gateway("parallel", "beide")
        + end()
        + flow("start", "welcher")
        + flow("welcher", "a", id="zu_a")
        + flow("welcher", "b", "False")
        + flow("a", "beide")
        + flow("b", "beide")
        + flow("beide", "ende")
        + (past if or_past_it else "")
    )


def two_pairs():
    """The tasks ``a`` to ``d``; one of ``a`` and ``b`` and one of ``c`` and ``d`` make a pair."""
    return bpmn(
        start()
        + gateway("parallel", "teilen")
        + "".join(user(name) for name in "abcd")
        + gateway("exclusive", "links")
        + gateway("exclusive", "rechts")
        + gateway("parallel", "paar")
        + user("danach")
        + end()
        + flow("start", "teilen")
        + "".join(flow("teilen", name) for name in "abcd")
        + "".join(flow(name, "links") for name in "ab")
        + "".join(flow(name, "rechts") for name in "cd")
        + flow("links", "paar")
        + flow("rechts", "paar")
        + flow("paar", "danach")
        + flow("danach", "ende")
    )


def drawn(upper, lower):
    """The tasks ``erstes`` and ``zweites`` at the same time, drawn one above the other."""
    shapes = "".join(
        f'<bpmndi:BPMNShape id="{name}_di" bpmnElement="{name}">'
        f'<dc:Bounds x="100" y="{height}" width="100" height="80"/></bpmndi:BPMNShape>'
        for name, height in ((upper, 100), (lower, 300))
    )
    drawing = (
        '<bpmndi:BPMNDiagram xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
        'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" id="bild">'
        f'<bpmndi:BPMNPlane id="flaeche" bpmnElement="p">{shapes}</bpmndi:BPMNPlane>'
        "</bpmndi:BPMNDiagram></bpmn:definitions>"
    )
    model = bpmn(
        start()
        + gateway("parallel", "teilen")
        + user("erstes")
        + user("zweites")
        + end()
        + flow("start", "teilen")
        + flow("teilen", "erstes")
        + flow("teilen", "zweites")
        + flow("erstes", "ende", id="f_erstes")
        + flow("zweites", "ende", id="f_zweites")
    )
    return model.replace(b"</bpmn:definitions>", drawing.encode())
