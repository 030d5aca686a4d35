"""Probe im Verborgenen: what a confined child does with a model from outside."""

import unicodedata  # noqa: F401 - Python loads it with the first umlaut in a name; see nest.serve
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from app.confined.nest import serve
from app.engine.deployment import Deployment
from app.engine.engine import Engine
from app.engine.importing.importer import import_model
from app.engine.quarantine.draft_message import draft_to_bytes
from app.engine.quarantine.order import EXAMINE, REHEARSE, Order
from app.engine.quarantine.rehearsal import Rehearsal
from app.errors import BundleInvalid, FieldFault, Incident

MAX_FAULTS = 200
MAX_TEXT_CHARS = 500

_ENGINE = Engine()
_EMPTY_APPLICATION: Mapping[str, Any] = {"antrag": {}, "vorgang": {}}
_NOW = datetime(2026, 1, 1, tzinfo=UTC)  # what a model costs does not depend on the day
#: loads what Python loads with the first model only
_SAMPLE = (
    b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p">'
    b'<startEvent id="a"/><scriptTask id="b"><script>x = antrag.y</script></scriptTask>'
    b'<endEvent id="c"/><sequenceFlow id="d" sourceRef="a" targetRef="b"/>'
    b'<sequenceFlow id="e" sourceRef="b" targetRef="c"/></process></definitions>'
)


def handle(job: bytes) -> bytes:
    """Do one order; what memory or recursion cannot bear ends the child."""
    order = Order.from_bytes(job)
    if order.act == EXAMINE:
        return draft_to_bytes(import_model(order.bpmn))
    return rehearse(order).to_bytes()


def rehearse(order: Order) -> Rehearsal:
    """Deploy a model and start it once."""
    try:
        deployment = _ENGINE.deploy(order.bpmn, order.dmn)
    except BundleInvalid as invalid:
        return Rehearsal(tuple(map(_short, invalid.fields[:MAX_FAULTS])))
    except (MemoryError, RecursionError):
        raise
    except Exception:  # noqa: BLE001 - the model is refused, whatever our mistake was
        message = "Unsere Prüfung kommt mit diesem Modell nicht zurecht. Bitte vereinfachen Sie es."
        return Rehearsal((FieldFault("process.bpmn", "not_checked", message),))
    return Rehearsal(incident=_incident_at_start(deployment))


def _incident_at_start(deployment: Deployment) -> FieldFault | None:
    try:
        _ENGINE.start(deployment, _EMPTY_APPLICATION, _NOW)
    except Incident as incident:
        if isinstance(incident.__context__, MemoryError | RecursionError):
            raise incident.__context__ from None
        return _short(FieldFault(incident.element, incident.code, incident.cause))
    return None


def _short(fault: FieldFault) -> FieldFault:
    """Quote no more of a model than fits on a page."""
    return FieldFault(fault.pointer[:MAX_TEXT_CHARS], fault.code, fault.message[:MAX_TEXT_CHARS])


if __name__ == "__main__":
    for act in (REHEARSE, EXAMINE):
        handle(Order(act, _SAMPLE).to_bytes())
    serve(handle)
