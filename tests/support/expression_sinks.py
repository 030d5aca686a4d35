"""Senken: every place of a model whose text is evaluated, each in a process that gets there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape as escaped

from tests.unit.engine.event_builder import condition, escalation, signal, throw
from tests.unit.engine.loop_builder import each, loop, times
from tests.unit.engine.process_builder import (
    boundary,
    bpmn,
    chain,
    end,
    extensions,
    flow,
    gateway,
    message,
    node,
    script,
    service,
    start,
    timer,
    user,
    wait,
)
from tests.unit.engine.tables.test_decisions import CALL, table

Files = tuple[bytes, Sequence[bytes]]
MESSAGE = '<bpmn:message id="m" name="anfrage"/>'
_LINE_END = {'"': "&quot;", "\n": "&#10;"}


@dataclass(frozen=True)
class Sink:
    """``build`` puts text into the place; a fault may name one of ``elements``.

    ``complete`` are the user tasks to do before the text is evaluated; ``probe`` is text that is
    accepted and fails once it is evaluated. ``is_compiled`` tells that the text is not kept.
    """

    name: str
    build: Callable[[str], Files]
    elements: frozenset[str]
    complete: tuple[str, ...] = ()
    is_script: bool = False
    is_compiled: bool = False
    probe: str = "1 / 0"


def _sink(name, elements, build, **more):
    def files(text):
        built = build(text)
        return built if isinstance(built, tuple) else (built, ())

    return Sink(name, files, frozenset(elements.split()), **more)


def _choice(kind):
    def build(text):
        body = start() + gateway(kind, "g", default="sonst") + user("a") + end() + end("e2")
        ways = flow("start", "g") + flow("g", "a", text.replace(">", "&gt;"), id="weg")
        return bpmn(body + ways + flow("g", "e2", id="sonst") + flow("a", "ende"))

    return build


def _around(name):
    return lambda text: bpmn(
        chain(
            node(
                "userTask",
                "u",
                extensions(f"<spiffworkflow:{name}>{escaped(text)}</spiffworkflow:{name}>"),
            )
        )
    )


def _cycle(text):
    beside = boundary("uhr", "u", timer(escaped(text), "timeCycle"), interrupting=False)
    return bpmn(chain(user("u")) + beside + end("e2") + flow("uhr", "e2"))


def _payload(tag, reference, definition, name):
    def build(text):
        inner = extensions(
            f"<spiffworkflow:payloadExpression>{escaped(text)}</spiffworkflow:payloadExpression>"
            "<spiffworkflow:variableName>gemeldet</spiffworkflow:variableName>"
        )
        return bpmn(
            chain(throw("wurf", definition("t"))),
            extra=f'<bpmn:{tag} id="t" name="{name}" {reference}="{name}">{inner}</bpmn:{tag}>',
        )

    return build


def _thrown(payload, extra="", own=""):
    text = f"<spiffworkflow:messagePayload>{payload}</spiffworkflow:messagePayload>"
    return bpmn(chain(throw("wurf", message("m", correlations=text + own))), extra=extra + MESSAGE)


def _property(path):
    return (
        '<bpmn:correlationProperty id="schluessel"><bpmn:correlationPropertyRetrievalExpression '
        f'messageRef="m"><bpmn:messagePath>{path}</bpmn:messagePath>'
        "</bpmn:correlationPropertyRetrievalExpression></bpmn:correlationProperty>"
    )


def _own(text):
    return (
        "<spiffworkflow:processVariableCorrelation>"
        "<spiffworkflow:propertyId>schluessel</spiffworkflow:propertyId>"
        f"<spiffworkflow:expression>{escaped(text)}</spiffworkflow:expression>"
        "</spiffworkflow:processVariableCorrelation>"
    )


def _waiting(text):
    event = node("intermediateCatchEvent", "warten", message("m", "da", _own(text)))
    return bpmn(chain(event), extra=_property("schluessel") + MESSAGE)


def _table(inputs, rule):
    return bpmn(chain(CALL)), [table(rule, inputs=inputs)]


SINKS = (
    _sink("condition of an exclusive way", "weg g", _choice("exclusive")),
    _sink("condition of an inclusive way", "weg g", _choice("inclusive")),
    _sink("script", "s", lambda text: bpmn(chain(script("s", escaped(text)))), is_script=True),
    _sink("script before", "u", _around("preScript"), is_script=True),
    _sink("script after", "u", _around("postScript"), is_script=True, complete=("u",)),
    _sink(
        "parameter of a service",
        "s",
        lambda text: bpmn(chain(service("s", name=escaped(text, _LINE_END)))),
    ),
    _sink("date of a timer", "w", lambda text: bpmn(chain(wait("w", escaped(text), "timeDate")))),
    _sink("duration of a timer", "w", lambda text: bpmn(chain(wait("w", escaped(text))))),
    _sink("cycle of a timer", "uhr", _cycle),
    _sink(
        "number of rounds",
        "u",
        lambda text: bpmn(chain(node("userTask", "u", times(escaped(text))))),
    ),
    _sink(
        "list of rounds",
        "u",
        lambda text: bpmn(chain(node("userTask", "u", each(escaped(text), "eins")))),
        probe="antrag.gibt_es_nicht",  # a reference by its notation, so no calculation
    ),
    _sink(
        "end of rounds",
        "u",
        lambda text: bpmn(
            chain(node("userTask", "u", each("antrag.liste", until=escaped(text), sequential=True)))
        ),
        complete=("u",),
    ),
    _sink(
        "condition of a loop",
        "u",
        lambda text: bpmn(
            chain(node("userTask", "u", loop(escaped(text), maximum="3", before=True)))
        ),
    ),
    _sink(
        "condition of an event",
        "w",
        lambda text: bpmn(
            chain(node("intermediateCatchEvent", "w", condition(escaped(text))), user("u"))
        ),
    ),
    _sink("payload of a message", "wurf", lambda text: _thrown(escaped(text))),
    _sink(
        "correlation of what is sent",
        "schluessel wurf",
        lambda text: _thrown("antrag", _property(escaped(text))),
    ),
    _sink("correlation of what is awaited", "warten", _waiting),
    _sink(
        "payload of a signal",
        "t wurf",
        _payload("signal", "data", signal, "ruf"),
    ),
    _sink(
        "payload of an escalation",
        "t wurf",
        _payload("escalation", "escalationCode", escalation, "dringend"),
    ),
    _sink(
        "input of a table",
        "tabelle gebuehr",
        lambda text: _table([text], ("> 3", "1")),
        is_compiled=True,
    ),
    _sink(
        "cell of an input",
        "r0 tabelle gebuehr",
        lambda text: _table(["antrag.n"], (text, "1")),
        is_compiled=True,
    ),
    _sink(
        "cell of an output",
        "r0 tabelle gebuehr",
        lambda text: _table(["antrag.n"], ("-", text)),
        is_compiled=True,
    ),
)
