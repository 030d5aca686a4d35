"""Much of one kind: many rounds, many rows, many copies of a task."""

from tests.support.hazards import correction_loop, for_each
from tests.unit.engine.process_builder import bpmn, chain, extensions, node, user

COPIES = 200
COPIED = "stellungnahme"
LOOP = correction_loop()
FOR_ALL = for_each(sequential=False, task=COPIED)

_REPEATED = (
    '<bpmn:multiInstanceLoopCharacteristics isSequential="false">'
    "<bpmn:loopDataInputRef>stellen</bpmn:loopDataInputRef>"
    "<bpmn:loopDataOutputRef>briefe</bpmn:loopDataOutputRef>"
    '<bpmn:inputDataItem id="stelle" name="stelle"/>'
    '<bpmn:outputDataItem id="brief" name="brief"/>'
    "</bpmn:multiInstanceLoopCharacteristics>"
)
_SCRIPT = "<bpmn:script>brief = 'An ' + stelle</bpmn:script>"
SCRIPT_FOR_ALL = bpmn(chain(node("scriptTask", "anschreiben", _SCRIPT + _REPEATED), user("danach")))

_CALLED = "<spiffworkflow:calledDecisionId>tabelle</spiffworkflow:calledDecisionId>"
DECIDING = bpmn(chain(node("businessRuleTask", "entscheiden", extensions(_CALLED)), user("danach")))


def table(rows: int) -> bytes:
    """Write a decision table that gives twice the number asked for; one row for each number."""
    rules = "".join(
        f'<rule id="r{number}"><inputEntry id="i{number}"><text>{number}</text></inputEntry>'
        f'<outputEntry id="o{number}"><text>{2 * number}</text></outputEntry></rule>'
        for number in range(rows)
    )
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="tabellen" '
        'name="Tabellen" namespace="http://camunda.org/schema/1.0/dmn">'
        '<decision id="tabelle" name="Tabelle"><decisionTable id="zeilen" hitPolicy="UNIQUE">'
        '<input id="nummer" label="Nummer"><inputExpression id="nummer_wert" typeRef="number">'
        "<text>antrag['nummer']</text></inputExpression></input>"
        '<output id="ergebnis" label="ergebnis" name="ergebnis" typeRef="number"/>'
        f"{rules}</decisionTable></decision></definitions>"
    ).encode()
