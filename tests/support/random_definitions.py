"""Ereignisse in der Zeichnung: what random events wait for and how tasks are repeated."""

from tests.support.random_blocks import (
    Again,
    Becomes,
    Error,
    Escalation,
    Event,
    Message,
    Rounds,
    Signal,
    Timer,
)
from tests.support.random_dice import ERROR_CODES, SIGNALS
from tests.trust.flow_models.elements import (
    ANY_ERROR,
    condition,
    cycle,
    error,
    escalation,
    loop,
    repeated,
    signal,
)
from tests.unit.engine.process_builder import message, timer

_ANY_ESCALATION = "<bpmn:escalationEventDefinition/>"
BESIDE = "".join(
    [
        *(f'<bpmn:signal id="s_{name}" name="{name}"/>' for name in SIGNALS),
        *(
            f'<bpmn:error id="e_{code}" name="e_{code}" errorCode="{code}"/>'
            for code in ERROR_CODES
        ),
        *(
            f'<bpmn:escalation id="x_{code}" name="x_{code}" escalationCode="{code}"/>'
            for code in ERROR_CODES
        ),
    ]
)
_CORRELATION = (
    "<spiffworkflow:processVariableCorrelation>"
    "<spiffworkflow:propertyId>akte</spiffworkflow:propertyId>"
    "<spiffworkflow:expression>{}</spiffworkflow:expression>"
    "</spiffworkflow:processVariableCorrelation>"
)


def definition(event: Event) -> str:  # noqa: PLR0911 - one case each
    """Draw what an event waits for."""
    match event:
        case Timer(_, hours, 0):
            return timer(f"PT{hours}H")
        case Timer(_, hours, times):
            return cycle(f"R{times}/PT{hours}H")
        case Message(key):
            return message(f"m_{key}", f"inhalt_{key}", _CORRELATION.format(event.key))
        case Signal(_, name):
            return signal(f"s_{name}")
        case Error(_, code):
            return error(f"e_{code}") if code else ANY_ERROR
        case Escalation(_, code):
            return escalation(f"x_{code}") if code else _ANY_ESCALATION
        case Becomes(_, wanted):
            return condition(wanted.text.replace(">", "&gt;"))


def marker_of(repeat: Rounds | Again | None) -> str:
    """Draw how a host is repeated."""
    if isinstance(repeat, Again):
        return loop(repeat.condition.text, str(repeat.most), before=repeat.before)
    if isinstance(repeat, Rounds):
        until = f"durchlauf.fertig >= {repeat.enough}" if repeat.enough else ""
        count = f"{repeat.count} + {repeat.more}"
        return repeated(
            count, until, sequential=repeat.sequential, kept=(repeat.result, repeat.results)
        )
    return ""
