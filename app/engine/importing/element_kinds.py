"""Elementarten: the words of BPMN that drafts are sorted by."""

SCOPES = ("process", "subProcess", "transaction", "adHocSubProcess")
SUBPROCESSES = frozenset(SCOPES[1:])
GATEWAYS = frozenset(
    {
        "exclusiveGateway",
        "inclusiveGateway",
        "parallelGateway",
        "eventBasedGateway",
        "complexGateway",
    }
)
CHOOSING = frozenset({"exclusiveGateway", "inclusiveGateway"})
EVENTS = frozenset(
    {
        "startEvent",
        "endEvent",
        "intermediateCatchEvent",
        "intermediateThrowEvent",
        "boundaryEvent",
    }
)
TASKS = frozenset(
    {
        "task",
        "userTask",
        "manualTask",
        "serviceTask",
        "sendTask",
        "receiveTask",
        "scriptTask",
        "businessRuleTask",
    }
)
ACTIVITIES = TASKS | SUBPROCESSES | {"callActivity"}
NODES = GATEWAYS | EVENTS | ACTIVITIES
