"""Anhörung: a small service whose cases talk to each other.

An application without ``bezug`` opens a case that waits for the answers. One with the file
reference of such a case asks each of the chosen offices and sends it what they say.
"""

import json
from dataclasses import dataclass

from tests.support.hearing_texts import (
    ANSWERED,
    ASKED,
    ASKED_FOR,
    DECISION,
    MANIFEST,
    OPINION,
    SETTLED,
    TABLE,
)
from tests.unit.engine.process_builder import (
    bpmn,
    end,
    extensions,
    flow,
    gateway,
    node,
    properties,
    start,
    wait,
)

KEY = "anhoerung"
TASK = "Stellung nehmen"
LIST = "stellungnahmen"
_LANES = {
    "Antragsteller": ("antrag_gestellt",),
    "Sachbearbeitung": ("stellung_nehmen", "entscheiden"),
    "System": ("wohin", "senden", "empfangen", "gesendet", "entschieden"),
}
_MESSAGES = (
    '<bpmn:message id="m_stellungnahmen" name="Stellungnahmen"/>'
    '<bpmn:message id="m_ruecknahme" name="ruecknahme"/>'
)


@dataclass(frozen=True)
class Variant:
    """How a process differs from the usual one.

    ``sent_to`` and ``waits_for`` are expressions for the value that both must have (empty: there
    is none); ``result`` is what a round keeps. With ``at_once`` a case asks and waits
    at the same time, with ``impatient`` it waits at most for ten days, and in vain for one; with
    ``rated`` a decision table is asked first. With ``hears_withdrawal`` the message ``ruecknahme``
    ends whatever the process does, and somebody deals with it.
    """

    sent_to: str = "antrag.angaben.bezug"
    waits_for: str = "vorgang.aktenzeichen"
    result: str = "stellungnahme"
    at_once: bool = False
    impatient: bool = False
    rated: bool = False
    hears_withdrawal: bool = False


USUAL = Variant()


def hearing_files(variant: Variant = USUAL):
    """Write the bundle."""
    table = {f"bpmn/{KEY}/stufe.dmn": TABLE.encode()} if variant.rated else {}
    milestones = SETTLED if variant.hears_withdrawal else ""
    return {
        **table,
        f"bpmn/{KEY}/service.toml": (MANIFEST + milestones).encode(),
        f"bpmn/{KEY}/process.bpmn": _process(variant),
        f"bpmn/{KEY}/scenarios/asked.toml": ASKED.encode(),
        f"bpmn/{KEY}/scenarios/answered.toml": ANSWERED.encode(),
        f"forms/{KEY}/antrag.json": _form("Anhörung", "angaben", ASKED_FOR),
        f"forms/{KEY}/stellungnahme.json": _form(TASK, "votum", OPINION, ["ergebnis"]),
        f"forms/{KEY}/entscheidung.json": _form("Entscheiden", "schluss", DECISION, ["fertig"]),
    }


def application(reference: str = "", offices: tuple[str, ...] = ()):
    """Fill in the application: ``reference`` is whom the answers are for."""
    page = {"bezug": reference, "stellen": list(offices)}
    return {"angaben": {key: value for key, value in page.items() if value}}


def opinion(result: str, condition: str = ""):
    """Fill in what one office says."""
    return {"votum": {"ergebnis": result, **({"auflage": condition} if condition else {})}}


def _process(variant):
    kind = "parallel" if variant.at_once else "exclusive"
    has_reference = None if variant.at_once else "vorhanden(antrag, 'angaben', 'bezug')"
    sent = _known_by(variant.sent_to) if variant.sent_to else ""
    wanted = _known_by(variant.waits_for) if variant.waits_for else ""
    body = [
        _lanes("ruecknahme_behandeln" if variant.hears_withdrawal else ""),
        start("antrag_gestellt", formJsonSchemaFilename="antrag.json"),
        gateway(kind, "wohin", **({} if variant.at_once else {"default": "ohne_bezug"})),
        node("userTask", "stellung_nehmen", _asks(variant.result), name=TASK),
        _event("intermediateThrowEvent", "senden", _part("messagePayload", LIST) + sent),
        end("gesendet"),
        _event(
            "intermediateCatchEvent",
            "empfangen",
            _part("messageVariable", "eingegangen") + wanted,
        ),
        node("userTask", "entscheiden", _filled("entscheidung.json"), name="Entscheiden"),
        end("entschieden"),
        flow("wohin", "stellung_nehmen", has_reference),
        flow("stellung_nehmen", "senden"),
        flow("senden", "gesendet"),
        flow("empfangen", "entscheiden"),
        flow("entscheiden", "entschieden"),
    ]
    body += _withdrawal() if variant.hears_withdrawal else []
    body += _rating() if variant.rated else [flow("antrag_gestellt", "wohin")]
    body += _impatience() if variant.impatient else [flow("wohin", "empfangen", id="ohne_bezug")]
    return bpmn("".join(body), _MESSAGES, f'id="{KEY}" isExecutable="true"')


