"""Ausdrücke anderer Werkzeuge: conditions, times and repetitions in a model are translated."""

from collections.abc import Callable

from app.engine.importing.foreign_expressions import translate, translate_time
from app.engine.importing.sketch import Sketch
from app.engine.modelling.xmlio import Element, text_of

_CONDITIONS = ("conditionExpression", "condition", "completionCondition", "loopCondition")
_TIMES = ("timeDate", "timeDuration", "timeCycle")


def translate_texts(sketch: Sketch) -> None:
    """Put into our language what plainly says the same there."""
    for element in sketch.all(*_CONDITIONS, "loopCardinality"):
        _put(sketch, element, translate)
    for element in sketch.all(*_TIMES):
        _put(sketch, element, translate_time)


def _put(sketch: Sketch, element: Element, to_ours: Callable[[str], str | None]) -> None:
    ours = to_ours(text_of(element))
    if ours is None:
        return
    element.text = ours
    holder: Element | None = element
    while holder is not None and not holder.get("id"):
        holder = holder.getparent()
    message = f"Der Ausdruck wurde übersetzt: „{_short(ours)}“."
    sketch.note(element if holder is None else holder, "expression_translated", message)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
