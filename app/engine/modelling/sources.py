"""Quelltexte: every expression and script of a model, found in its XML."""

from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from typing import Any

from app.engine.modelling.loops import COUNTER, instance_loop, loop_expressions
from app.engine.modelling.model import SUBPROCESSES, Model, extension
from app.engine.modelling.xmlio import Element, bpmn, local, spiff, text_of
from app.engine.timers import is_literal
from app.errors import FieldFault
from app.expressions.expression import compile_expression
from app.expressions.fault import ExpressionFault
from app.expressions.script import Script, compile_script

READ_ONLY = frozenset({"antrag", "vorgang"})


@dataclass(frozen=True, slots=True)
class Source:
    """A piece of model text that will be evaluated; ``element`` is where it stands."""

    element: str
    text: str
    is_script: bool = False


def sources_of(model: Model) -> Iterator[Source]:
    """Give all sources of a model, conditions first."""
    for scope in model.scopes:
        for flow in scope.flows:
            condition = flow.find(bpmn("conditionExpression"))
            if condition is not None:
                yield Source(flow.get("id", ""), condition.text or "")
    for key, node in model.flow_nodes.items():
        yield from _of_node(key, node)
    for thrown in model.root.iter(*(bpmn(name) for name in ("signal", "error", "escalation"))):
        for payload in thrown.iter(spiff("payloadExpression")):
            yield Source(thrown.get("id", ""), payload.text or "")
    for prop in model.root.iter(bpmn("correlationProperty")):
        for way in prop.iter(bpmn("correlationPropertyRetrievalExpression")):
            for path in way:
                yield Source(prop.get("id", ""), path.text or "")


def source_faults(sources: Iterator[Source]) -> list[FieldFault]:
    """Compile all sources; each fault points to the element."""
    faults = []
    for source in sources:
        compile_source: Callable[[str], Any] = (
            compile_script if source.is_script else compile_expression
        )
        try:
            compiled = compile_source(source.text)
        except ExpressionFault as fault:
            where = f" ({fault.where})" if fault.where else ""
            faults.append(FieldFault(source.element, "expression", fault.message + where))
        else:
            if isinstance(compiled, Script):
                faults += _taken(source.element, compiled.assigns)
    return faults


def result_faults(model: Model) -> list[FieldFault]:
    """List results of services, messages and rounds that would replace what nobody may change."""
    faults = []
    for key, node in model.flow_nodes.items():
        operator = extension(node, "serviceTaskOperator")
        names = [text_of(part) for part in node.iter(spiff("messageVariable"))]
        if operator is not None:
            names.append(operator.get("resultVariable", ""))
        instances = instance_loop(node)
        rounds = {instances.item, instances.result, instances.results}
        faults += _taken(key, {*names, *(rounds - {COUNTER})})  # that is refused as a bad name
    for thrown in model.root.iter(*(bpmn(name) for name in ("signal", "error", "escalation"))):
        variables = {text_of(part) for part in thrown.iter(spiff("variableName"))}
        faults += _taken(thrown.get("id", ""), variables)
    return faults


def _taken(element: str, names: Set[str]) -> list[FieldFault]:
    """Refuse to write under names that have a meaning of their own."""
    faults = []
    if READ_ONLY & names:
        message = "„antrag“ und „vorgang“ lassen sich nicht ändern."
        faults.append(FieldFault(element, "read_only", message))
    if COUNTER in names:
        message = f"„{COUNTER}“ ist vergeben. Bitte wählen Sie einen anderen Namen."
        faults.append(FieldFault(element, "read_only", message))
    return faults


def _of_node(key: str, node: Element) -> Iterator[Source]:
    if local(node) == "scriptTask":
        script = node.find(bpmn("script"))
        yield Source(key, "" if script is None else script.text or "", is_script=True)
    for name in ("preScript", "postScript"):
        script = extension(node, name)
        if script is not None:
            yield Source(key, script.text or "", is_script=True)
    operator = extension(node, "serviceTaskOperator")
    if operator is not None:
        for parameter in operator.iter(spiff("parameter")):
            yield Source(key, parameter.get("value", ""))
    for definition in node:
        if local(definition) == "timerEventDefinition":
            texts = [text_of(part) for part in definition]
            yield from (Source(key, text) for text in texts if text and not is_literal(text))
        condition = definition.find(bpmn("condition"))
        if local(definition) == "conditionalEventDefinition" and condition is not None:
            yield Source(key, condition.text or "")
    yield from (Source(key, text) for text in loop_expressions(node))
    if local(node) not in SUBPROCESSES:
        for payload in node.iter(spiff("messagePayload")):
            yield Source(key, payload.text or "")
        for correlation in node.iter(spiff("processVariableCorrelation")):
            expression = correlation.find(spiff("expression"))
            yield Source(key, "" if expression is None else expression.text or "")
