"""Elemente: what scenarios are drawn with, beside what tests of the engine have already."""

from itertools import pairwise

from tests.unit.engine.process_builder import end, flow, node, start, timer
from tests.unit.engine.process_builder import message as _message

ANY_ERROR = "<bpmn:errorEventDefinition/>"
TERMINATE = "<bpmn:terminateEventDefinition/>"
CANCEL = "<bpmn:cancelEventDefinition/>"
BESIDE = (
    '<bpmn:message id="m1" name="post"/><bpmn:message id="m2" name="anruf"/>'
    '<bpmn:signal id="s1" name="alarm"/>'
    '<bpmn:error id="e1" name="mangel" errorCode="mangel"/>'
    '<bpmn:error id="e2" name="sonst" errorCode="sonst"/>'
    '<bpmn:escalation id="x1" name="eilig" escalationCode="eilig"/>'
    '<bpmn:escalation id="x2" name="ruhig" escalationCode="ruhig"/>'
)
AKTE = (
    '<bpmn:correlationProperty id="akte"><bpmn:correlationPropertyRetrievalExpression '
    'messageRef="m1"><bpmn:messagePath>az</bpmn:messagePath>'
    "</bpmn:correlationPropertyRetrievalExpression></bpmn:correlationProperty>"
)
CORRELATED = (
    "<spiffworkflow:processVariableCorrelation>"
    "<spiffworkflow:propertyId>akte</spiffworkflow:propertyId>"
    "<spiffworkflow:expression>nummer</spiffworkflow:expression>"
    "</spiffworkflow:processVariableCorrelation>"
)


def message(reference="m1", variable="", correlations=""):
    return _message(reference, variable, correlations)


def signal(reference="s1"):
    return f'<bpmn:signalEventDefinition signalRef="{reference}"/>'


def error(reference="e1"):
    return f'<bpmn:errorEventDefinition errorRef="{reference}"/>'


def escalation(reference="x1"):
    return f'<bpmn:escalationEventDefinition escalationRef="{reference}"/>'


def condition(text):
    return (
        "<bpmn:conditionalEventDefinition>"
        f"<bpmn:condition>{text}</bpmn:condition></bpmn:conditionalEventDefinition>"
    )


def cycle(text):
    return timer(text, "timeCycle")


def catch(id, inner):  # noqa: A002 - as in BPMN
    return node("intermediateCatchEvent", id, inner)


def throw(id, inner=""):  # noqa: A002 - as in BPMN
    return node("intermediateThrowEvent", id, inner)


def inside(id, *elements, last=""):  # noqa: A002 - as in BPMN
    """What lies in a subprocess: elements one after the other; ``last`` is how it ends."""
    names = [f"{id}_s", *(one.split('id="', 1)[1].split('"', 1)[0] for one in elements), f"{id}_e"]
    arrows = "".join(flow(a, b) for a, b in pairwise(names))
    return start(f"{id}_s") + "".join(elements) + end(f"{id}_e", last) + arrows


def part(id, *elements, last="", marker="", tag="subProcess"):  # noqa: A002 - as in BPMN
    """A subprocess; ``marker`` is how it is repeated."""
    return node(tag, id, marker + inside(id, *elements, last=last))


def event_part(id, trigger, *elements, interrupting=True):  # noqa: A002 - as in BPMN
    """A subprocess that an event starts."""
    names = [f"{id}_s", *(one.split('id="', 1)[1].split('"', 1)[0] for one in elements), f"{id}_e"]
    begin = node("startEvent", f"{id}_s", trigger, isInterrupting=str(interrupting).lower())
    arrows = "".join(flow(a, b) for a, b in pairwise(names))
    inner = begin + "".join(elements) + end(f"{id}_e") + arrows
    return node("subProcess", id, inner, triggeredByEvent="true")


def repeated(count, until="", *, sequential=False, kept=()):
    """So many times; ``kept`` are the names of what a round leaves and of the list of these."""
    inner = f"<bpmn:loopCardinality>{count}</bpmn:loopCardinality>"
    if kept:
        inner += (
            f"<bpmn:loopDataOutputRef>{kept[1]}</bpmn:loopDataOutputRef>"
            f'<bpmn:outputDataItem id="je_{kept[1]}" name="{kept[0]}"/>'
        )
    if until:
        inner += f"<bpmn:completionCondition>{until}</bpmn:completionCondition>"
    return _instances(inner, sequential)


def each(collection, item, result, results, until="", *, sequential=False):
    inner = (
        f"<bpmn:loopDataInputRef>{collection}</bpmn:loopDataInputRef>"
        f"<bpmn:loopDataOutputRef>{results}</bpmn:loopDataOutputRef>"
        f'<bpmn:inputDataItem id="{item}" name="{item}"/>'
        f'<bpmn:outputDataItem id="{result}" name="{result}"/>'
    )
    if until:
        inner += f"<bpmn:completionCondition>{until}</bpmn:completionCondition>"
    return _instances(inner, sequential)


def loop(condition="", maximum="", *, before=False):
    limit = f' loopMaximum="{maximum}"' if maximum else ""
    inner = f"<bpmn:loopCondition>{condition}</bpmn:loopCondition>" if condition else ""
    return (
        f'<bpmn:standardLoopCharacteristics testBefore="{str(before).lower()}"{limit}>{inner}'
        "</bpmn:standardLoopCharacteristics>"
    )


def _instances(inner, sequential):
    return (
        f'<bpmn:multiInstanceLoopCharacteristics isSequential="{str(sequential).lower()}">{inner}'
        "</bpmn:multiInstanceLoopCharacteristics>"
    )
