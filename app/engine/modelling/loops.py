"""Wiederholungsangaben: what a model says about doing a task several times."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.engine.modelling.xmlio import Element, bpmn, text_of

MAX_INSTANCES = 200
#: name under which a round reads its number: ``durchlauf.nummer`` of ``durchlauf.anzahl``, and in
#: the condition that ends all rounds also how many are done: ``durchlauf.fertig``
COUNTER = "durchlauf"


@dataclass(frozen=True, slots=True)
class StandardLoop:
    """Again while ``condition`` holds (empty: always), at most ``maximum`` times."""

    condition: str
    maximum: int | None
    test_before: bool


@dataclass(frozen=True, slots=True)
class InstanceLoop:
    """Once per item of ``collection``, or ``cardinality`` times with the items 0, 1, 2 and so on.

    ``collection``, ``cardinality`` and ``until`` are expressions; ``item``, ``result`` and
    ``results`` are names: of the item within a round, of the value that is kept of a round, and
    of the list of these values in the data around. Empty is none.
    """

    is_sequential: bool
    collection: str
    cardinality: str
    item: str
    result: str
    results: str
    until: str


_ONCE = InstanceLoop(
    is_sequential=False, collection="", cardinality="", item="", result="", results="", until=""
)


def is_multiple(node: Element) -> bool:
    """Tell whether a node is done once per item."""
    return node.find(bpmn("multiInstanceLoopCharacteristics")) is not None


def standard_loop(node: Element) -> StandardLoop:
    """Read the loop of a node that has one.

    :raises ValueError: ``loopMaximum`` is no number.
    """
    found = node.find(bpmn("standardLoopCharacteristics"))
    if found is None:
        raise ValueError("no loop")
    maximum = found.get("loopMaximum")
    return StandardLoop(
        condition=text_of(found.find(bpmn("loopCondition"))),
        maximum=None if maximum is None else int(maximum),
        test_before=found.get("testBefore") == "true",
    )


def instance_loop(node: Element) -> InstanceLoop:
    """Read the multi-instance marker of a node; all is empty where it has none."""
    found = node.find(bpmn("multiInstanceLoopCharacteristics"))
    if found is None:
        return _ONCE
    return InstanceLoop(
        is_sequential=found.get("isSequential") == "true",
        collection=text_of(found.find(bpmn("loopDataInputRef"))),
        cardinality=text_of(found.find(bpmn("loopCardinality"))),
        item=_name(found.find(bpmn("inputDataItem"))),
        result=_name(found.find(bpmn("outputDataItem"))),
        results=text_of(found.find(bpmn("loopDataOutputRef"))),
        until=text_of(found.find(bpmn("completionCondition"))),
    )


def loop_expressions(node: Element) -> Iterator[str]:
    """Give the expressions by which a node is repeated."""
    loop = node.find(bpmn("standardLoopCharacteristics"))
    if loop is not None and text_of(loop.find(bpmn("loopCondition"))):
        yield text_of(loop.find(bpmn("loopCondition")))
    instances = instance_loop(node)
    parts = (instances.collection, instances.cardinality, instances.until)
    yield from (part for part in parts if part)


def _name(item: Element | None) -> str:
    return "" if item is None else item.get("name") or item.get("id") or ""
