"""Aufgaben: plain tasks, calls of global tasks and the like become kinds that can run."""

from collections.abc import Mapping

from app.engine.importing.sketch import Sketch
from app.engine.modelling.xmlio import Element, bpmn, local

_GLOBAL: Mapping[str, str] = {
    "globalTask": "manualTask",
    "globalUserTask": "userTask",
    "globalManualTask": "manualTask",
    "globalScriptTask": "scriptTask",
    "globalBusinessRuleTask": "businessRuleTask",
}


def settle_tasks(sketch: Sketch) -> None:
    """Give every task a kind of its own."""
    for task in sketch.all("task"):
        sketch.retag(task, "manualTask")
        message = "Die Aufgabe hatte keine Art; nun erledigt sie ein Mensch."
        sketch.note(task, "task_kind", message)
    _global_tasks(sketch)


def _global_tasks(sketch: Sketch) -> None:
    kinds = {
        child.get("id"): child
        for child in sketch.root
        if local(child) in _GLOBAL and child.get("id")
    }
    for call in sketch.all("callActivity"):
        called = kinds.get(call.get("calledElement"))
        if called is None:
            continue
        del call.attrib["calledElement"]
        sketch.retag(call, _GLOBAL[local(called)])
        _take_over(call, called)
        sketch.note(call, "task_in_line", "Der Aufruf einer Aufgabe ist nun diese Aufgabe selbst.")


def _take_over(call: Element, called: Element) -> None:
    if not call.get("name") and called.get("name"):
        call.set("name", called.get("name", ""))
    for script in called.findall(bpmn("script")):
        call.append(script)
    if called.get("scriptLanguage"):
        call.set("scriptFormat", called.get("scriptLanguage", ""))
