"""Szenario: a small process and what is done with it, the same on any engine."""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from typing import Any, Literal

from tests.unit.engine.process_builder import bpmn, flow


@dataclass(frozen=True)
class Act:
    """Something that is done to a case.

    ``name`` is an element, a message or a signal; ``carried`` is what a message correlates by.
    """

    kind: Literal["complete", "wait", "message", "signal"]
    name: str = ""
    value: Any = None
    carried: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Scenario:
    """A process, its first data, and acts one after the other."""

    name: str
    source: bytes
    acts: tuple[Act, ...] = ()
    data: dict[str, Any] = field(default_factory=dict)


def scenario(name: str, body: str, *acts: Act, beside: str = "", **data: Any) -> Scenario:
    """Describe a scenario; ``beside`` is what lies beside the process in its file."""
    return Scenario(name, bpmn(body, beside), acts, data)


def done(*elements: str, **changes: Any) -> Act:
    """Do the task of an element; ``changes`` replace top-level keys."""
    [element] = elements
    return Act("complete", element, changes)


def later(**time: float) -> Act:
    """Let time pass."""
    return Act("wait", value=timedelta(**time))


def sent(name: str, payload: Any = None, **carried: Any) -> Act:
    """Deliver a message; ``carried`` are its correlation values."""
    return Act("message", name, payload, carried)


def raised(name: str) -> Act:
    """Raise a signal."""
    return Act("signal", name)


def ways(*lines: str) -> str:
    """Arrows from each name of a line to the next one."""
    steps = [step for line in lines for step in pairwise(line.split())]
    return "".join(flow(source, target) for source, target in steps)
