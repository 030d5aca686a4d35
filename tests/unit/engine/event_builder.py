"""Events for small processes: what is thrown, caught and waited for."""

from tests.unit.engine.process_builder import end, extensions, flow, gateway, node, start

QUIET = extensions(
    "<spiffworkflow:payloadExpression>n * 2</spiffworkflow:payloadExpression>"
    "<spiffworkflow:variableName>gemeldet</spiffworkflow:variableName>"
)
SIGNALS = (
    f'<bpmn:signal id="s1" name="Zahlung"/><bpmn:signal id="s2" name="Ruhe">{QUIET}</bpmn:signal>'
)
ERRORS = (
    '<bpmn:error id="e1" name="Abgelehnt" errorCode="abgelehnt"/>'
    '<bpmn:error id="e2" name="Anderes" errorCode="anderes"/>'
    '<bpmn:escalation id="x1" name="Dringend" escalationCode="dringend"/>'
    '<bpmn:message id="m1" name="Rückfrage"/>'
)


def signal(reference):
    return f'<bpmn:signalEventDefinition signalRef="{reference}"/>'


def error(reference=""):
    return (
        f'<bpmn:errorEventDefinition errorRef="{reference}"/>'
        if reference
        else ("<bpmn:errorEventDefinition/>")
    )


def escalation(reference):
    return f'<bpmn:escalationEventDefinition escalationRef="{reference}"/>'


def condition(text):
    return (
        "<bpmn:conditionalEventDefinition>"
        f"<bpmn:condition>{text}</bpmn:condition></bpmn:conditionalEventDefinition>"
    )


def catch(id, inner):  # noqa: A002 - as in BPMN
    return node("intermediateCatchEvent", id, inner)


def throw(id, inner):  # noqa: A002 - as in BPMN
    return node("intermediateThrowEvent", id, inner)


def part(id, *elements, last="", marker="", tag="subProcess"):  # noqa: A002 - as in BPMN
    """A subprocess whose elements follow one another; ``last`` is what its end event throws."""
    names = [one.split('id="', 1)[1].split('"', 1)[0] for one in elements]
    ways = zip([f"{id}_s", *names], [*names, f"{id}_e"], strict=True)
    inner = start(f"{id}_s") + "".join(elements) + end(f"{id}_e", last)
    return node(tag, id, marker + inner + "".join(flow(a, b) for a, b in ways))


def event_part(id, trigger, *elements, interrupting=True):  # noqa: A002 - as in BPMN
    """A subprocess that an event starts."""
    names = [one.split('id="', 1)[1].split('"', 1)[0] for one in elements]
    ways = zip([f"{id}_s", *names], [*names, f"{id}_e"], strict=True)
    begin = node("startEvent", f"{id}_s", trigger, isInterrupting=str(interrupting).lower())
    inner = begin + "".join(elements) + end(f"{id}_e")
    return node(
        "subProcess", id, inner + "".join(flow(a, b) for a, b in ways), triggeredByEvent="true"
    )


def fork(*branches):
    """Parallel branches, each a list of elements, that meet at the end."""
    parts = [start(), gateway("parallel", "teilen"), gateway("parallel", "treffen"), end()]
    parts += [flow("start", "teilen"), flow("treffen", "ende")]
    for branch in branches:
        names = [one.split('id="', 1)[1].split('"', 1)[0] for one in branch]
        ways = zip(["teilen", *names], [*names, "treffen"], strict=True)
        parts += [*branch, *(flow(a, b) for a, b in ways)]
    return "".join(parts)
