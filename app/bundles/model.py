"""Modell: what checks need to know of the BPMN beyond the deployment: calls and expressions."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

_BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
_SPIFF = "{http://spiffworkflow.org/bpmn/schema/1.0/core}"
_EXPRESSIONS = {
    f"{_BPMN}{name}"
    for name in ("conditionExpression", "condition", "timeDate", "timeDuration", "timeCycle")
}
_SCRIPTS = {f"{_BPMN}script", f"{_SPIFF}preScript", f"{_SPIFF}postScript"}


@dataclass(frozen=True, slots=True)
class Phrase:
    """One expression or script with the id of the element it belongs to."""

    element: str
    source: str
    is_script: bool


@dataclass(frozen=True, slots=True)
class Call:
    """One service task: ``parameters`` maps names to expressions."""

    element: str
    operator: str
    result: str
    parameters: dict[str, str]


def read_model(source: bytes) -> tuple[tuple[Phrase, ...], tuple[Call, ...]]:
    """Collect expressions and service calls of a model that was deployed before."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(source, parser)
    calls = tuple(_calls(root))
    phrases = [*_phrases(root)]
    phrases.extend(
        Phrase(call.element, source, is_script=False)
        for call in calls
        for source in call.parameters.values()
    )
    return tuple(phrases), calls


def _phrases(root: etree._Element) -> Iterator[Phrase]:
    for node in root.iter():
        if node.tag in _EXPRESSIONS or node.tag in _SCRIPTS:
            yield Phrase(_owner(node), (node.text or "").strip(), node.tag in _SCRIPTS)


def _calls(root: etree._Element) -> Iterator[Call]:
    for node in root.iter(f"{_SPIFF}serviceTaskOperator"):
        yield Call(
            element=_owner(node),
            operator=node.get("id", ""),
            result=node.get("resultVariable", ""),
            parameters={
                one.get("id", ""): one.get("value", "") for one in node.iter(f"{_SPIFF}parameter")
            },
        )


def _owner(node: etree._Element) -> str:
    """Name the flow node or flow around it; event definitions count to their event."""
    owner = node.getparent()
    while owner is not None:
        tag = etree.QName(owner).localname
        if owner.tag.startswith(_BPMN) and owner.get("id") and not tag.endswith("Definition"):
            return str(owner.get("id"))
        owner = owner.getparent()
    return ""
