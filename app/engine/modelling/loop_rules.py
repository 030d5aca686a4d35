"""Regeln für Wiederholungen und Aufrufe: which tasks may be repeated, which processes called."""

from collections.abc import Iterator, Mapping

from app.engine.modelling.loops import (
    COUNTER,
    MAX_INSTANCES,
    InstanceLoop,
    instance_loop,
    is_multiple,
)
from app.engine.modelling.model import (
    ACTIVITIES,
    SUBPROCESSES,
    Model,
    extension,
    properties_of,
)
from app.engine.modelling.xmlio import Element, bpmn, local, spiff, text_of
from app.errors import FieldFault

_MAX_ROUNDS = 1_000


def _fault(node: Element, code: str, message: str) -> FieldFault:
    return FieldFault(node.get("id", ""), code, message)


def loop_faults(model: Model) -> Iterator[FieldFault]:
    """List repetitions without an end, a list or a place for their results."""
    for node in model.flow_nodes.values():
        loop = node.find(bpmn("standardLoopCharacteristics"))
        yield from _place(node, repeated=loop is not None or is_multiple(node))
        if loop is not None:
            yield from _loop(node, loop)
        if is_multiple(node):
            yield from _instances(node, instance_loop(node))
        if loop is not None and is_multiple(node):
            yield _fault(node, "two_loops", "Bitte wählen Sie nur eine Art der Wiederholung.")


def _place(node: Element, *, repeated: bool) -> Iterator[FieldFault]:
    if repeated and local(node) not in ACTIVITIES:
        message = "Wiederholen lassen sich nur Aufgaben, Teilprozesse und Aufrufe."
        yield _fault(node, "loop_not_here", message)
    elif local(node) == "transaction" and is_multiple(node):
        message = (
            "Eine Transaktion lässt sich nicht mehrfach ausführen. Bitte legen Sie sie in einen "
            "Teilprozess und wiederholen Sie diesen."
        )
        yield _fault(node, "loop_not_here", message)


def _loop(node: Element, loop: Element) -> Iterator[FieldFault]:
    maximum = loop.get("loopMaximum")
    if maximum is not None and not (maximum.isdecimal() and 0 < int(maximum) <= _MAX_ROUNDS):
        message = f"Höchstens {_MAX_ROUNDS} Durchläufe sind möglich, angegeben als ganze Zahl."
        yield _fault(node, "bad_maximum", message)
    if maximum is None and not text_of(loop.find(bpmn("loopCondition"))):
        message = "Hier fehlt, wie lange die Aufgabe wiederholt wird."
        yield _fault(node, "no_loop_condition", message)


def _instances(node: Element, loop: InstanceLoop) -> Iterator[FieldFault]:
    if bool(loop.collection) == bool(loop.cardinality):
        message = "Hier wird entweder eine Liste oder eine Anzahl von Durchläufen gebraucht."
        yield _fault(node, "no_collection", message)
    if loop.cardinality.isdecimal() and int(loop.cardinality[:9]) > MAX_INSTANCES:
        message = f"Mehr als {MAX_INSTANCES} Durchläufe sind nicht möglich."
        yield _fault(node, "too_many_instances", message)
    if bool(loop.result) != bool(loop.results):
        message = "Ein Ergebnis braucht beides: den Namen je Durchlauf und den der Liste."
        yield _fault(node, "half_result", message)
    names = [name for name in (loop.item, loop.result, loop.results) if name]
    if COUNTER in names or not all(name.isidentifier() for name in names):
        message = "Diesen Namen können Sie hier nicht verwenden. Bitte wählen Sie einen anderen."
        yield _fault(node, "bad_name", message)
    if not loop.results and _has_result(node):
        message = "Die Ergebnisse der Durchläufe gingen verloren. Bitte geben Sie eine Liste an."
        yield _fault(node, "lost_results", message)


def _has_result(node: Element) -> bool:
    """Tell whether a round brings something, in a subprocess by what lies in it."""
    if local(node) in SUBPROCESSES and any(
        _has_result(child) for child in node if local(child) in ACTIVITIES
    ):
        return True
    operator = extension(node, "serviceTaskOperator")
    if operator is not None and operator.get("resultVariable"):
        return True
    return (
        "formJsonSchemaFilename" in properties_of(node)
        or local(node) in {"scriptTask", "businessRuleTask"}
        or any(text_of(part) for part in node.iter(spiff("messageVariable")))
    )


def call_faults(model: Model) -> Iterator[FieldFault]:
    """List calls that lead nowhere or back to where they come from."""
    ahead: dict[Element, set[Element]] = {}
    calls = {process: _called(model, process) for process in model.processes}
    for node in model.flow_nodes.values():
        if local(node) != "callActivity":
            continue
        called = model.called_process(node)
        if called is None:
            message = "Den aufgerufenen Prozess gibt es in dieser Datei nicht."
            yield _fault(node, "no_called_process", message)
            continue
        if called not in ahead:
            ahead[called] = _reached(called, calls)
        own = next(above for above in node.iterancestors() if local(above) == "process")
        if own in ahead[called]:
            message = "Dieser Aufruf führt im Kreis zurück."
            yield _fault(node, "calls_itself", message)


def _called(model: Model, process: Element) -> set[Element]:
    found = (model.called_process(call) for call in process.iter(bpmn("callActivity")))
    return {called for called in found if called is not None}


def _reached(process: Element, calls: Mapping[Element, set[Element]]) -> set[Element]:
    seen, waiting = {process}, [process]
    while waiting:
        new = calls[waiting.pop()] - seen
        seen |= new
        waiting += new
    return seen
