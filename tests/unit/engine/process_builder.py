"""Small processes for tests: BPMN without a drawing, and a case that is played by names."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from app.engine.engine import Engine
from app.engine.step import ServiceResult
from app.errors import BundleInvalid

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)  # a Monday, 12 o'clock in Germany
ENGINE = Engine()

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core"
  id="D" targetNamespace="http://bpmn.io/schema/bpmn">"""


def bpmn(body, extra="", process='id="p" isExecutable="true"'):
    """A file with one process; ``body`` is what lies in it, ``extra`` what lies beside it."""
    text = f"{_HEAD}{extra}<bpmn:process {process}>{body}</bpmn:process></bpmn:definitions>"
    return text.encode()


def chain(*elements):
    """Elements one after the other between ``start`` and ``ende``."""
    names = [
        "start",
        *(element.split('id="', 1)[1].split('"', 1)[0] for element in elements),
        "ende",
    ]
    flows = [flow(a, b) for a, b in pairwise(names)]
    return "".join([start(), *elements, end(), *flows])


def flow(source, target, condition=None, id=None):  # noqa: A002 - as in BPMN
    inner = ""
    if condition is not None:
        text = condition.replace("&", "&amp;").replace("<", "&lt;")
        inner = f"<bpmn:conditionExpression>{text}</bpmn:conditionExpression>"
    key = id or f"f_{source}_{target}"
    return (
        f'<bpmn:sequenceFlow id="{key}" sourceRef="{source}" targetRef="{target}">'
        f"{inner}</bpmn:sequenceFlow>"
    )


def node(tag, id, inner="", **attributes):  # noqa: A002 - as in BPMN
    written = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f'<bpmn:{tag} id="{id}"{written}>{inner}</bpmn:{tag}>'


def extensions(inner):
    return f"<bpmn:extensionElements>{inner}</bpmn:extensionElements>"


def properties(**values):
    inner = "".join(
        f'<spiffworkflow:property name="{name}" value="{value}"/>' for name, value in values.items()
    )
    return extensions(f"<spiffworkflow:properties>{inner}</spiffworkflow:properties>")


def start(id="start", **values):  # noqa: A002 - as in BPMN
    return node("startEvent", id, properties(**values) if values else "")


def end(id="ende", inner="", **values):  # noqa: A002 - as in BPMN
    return node("endEvent", id, (properties(**values) if values else "") + inner)


def user(id, **values):  # noqa: A002 - as in BPMN
    return node("userTask", id, properties(**values) if values else "", name=f"Aufgabe {id}")


def script(id, text):  # noqa: A002 - as in BPMN
    return node("scriptTask", id, f"<bpmn:script>{text}</bpmn:script>")


def gateway(kind, id, **attributes):  # noqa: A002 - as in BPMN
    return node(f"{kind}Gateway", id, **attributes)


def service(id, operator="letters/issue", result="", more="", **parameters):  # noqa: A002
    inner = "".join(
        f'<spiffworkflow:parameter id="{name}" type="str" value="{value}"/>'
        for name, value in parameters.items()
    )
    return node(
        "serviceTask",
        id,
        extensions(
            f'<spiffworkflow:serviceTaskOperator id="{operator}" resultVariable="{result}">'
            f"<spiffworkflow:parameters>{inner}</spiffworkflow:parameters>"
            f"</spiffworkflow:serviceTaskOperator>{more}"
        ),
        name=f"Dienst {id}",
    )


def timer(text, kind="timeDuration"):
    return (
        f"<bpmn:timerEventDefinition><bpmn:{kind}>{text}</bpmn:{kind}></bpmn:timerEventDefinition>"
    )


def wait(id, text, kind="timeDuration"):  # noqa: A002 - as in BPMN
    return node("intermediateCatchEvent", id, timer(text, kind))


def boundary(id, host, inner, interrupting=True):  # noqa: A002 - as in BPMN
    cancel = "true" if interrupting else "false"
    return node("boundaryEvent", id, inner, attachedToRef=host, cancelActivity=cancel)


def message(reference, variable="", correlations=""):
    inner = f"<spiffworkflow:messageVariable>{variable}</spiffworkflow:messageVariable>"
    return (
        f'<bpmn:messageEventDefinition messageRef="{reference}">'
        f"{extensions((inner if variable else '') + correlations)}</bpmn:messageEventDefinition>"
    )


def faults(source, dmn=()):
    """Deploy what must be refused and give ``(element id, code)`` of each fault."""
    with pytest.raises(BundleInvalid) as invalid:
        ENGINE.deploy(source, dmn)
    for fault in invalid.value.fields:
        assert fault.message[0].isupper() or fault.message[0] == "„"
        assert fault.message.endswith((".", ")"))
    return {(fault.pointer, fault.code) for fault in invalid.value.fields}


class Played:
    """A case whose open tasks are done by element id; keeps the latest step and the clock."""

    def __init__(self, source, data=None, dmn=(), now=NOON):
        self.deployment = ENGINE.deploy(source, dmn)
        self.now = now
        self.step = ENGINE.start(self.deployment, data or {}, now)

    @property
    def open(self):
        return sorted(task.element for task in self.step.open_tasks)

    @property
    def data(self):
        return self.step.data

    @property
    def path(self):
        return [entry.element for entry in self.step.log]

    def task_id(self, element):
        [task] = [task for task in self.step.open_tasks if task.element == element]
        return task.id

    def complete(self, element, **changes):
        self.step = ENGINE.complete(
            self.deployment, self.step.state, self.task_id(element), changes, self.now
        )
        return self

    def complete_id(self, task_id, **changes):
        """Do one of several tasks at the same element."""
        self.step = ENGINE.complete(self.deployment, self.step.state, task_id, changes, self.now)
        return self

    def answer(self, call, value=None):
        """Give a service its result."""
        return self.deliver(ServiceResult(call.task_id, value))

    def deliver(self, event):
        self.step = ENGINE.deliver(self.deployment, self.step.state, event, self.now)
        return self

    def after(self, **time):
        """Let time pass and wake the case."""
        self.now += timedelta(**time)
        self.step = ENGINE.tick(self.deployment, self.step.state, self.now)
        return self

    @property
    def position(self):
        return ENGINE.position(self.deployment, self.step.state)

    @property
    def snapshot(self):
        return ENGINE.inspect(self.deployment, self.step.state)
