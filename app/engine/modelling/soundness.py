"""Schlüssigkeit: plays all ways through a process part, whatever conditions may say."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from app.engine.modelling.model import Model, Scope, is_event_part
from app.engine.modelling.xmlio import Element, bpmn, local

MAX_MARKINGS = 3_000
MAX_TOKENS = 12
MAX_OR_WAYS = 6
MAX_WORK = 20_000
_LOOK = 20  # flows that are looked at for the price of one step

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


class _TooMuch(Exception):
    """There is more to play than may be played."""


class Work:
    """What examining may still cost, in steps."""

    def __init__(self, steps: int = MAX_WORK) -> None:
        self.left = steps

    def spend(self, steps: int) -> None:
        """Take off some steps.

        :raises _TooMuch: there are none left.
        """
        self.left -= steps
        if self.left < 0:
            raise _TooMuch


def examine(
    model: Model, scope: Scope, *, until_end: bool = False, work: Work | None = None
) -> Soundness:
    """Play a scope; subprocesses in it count as one step that comes to its end.

    ``until_end`` stops as soon as some way has come to an end, which is much quicker. ``work``
    bounds what this costs, together with all else that it is given to.
    """
    return _Game(model, scope, work or Work()).play(until_end)


class _Game:
    def __init__(self, model: Model, scope: Scope, work: Work) -> None:
        self.model = model
        self.work = work
        self.leading: dict[str, dict[str, set[str]]] = {}
        self.nodes = {node.get("id", ""): node for node in scope.nodes if not is_event_part(node)}
        inside = [flow for flow in scope.flows if self._has_both_ends(flow)]
        self.source = {flow.get("id", ""): flow.get("sourceRef", "") for flow in inside}
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
            try:
                following = list(self._steps(Counter(dict(marking))))
            except _TooMuch:
                return Soundness(ends, frozenset(stuck), frozenset(doubled), False)
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
        lying: dict[str, list[str]] = {}
        for flow in tokens:
            lying.setdefault(self.target[flow], []).append(flow)
        for key, here in lying.items():
            node = self.nodes[key]
            if _terminates(node):
                yield _END
                continue
            for taken in self._takes(key, node, here, tokens):
                for given in self._gives(key, node):
                    self.work.spend(1 + len(given) // MAX_TOKENS)
                    yield _marking(tokens - Counter(taken) + Counter(given))

    def _takes(
        self, key: str, node: Element, lying: list[str], tokens: Counter[str]
    ) -> Iterator[list[str]]:
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
        """Tell whether a token elsewhere can still come to a join, on a way that lacks one."""
        if key not in self.leading:
            self.leading[key] = self._leading(key)
        leading, here = self.leading[key], set(lying)
        self.work.spend(1)
        ahead = (leading.get(flow, set()) for flow in tokens if self.target[flow] != key)
        return any(ways and not ways & here for ways in ahead)

    def _leading(self, key: str) -> dict[str, set[str]]:
        """Tell to which ways into a join each flow can lead, without passing the join."""
        leading: dict[str, set[str]] = {}
        for way in self.incoming[key]:
            found, waiting = {way}, [way]
            while waiting:
                before = self.model.flow_nodes[self.source[waiting.pop()]]
                at = before.get("attachedToRef") or before.get("id") or ""
                new = [one for one in self.incoming.get(at, ()) if at != key and one not in found]
                self.work.spend(len(self.incoming.get(at, ())) // _LOOK)
                found.update(new)
                waiting += new
            self.work.spend(1 + len(found) // _LOOK)
            for flow in found:
                leading.setdefault(flow, set()).add(way)
        return leading

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


_FINAL = ("terminateEventDefinition", "errorEventDefinition", "cancelEventDefinition")
_END: Marking = frozenset()


def _marking(tokens: Mapping[str, int]) -> Marking:
    return frozenset((flow, count) for flow, count in tokens.items() if count)


def _terminates(node: Element) -> bool:
    """Tell whether nothing in the scope goes on after an end event."""
    return local(node) == "endEvent" and any(node.find(bpmn(kind)) is not None for kind in _FINAL)