def _rating():
    asked = extensions(_part("calledDecisionId", "stufe"))
    return [
        node("businessRuleTask", "einstufen", asked, name="Dringlichkeit"),
        flow("antrag_gestellt", "einstufen"),
        flow("einstufen", "wohin"),
    ]


def _impatience():
    return [
        gateway("eventBased", "zuerst"),
        wait("kurz", "P1D"),
        wait("lange", "P10D"),
        flow("wohin", "zuerst", id="ohne_bezug"),
        flow("zuerst", "empfangen"),
        flow("zuerst", "kurz"),
        flow("zuerst", "lange"),
        flow("lange", "entscheiden"),
        flow("kurz", "entscheiden"),
    ]


def _withdrawal():
    heard = (
        '<bpmn:messageEventDefinition id="ruecknahme_gehoert" messageRef="m_ruecknahme">'
        f"{extensions(_part('messageVariable', 'ruecknahme'))}</bpmn:messageEventDefinition>"
    )
    inner = [
        node("startEvent", "ruecknahme_kommt", heard, isInterrupting="true"),
        node(
            "userTask",
            "ruecknahme_pruefen",
            _filled("entscheidung.json"),
            name="Kosten der Rücknahme prüfen",
        ),
        end("ruecknahme_erledigt", milestone="erledigt"),
        flow("ruecknahme_kommt", "ruecknahme_pruefen"),
        flow("ruecknahme_pruefen", "ruecknahme_erledigt"),
    ]
    return [node("subProcess", "ruecknahme_behandeln", "".join(inner), triggeredByEvent="true")]


def _asks(result):
    return (
        _filled("stellungnahme.json") + "<bpmn:multiInstanceLoopCharacteristics>"
        "<bpmn:loopDataInputRef>antrag.angaben.stellen</bpmn:loopDataInputRef>"
        f"<bpmn:loopDataOutputRef>{LIST}</bpmn:loopDataOutputRef>"
        '<bpmn:inputDataItem id="stelle" name="stelle"/>'
        f'<bpmn:outputDataItem id="{result}" name="{result}"/>'
        "</bpmn:multiInstanceLoopCharacteristics>"
    )


def _filled(form):
    return properties(formJsonSchemaFilename=form)


def _lanes(more=""):
    lanes = (
        f'<bpmn:lane id="lane_{number}" name="{name}">'
        + "".join(f"<bpmn:flowNodeRef>{key}</bpmn:flowNodeRef>" for key in nodes)
        + (f"<bpmn:flowNodeRef>{more}</bpmn:flowNodeRef>" if more and number == 1 else "")
        + "</bpmn:lane>"
        for number, (name, nodes) in enumerate(_LANES.items())
    )
    return f'<bpmn:laneSet id="bahnen">{"".join(lanes)}</bpmn:laneSet>'


def _event(tag, key, inner):
    definition = (
        '<bpmn:messageEventDefinition messageRef="m_stellungnahmen">'
        f"{extensions(inner)}</bpmn:messageEventDefinition>"
    )
    return node(tag, key, definition, name="Stellungnahmen")


def _known_by(expression):
    value = _part("propertyId", "aktenzeichen") + _part("expression", expression)
    return _part("processVariableCorrelation", value)


def _part(tag, inner):
    return f"<spiffworkflow:{tag}>{inner}</spiffworkflow:{tag}>"


def _form(title, page, fields, required=()):
    told = {"x-purpose": "Für die Anhörung.", "x-retention": "Bis zum Abschluss des Vorgangs"}
    shape = {
        "type": "object",
        "title": title,
        "properties": {name: {**field, **told} for name, field in fields.items()},
        "required": list(required),
    }
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "type": "object",
        "properties": {page: shape},
        "required": [page],
    }
    return json.dumps(schema).encode()
