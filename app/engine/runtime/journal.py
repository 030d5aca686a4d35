"""Protokoll eines Schritts: what happened on the way, in order."""

from collections.abc import Mapping
from typing import Any

from app.engine.deployment import Node
from app.engine.step import DecisionTaken, LogEntry, ThrownMessage


class Journal:
    """Gathers what one step completes, opens and calls; inner nodes of the engine do not count.

    ``done`` keeps every element ever completed, across steps.
    """

    def __init__(self, nodes: Mapping[str, Node], done: list[str]) -> None:
        self.log: list[LogEntry] = []
        self.milestones: list[str] = []
        self.calls: list[Any] = []
        self.messages: list[ThrownMessage] = []
        self.decisions: list[DecisionTaken] = []
        self.done: dict[str, None] = dict.fromkeys(done)
        self._nodes = nodes

    def opened(self, token: Any) -> None:
        """Note a person's task that became open, which reaches its milestone."""
        node = self._nodes[token.task_spec.bpmn_id]
        if node.milestone:
            self.milestones.append(node.milestone)

    def completed(self, token: Any) -> None:
        """Note a completed node, which reaches its milestone unless it is a person's task.

        Each round of a repeated task counts, the whole of them does not.
        """
        node = self._nodes.get(token.task_spec.bpmn_id)
        if node is None or hasattr(token.task_spec, "came_back"):
            return
        self.log.append(LogEntry(node.id, node.name, node.kind, node.lane, node.milestone))
        self.done[node.id] = None
        if node.milestone and not token.task_spec.manual:
            self.milestones.append(node.milestone)

    def called(self, token: Any) -> None:
        """Note a service task that waits for its connector."""
        self.calls.append(token)

    def decided(self, token: Any, rules: tuple[str, ...]) -> None:
        """Note which rows of a decision table hit."""
        self.decisions.append(DecisionTaken(token.task_spec.bpmn_id, rules))
