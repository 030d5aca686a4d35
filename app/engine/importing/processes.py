"""Beteiligte: which of several processes in a file is the one to run."""

import re

from app.engine.importing.reading import repoint
from app.engine.importing.sketch import Sketch, nodes_of
from app.engine.modelling.model import Model
from app.engine.modelling.rules import model_faults
from app.engine.modelling.xmlio import Element, bpmn

_MAYBE_RESERVED = re.compile(r"Start|End|.*\.")  # spares most files a look at all rules


def drawn_processes(sketch: Sketch) -> list[Element]:
    """List processes in which something happens and that no other one calls."""
    processes = [one for one in sketch.root.findall(bpmn("process")) if nodes_of(one)]
    called = {
        call.get("calledElement")
        for one in processes
        for call in one.iter(bpmn("callActivity"))
        if call.get("calledElement") != one.get("id")
    }
    free = [one for one in processes if one.get("id") not in called]
    return free or processes


def choose_process(sketch: Sketch, drawn: list[Element]) -> Element:
    """Give the one that is marked to run, or else the largest; ask where that is a guess."""
    marked = [one for one in drawn if one.get("isExecutable") == "true"]
    among = marked or drawn
    chosen = max(among, key=lambda one: sum(1 for _ in one.iter()))
    if len(among) > 1:
        message = "Mehrere Abläufe sind gezeichnet. Bitte wählen Sie den, der ausgeführt wird."
        sketch.ask(chosen, "several_processes", message)
    return chosen


def rename_reserved(sketch: Sketch, process: Element) -> None:
    """Give other ids to elements whose ids the engine keeps for itself."""
    places = {element.get("id", ""): element for element in process.iter()}
    if not any(_MAYBE_RESERVED.match(key) for key in places):
        return
    mark(sketch.root, process)
    renamed: dict[str, str] = {}
    for fault in model_faults(Model(sketch.root)):
        element = places.get(fault.pointer)
        if fault.code == "reserved_id" and element is not None:
            fresh = sketch.new_id(f"Element_{fault.pointer.replace('.', '_')}")
            element.set("id", fresh)
            renamed[fault.pointer] = fresh
            sketch.note(element, "renamed", "Die Kennung war vergeben und wurde angepasst.")
    if renamed:
        repoint(sketch.root, renamed)
        sketch.follow(renamed)


def mark(root: Element, chosen: Element) -> None:
    """Let exactly one process be the one to run."""
    for process in root.findall(bpmn("process")):
        process.set("isExecutable", "true" if process is chosen else "false")
