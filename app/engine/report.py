"""Auskunft: what a case waits for, as values for the callers."""

from collections import ChainMap
from typing import Any

from app.engine.runtime.boundary import is_guarding
from app.engine.runtime.elements import Service
from app.engine.runtime.environment import element_of
from app.engine.runtime.token import READY, STARTED, WAITING, Token
from app.engine.runtime.waiting import MessageWait, SignalWait, TimerWait
from app.engine.runtime.workflow import CaseWorkflow
from app.engine.step import DueTimer, OpenTask, Position, ServiceCall, Subscription


def open_tasks(case: CaseWorkflow) -> tuple[OpenTask, ...]:
    """All tasks that wait for a person."""
    nodes = case.deployment.nodes
    return tuple(
        OpenTask(token.id, node.id, node.name, node.lane, node.properties, local_data(token))
        for token in case.living()
        if token._state == READY and token.task_spec.manual
        for node in (nodes[token.task_spec.bpmn_id],)
    )


def local_data(token: Token) -> dict[str, Any]:
    """Give what a token sees above the process data."""
    layers, data = [], token.data
    while isinstance(data, ChainMap):
        layers.append(data.maps[0])
        data = data.maps[1]
    return {name: value for layer in reversed(layers) for name, value in layer.items()}


def timers(case: CaseWorkflow) -> tuple[DueTimer, ...]:
    """All times the case waits for."""
    return tuple(
        DueTimer(token.id, wait.element, wait.due(memory))
        for token, wait, memory in case.waits()
        if isinstance(wait, TimerWait)
    )


def subscriptions(case: CaseWorkflow) -> tuple[Subscription, ...]:
    """All messages the case waits for."""
    return tuple(
        Subscription(token.id, wait.message, memory["correlation"])
        for token, wait, memory in case.waits()
        if isinstance(wait, MessageWait)
    )


def signals(case: CaseWorkflow) -> tuple[str, ...]:
    """Names of all signals the case waits for."""
    found = (wait.signal for _, wait, _ in case.waits() if isinstance(wait, SignalWait))
    return tuple(dict.fromkeys(found))


def pending_calls(case: CaseWorkflow) -> tuple[ServiceCall, ...]:
    """All services whose result is awaited."""
    return tuple(
        service_call(token)
        for token in case.living()
        if token._state == STARTED and isinstance(token.task_spec, Service)
    )


def service_call(token: Token) -> ServiceCall:
    """Describe what a service task wants."""
    spec = token.task_spec
    return ServiceCall(
        task_id=token.id,
        element=spec.bpmn_id,
        name=token.workflow.top_workflow.deployment.nodes[spec.bpmn_id].name,
        operator=spec.operation_name,
        parameters=token.internal_data["parameters"],
        result_name=spec.result_name,
        local=local_data(token),
    )


def position(case: CaseWorkflow) -> Position:
    """Where the case waits; boundary events wait with their task and are not named."""
    active = {
        element_of(token)
        for token in case.living()
        if token._state in {READY, WAITING, STARTED}
        and token.task_spec.bpmn_id
        and not is_guarding(token)
    }
    return Position(active=frozenset(active), done=frozenset(case.journal.done))
