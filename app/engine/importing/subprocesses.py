"""Teilprozesse: drawn closed and empty, they become one step to do."""

from app.engine.importing.sketch import Sketch, is_event_subprocess, nodes_of
from app.engine.modelling.xmlio import local


def fill_subprocesses(sketch: Sketch) -> None:
    """Give each empty subprocess one task of its own name."""
    for scope in sketch.all("subProcess", "transaction"):
        if nodes_of(scope) or is_event_subprocess(scope):
            continue
        key, name = scope.get("id", ""), scope.get("name", "")
        begin = sketch.add_node(scope, "startEvent", f"{key}_start")
        step = sketch.add_node(scope, "manualTask", f"{key}_step", name or local(scope))
        end = sketch.add_node(scope, "endEvent", f"{key}_end")
        sketch.layout.inside([begin, step, end], scope)
        sketch.add_flow(scope, begin.get("id", ""), step.get("id", ""))
        sketch.add_flow(scope, step.get("id", ""), end.get("id", ""))
        message = "Der Teilprozess war leer; er enthält nun eine Aufgabe seines Namens."
        sketch.note(scope, "subprocess_filled", message)
