"""Schlüssigkeit: plays all ways through a process part, whatever conditions may say."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, combinations

from app.engine.modelling.model import Model, Scope, is_event_part
from app.engine.modelling.xmlio import Element, bpmn, local

MAX_MARKINGS = 3_000
MAX_TOKENS = 12
MAX_OR_WAYS = 6

#: how many tokens lie on each flow
Marking = frozenset[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Soundness:
    """What can happen in a scope.

    ``ends``: some way comes to an end. ``stuck``: joins at which a way can wait for ever.
    ``doubled``: nodes that a way can come to twice at the same time. ``complete``: all ways
    were played; otherwise there are too many and nothing is said about the rest.
    """

    ends: bool
    stuck: frozenset[str]
    doubled: frozenset[str]
    complete: bool


def examine(model: Model, scope: Scope, *, until_end: bool = False) -> Soundness:
    """Play a scope; subprocesses in it count as one step that comes to its end.

    ``until_end`` stops as soon as some way has come to an end, which is much quicker.
    """
    return _Game(model, scope).play(until_end)


class _Game:
    def __init__(self, model: Model, scope: Scope) -> None:
        self.model = model
        self.nodes = {node.get("id", ""): node for node in scope.nodes if not is_event_part(node)}
        inside = [flow for flow in scope.flows if self._has_both_ends(flow)]
        self.target = {flow.get("id", ""): flow.get("targetRef", "") for flow in inside}
        self.incoming = {key: self._ids(model.incoming[key]) for key in self.nodes}
        self.outgoing = {key: self._ids(model.outgoing[key]) for key in self.nodes}

    def _has_both_ends(self, flow: Element) -> bool:
        return flow.get("sourceRef") in self.nodes and flow.get("targetRef") in self.nodes

    def _ids(self, flows: list[Element]) -> list[str]:
        return [key for flow in flows if (key := flow.get("id", "")) in self.target]

    def play(self, until_end: bool) -> Soundness:
        """Visit every marking once, the latest first."""
        begin = [
            flow
            for key, node in self.nodes.items()
            if local(node) == "startEvent"
            for flow in self.outgoing[key]
        ]
        first = _marking(Counter(begin))
        seen, waiting = {first}, [first]
        ends, stuck, doubled, complete = False, set[str](), set[str](), True
        while waiting:
            marking = waiting.pop()
            doubled |= {self.target[flow] for flow, count in marking if count > 1}
            following = list(self._steps(Counter(dict(marking))))
            ends |= _END in following or not marking
            if ends and until_end:
                return Soundness(ends, frozenset(stuck), frozenset(doubled), False)
            if marking and not following:
                stuck |= {self.target[flow] for flow, _ in marking}
            for new in following:
                if new in seen:
                    continue
                if len(seen) >= MAX_MARKINGS or sum(count for _, count in new) > MAX_TOKENS:
                    complete = False
                    continue
                seen.add(new)
                waiting.append(new)
        return Soundness(ends, frozenset(stuck), frozenset(doubled), complete)

    def _steps(self, tokens: Counter[str]) -> Iterator[Marking]:
        for key in {self.target[flow] for flow in tokens}:
            node = self.nodes[key]
            if _terminates(node):
                yield _END
                continue
            for taken in self._takes(key, node, tokens):
                for given in self._gives(key, node):
                    yield _marking(tokens - Counter(taken) + Counter(given))

    def _takes(self, key: str, node: Element, tokens: Counter[str]) -> Iterator[list[str]]:
        lying = [flow for flow in self.incoming[key] if tokens[flow]]
        name = local(node)
        if name == "parallelGateway":
            if len(lying) == len(self.incoming[key]):
                yield lying
        elif name == "inclusiveGateway":
            if not self._may_come(key, lying, tokens):
                yield lying
        else:
            yield from ([flow] for flow in lying)

    def _may_come(self, key: str, lying: list[str], tokens: Counter[str]) -> bool:
        missing = set(self.incoming[key]) - set(lying)
        return any(
            missing & self._ahead(flow, key) and not set(lying) & self._ahead(flow, key)
            for flow in tokens
            if self.target[flow] != key
        )

    def _ahead(self, flow: str, stop: str) -> set[str]:
        found, waiting = {flow}, [flow]
        while waiting:
            key = self.target[waiting.pop()]
            if key == stop:
                continue
            events = (event.get("id", "") for event in self.model.boundaries[key])
            ways = chain(self.outgoing[key], *(self.outgoing[event] for event in events))
            new = [one for one in ways if one not in found]
            found.update(new)
            waiting += new
        return found

    def _gives(self, key: str, node: Element) -> Iterator[list[str]]:
        ways, name = self.outgoing[key], local(node)
        if name in {"exclusiveGateway", "eventBasedGateway"}:
            yield from ([way] for way in ways)
        elif name == "inclusiveGateway":
            most = len(ways) if len(ways) <= MAX_OR_WAYS else 1
            for size in range(1, most + 1):
                yield from (list(some) for some in combinations(ways, size))
            if most < len(ways):
                yield ways
        else:
            yield ways
            for event in self.model.boundaries[key]:
                instead = self.outgoing[event.get("id", "")]
                interrupts = event.get("cancelActivity", "true") == "true"
                yield instead if interrupts else ways + instead


_END: Marking = frozenset()


def _marking(tokens: Mapping[str, int]) -> Marking:
    return frozenset((flow, count) for flow, count in tokens.items() if count)


def _terminates(node: Element) -> bool:
    return node.find(bpmn("terminateEventDefinition")) is not None
