"""Unbekannte Namen: values that no step of a model provides."""

from collections.abc import Iterator, Set
from pathlib import PurePath

from app.engine.modelling.loops import COUNTER, instance_loop
from app.engine.modelling.model import Model, extension, properties_of
from app.engine.modelling.sources import Source, sources_of
from app.engine.modelling.xmlio import local, spiff, text_of
from app.errors import FieldFault
from app.expressions.expression import compile_expression
from app.expressions.fault import ExpressionFault
from app.expressions.script import compile_script

_GIVEN = frozenset({"antrag", "vorgang", COUNTER})


def unknown_names(model: Model, unreadable: Set[str]) -> list[FieldFault]:
    """List expressions that read a value nobody has put into the process.

    ``unreadable`` are elements whose expressions are not in our language; they are left out.
    """
    sources = [source for source in sources_of(model) if source.element not in unreadable]
    if any(local(node) == "businessRuleTask" for node in model.flow_nodes.values()):
        return []  # its table, which is not here, may provide any name
    known = _GIVEN | set(_provided(model, sources))
    faults = []
    for source in sources:
        missing = sorted(_read(source) - known)
        if missing:
            message = (
                f"Woher kommt „{missing[0][:40]}“? Bitte nennen Sie das Feld, etwa antrag.name."
            )
            faults.append(FieldFault(source.element, "unknown_name", message))
    return faults


def _provided(model: Model, sources: list[Source]) -> Iterator[str]:
    for source in sources:
        if source.is_script:
            yield from _assigned(source.text)
    for node in model.flow_nodes.values():
        operator = extension(node, "serviceTaskOperator")
        if operator is not None:
            yield operator.get("resultVariable", "")
        yield from (text_of(part) for part in node.iter(spiff("messageVariable")))
        form = properties_of(node).get("formJsonSchemaFilename")
        if form:
            yield PurePath(form).stem
        loop = instance_loop(node)
        if loop is not None:
            yield from (loop.item, loop.result, loop.results)
    for name in model.root.iter(spiff("variableName")):
        yield text_of(name)


def _assigned(text: str) -> frozenset[str]:
    try:
        return compile_script(text).assigns
    except ExpressionFault:
        return frozenset()


def _read(source: Source) -> frozenset[str]:
    try:
        if source.is_script:
            return compile_script(source.text).names
        return compile_expression(source.text).names
    except ExpressionFault:
        return frozenset()
