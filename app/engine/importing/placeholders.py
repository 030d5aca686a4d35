"""Platzhalter: harmless answers, by which is tried whether only answers are missing."""

from collections.abc import Callable, Mapping

from app.engine.importing.placeholder_drawing import (
    absent,
    awaited,
    beginning,
    ending,
    passed,
    unconnected,
    useless,
)
from app.engine.importing.placeholder_events import allowed_event, event, plain_event, reference
from app.engine.importing.placeholder_tasks import operator, person, process, without_extensions
from app.engine.importing.placeholder_texts import (
    condition,
    expression,
    repetition,
    time,
    unrepeated,
    without_script_format,
)
from app.engine.importing.sketch import Sketch
from app.engine.modelling.xmlio import Element

Fill = Callable[[Sketch, Element], None]


def nothing(_: Sketch, __: Element) -> None:
    """Do nothing: the answer does not change whether the model can run."""


FILLS: Mapping[str, Fill] = {
    "crossing_flow": nothing,
    "deadlock": passed,
    "foreign_form": nothing,
    "no_link": nothing,
    "outgoing_flow": nothing,
    "incoming_flow": nothing,
    "several_processes": nothing,
    "unknown_name": nothing,
    "start_with_event": plain_event,
    "no_start_event": event,
    "no_transaction": allowed_event,
    "no_condition": condition,
    "no_event_condition": condition,
    "expression": expression,
    "read_only": expression,
    "script_format": without_script_format,
    "no_time": time,
    "bad_cycle": time,
    "unsupported_timer": time,
    "one_event": event,
    "wrong_event": allowed_event,
    "no_operator": operator,
    "bad_parameter": without_extensions,
    "bad_property": without_extensions,
    "bad_deadline": without_extensions,
    "variable_name": without_extensions,
    "ignored_script": without_extensions,
    "message_variable": without_extensions,
    "no_decision": person,
    "unknown_decision": person,
    "no_called_process": process,
    "no_message": reference,
    "no_signal": reference,
    "no_error": reference,
    "no_code": reference,
    "no_correlation": reference,
    "no_escalation": reference,
    "no_collection": repetition,
    "no_loop_condition": repetition,
    "bad_maximum": repetition,
    "bad_name": repetition,
    "half_result": repetition,
    "lost_results": repetition,
    "too_many_instances": repetition,
    "two_loops": repetition,
    "loop_not_here": unrepeated,
    "useless_loop": unrepeated,
    "unreachable": absent,
    "not_attached": absent,
    "useless_boundary": useless,
    "event_part_connected": unconnected,
    "not_an_event": awaited,
    "several_incoming_flows": awaited,
    "no_outgoing_flow": awaited,
    "one_start": beginning,
    "no_end": ending,
}
"""Every code of a fault that the author can settle, with what stands in for the answer."""
