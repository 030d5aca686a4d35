"""Wiederholungen: lists that are only drawn are no values to repeat for."""

from app.engine.importing.sketch import Sketch
from app.engine.modelling.xmlio import bpmn, text_of

_DRAWN = (
    "dataInput",
    "dataOutput",
    "dataObject",
    "dataObjectReference",
    "dataStoreReference",
    "property",
)


def settle_repetitions(sketch: Sketch) -> None:
    """Ask for the list where only a drawn data object is named."""
    drawn = {
        element.get("id")
        for element in sketch.all(*_DRAWN)
        if element.get("name") != element.get("id")  # else it stands for process data of that name
    }
    for loop in sketch.all("multiInstanceLoopCharacteristics"):
        holder = loop.getparent()
        for name in ("loopDataInputRef", "loopDataOutputRef", "inputDataItem", "outputDataItem"):
            for part in loop.findall(bpmn(name)):
                named = text_of(part) if name.endswith("Ref") else part.get("name", "")
                known = named in drawn or not named.replace(".", "_").isidentifier()
                if known:
                    loop.remove(part)
        if holder is not None and not any(True for _ in loop.iterchildren(*_SAYING)):
            message = "Bitte nennen Sie die Liste oder die Anzahl der Durchläufe."
            sketch.ask(holder, "no_collection", message)


_SAYING = (bpmn("loopDataInputRef"), bpmn("loopCardinality"))
