"""Ereignisse: how a case begins here, and marks that BPMN does not allow."""

import re
from collections.abc import Mapping

from app.engine.importing.element_kinds import SUBPROCESSES
from app.engine.importing.sketch import (
    Sketch,
    definitions_of,
    is_event_subprocess,
    nodes_of,
)
from app.engine.modelling.xmlio import Element, bpmn, local, text_of

_SENT = frozenset({"message", "signal", "escalation", "compensate"})
_AWAITED = frozenset({"message", "signal", "timer", "conditional"})
ALLOWED: Mapping[str, frozenset[str]] = {
    "startEvent": _AWAITED | {"error", "escalation", "compensate"},
    "intermediateCatchEvent": _AWAITED | {"link"},
    "intermediateThrowEvent": _SENT | {"link"},
    "boundaryEvent": _AWAITED | {"error", "escalation", "cancel", "compensate"},
    "endEvent": _SENT | {"error", "cancel", "terminate"},
}
"""Which events BPMN knows where. Source: BPMN 2.0.2, table 10.93"""
_CYCLE = re.compile(r"R\d{0,4}/(P[\dYMWDTHS]+)")
_TIMES = ("timeDate", "timeDuration", "timeCycle")


def settle_events(sketch: Sketch) -> None:
    """Make events mean the same here as where they were drawn."""
    for scope in sketch.scopes():
        for node in nodes_of(scope):
            kind = local(node)
            if kind == "startEvent" and not is_event_subprocess(scope):
                _start(sketch, scope, node)
            elif kind == "intermediateThrowEvent":
                _turned(sketch, node)
            elif kind == "boundaryEvent":
                _boundary(sketch, node)
            elif kind in {"eventBasedGateway", "receiveTask"}:
                _instantiating(sketch, node)
            _allowed(sketch, node)
    for definition in sketch.all("timerEventDefinition"):
        _time(sketch, definition)


def _allowed(sketch: Sketch, node: Element) -> None:
    """Ask where BPMN itself knows no such event; several at once are more than we can run."""
    kinds = [
        local(definition).removesuffix("EventDefinition") for definition in definitions_of(node)
    ]
    allowed = ALLOWED.get(local(node))
    if allowed is None or not kinds:
        return
    if not allowed.issuperset(kinds):
        message = "Dieses Ereignis gibt es an dieser Stelle nicht. Bitte wählen Sie ein anderes."
        sketch.ask(node, "wrong_event", message)
    elif len(kinds) > 1:
        message = (
            "Mehrere Ereignisse an einem Element werden nicht unterstützt. Bitte trennen Sie sie."
        )
        sketch.ask(node, "several_events", message)


def _start(sketch: Sketch, scope: Element, node: Element) -> None:
    """Let a case begin with an application, and a subprocess when it is reached."""
    kinds = {local(definition) for definition in definitions_of(node)}
    if not kinds:
        return
    if local(scope) in SUBPROCESSES:
        _empty(node)
        message = "Ein Teilprozess beginnt, sobald er erreicht wird; der Auslöser entfiel."
        sketch.note(node, "trigger_removed", message)
    elif kinds == {"messageEventDefinition"}:
        _empty(node)
        message = "Der Vorgang beginnt mit dem Antrag; er ist die Nachricht, auf die es ankam."
        sketch.note(node, "trigger_removed", message)


def _turned(sketch: Sketch, node: Element) -> None:
    """Wait for times and conditions, which nobody sends."""
    kinds = {local(definition) for definition in definitions_of(node)}
    if kinds and kinds <= {"timerEventDefinition", "conditionalEventDefinition"}:
        sketch.retag(node, "intermediateCatchEvent")
        sketch.note(node, "event_turned", "Auf dieses Ereignis wird nun gewartet.")


def _boundary(sketch: Sketch, node: Element) -> None:
    fails = node.find(bpmn("errorEventDefinition"))
    if fails is not None and node.get("cancelActivity", "true") != "true":
        node.set("cancelActivity", "true")
        sketch.note(node, "made_interrupting", "Ein Fehler beendet die Aufgabe immer.")


def _instantiating(sketch: Sketch, node: Element) -> None:
    if node.attrib.pop("instantiate", "false") == "true":
        sketch.note(
            node, "trigger_removed", "Der Vorgang beginnt mit dem Antrag und wartet dann hier."
        )


def _time(sketch: Sketch, definition: Element) -> None:
    """Remove empty times, and write as a duration what comes only once."""
    for part in list(definition):
        if local(part) in _TIMES and not text_of(part):
            definition.remove(part)
    cycle, event = definition.find(bpmn("timeCycle")), definition.getparent()
    if cycle is None or event is None or _goes_on(event):
        return
    match = _CYCLE.fullmatch(text_of(cycle))
    if match is not None:
        cycle.tag = bpmn("timeDuration")
        cycle.text = match.group(1)
        sketch.note(event, "first_time", "Hier zählt nur das erste Mal; es ist nun eine Dauer.")


def _goes_on(event: Element) -> bool:
    return "false" in {event.get("cancelActivity"), event.get("isInterrupting")}


def _empty(node: Element) -> None:
    for definition in definitions_of(node):
        node.remove(definition)
    for name in ("parallelMultiple", "isInterrupting"):
        node.attrib.pop(name, None)
