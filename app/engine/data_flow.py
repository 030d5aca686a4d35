"""Datenfluss: which element reads and which one writes what of the process data."""

from collections import defaultdict
from collections.abc import Mapping

from app.engine.deployment import Use
from app.engine.modelling.loops import COUNTER, instance_loop
from app.engine.modelling.model import Model, extension
from app.engine.modelling.sources import sources_of
from app.engine.modelling.xmlio import Element, bpmn, local, spiff, text_of
from app.engine.tables.decision_table import DecisionTable
from app.expressions.expression import compile_expression
from app.expressions.script import compile_script

_THROWN = ("signal", "error", "escalation")


def uses_of(model: Model, tables: Mapping[str, DecisionTable]) -> tuple[Use, ...]:
    """List what elements read and write, in the order of the file; forms are not looked at.

    Within an instance of a repeated task its item and ``durchlauf`` are known too: what reads
    them reads nothing of the process data.
    """
    reads: defaultdict[str, set[str]] = defaultdict(set)
    writes: defaultdict[str, set[str]] = defaultdict(set)
    for source in sources_of(model):
        if local(model.by_id[source.element]) == "correlationProperty":
            continue  # reads what a message carries
        if source.is_script:
            script = compile_script(source.text)
            reads[source.element] |= script.paths
            writes[source.element] |= script.assigns
        else:
            reads[source.element] |= compile_expression(source.text).paths
    for key, node in model.flow_nodes.items():
        writes[key] |= _written(model, node)
        table = tables.get(model.decisions().get(key, ""))
        if table is not None:
            reads[key] |= table.names
            writes[key] |= set(table.outputs)
    local_names = _local_names(model)
    uses = (
        Use(
            key,
            frozenset(path for path in reads[key] if _root(path) not in local_names.get(key, ())),
            frozenset(name for name in writes[key] if name),
        )
        for key in dict.fromkeys((*model.flow_nodes, *reads, *writes))
    )
    return tuple(use for use in uses if use.reads or use.writes)


def _written(model: Model, node: Element) -> set[str]:
    operator = extension(node, "serviceTaskOperator")
    names = {"" if operator is None else operator.get("resultVariable", "")}
    names.add(instance_loop(node).results)
    for definition in node:
        if local(definition).endswith("EventDefinition"):
            names |= {text_of(part) for part in definition.iter(spiff("messageVariable"))}
            for reference in (f"{kind}Ref" for kind in _THROWN):
                thrown = model.by_id.get(definition.get(reference, ""))
                if thrown is not None:
                    names |= {text_of(part) for part in thrown.iter(spiff("variableName"))}
    if local(node) == "receiveTask":
        names |= {text_of(part) for part in node.iter(spiff("messageVariable"))}
    return names


def _local_names(model: Model) -> dict[str, set[str]]:
    """Names that an element reads from the round it belongs to, not from the process data."""
    found: dict[str, set[str]] = {}
    flows = {flow.get("id", ""): flow for scope in model.scopes for flow in scope.flows}
    for key, element in {**model.flow_nodes, **flows}.items():
        around = [element, *element.iterancestors(bpmn("subProcess"), bpmn("transaction"))]
        names = {
            name
            for one in around
            for loop in (instance_loop(one),)
            if loop.collection or loop.cardinality
            for name in (loop.item, loop.result, COUNTER)
            if name
        }
        if names:
            found[key] = names
    return found


def _root(path: str) -> str:
    return path.partition(".")[0]
