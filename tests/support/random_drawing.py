"""Zeichnung: a random process written as BPMN, in the conventions all models follow."""

from dataclasses import dataclass

from tests.support.random_blocks import (
    Block,
    Boundary,
    Choice,
    Condition,
    Event,
    Fail,
    First,
    Handler,
    Host,
    Inclusive,
    Loop,
    Message,
    Parallel,
    Receive,
    Script,
    Sequence,
    Service,
    Signal,
    Sub,
    Terminate,
    Throw,
    Timer,
    User,
)
from tests.support.random_definitions import BESIDE, definition, marker_of
from tests.support.random_dice import LANES
from tests.support.random_models import Model
from tests.trust.flow_models.elements import (
    error,
    escalation,
    signal,
)
from tests.unit.engine.process_builder import (
    boundary,
    bpmn,
    end,
    flow,
    gateway,
    node,
    properties,
    script,
    service,
    start,
)


@dataclass(frozen=True)
class Loose:
    """An arrow that leads nowhere yet; ``number`` is its place in the file."""

    source: str
    number: int
    condition: str | None = None

    @property
    def id(self) -> str:
        """Element id."""
        return f"pfeil_{self.number}"


def draw(model: Model) -> bytes:
    """Write a file with one process ``p``, whose own start and end are ``start`` and ``ende``."""
    return Pencil().file(model)


class Pencil:
    """Draws blocks one after the other; keeps what lies beside the process."""

    def __init__(self) -> None:
        self.lanes: dict[str, list[str]] = {lane: [] for lane in LANES if lane}
        self.messages: list[Message] = []
        self.called: list[str] = []
        self._arrows = 0
        self._here: list[str] = []
        self._flows: dict[int, str] = {}
        self._beside_process = False

    def file(self, model: Model) -> bytes:
        """Draw everything."""
        body = self._scope(model.root, "start", "ende", model.handlers)
        lanes = "".join(
            f'<bpmn:lane id="bahn_{number}" name="{lane}">'
            + "".join(f"<bpmn:flowNodeRef>{one}</bpmn:flowNodeRef>" for one in members)
            + "</bpmn:lane>"
            for number, (lane, members) in enumerate(self.lanes.items())
        )
        return bpmn(f'<bpmn:laneSet id="bahnen">{lanes}</bpmn:laneSet>{body}', self._beside())

    def _beside(self) -> str:
        ways = "".join(
            f'<bpmn:correlationPropertyRetrievalExpression messageRef="m_{one.id}">'
            "<bpmn:messagePath>akte</bpmn:messagePath>"
            "</bpmn:correlationPropertyRetrievalExpression>"
            for one in self.messages
        )
        named = [f'<bpmn:message id="m_{one.id}" name="{one.name}"/>' for one in self.messages]
        carried = f'<bpmn:correlationProperty id="akte">{ways}</bpmn:correlationProperty>'
        return "".join([carried if ways else "", *named, BESIDE, *self.called])

    def _scope(
        self,
        body: Sequence,
        first: str,
        last: str,
        handlers: tuple[Handler, ...] = (),
        begin: str = "",
    ) -> str:
        outside = self._here, self._flows
        self._here, self._flows = [begin or start(first)], {}
        self._here += [self._handler(one) for one in handlers]
        loose = self._draw(body, [self._arrow(first)])
        if loose:
            self._put(end(last), last, loose)
        flows = [self._flows[number] for number in sorted(self._flows)]
        drawn = "".join([*self._here, *flows])
        self._here, self._flows = outside
        return drawn

    def _draw(self, block: Block, loose: list[Loose]) -> list[Loose]:  # noqa: C901, PLR0911, PLR0912 - one case each
        match block:
            case Sequence(parts):
                for part in parts:
                    loose = self._draw(part, loose)
                return loose
            case Script(key):
                return self._put(script(key, block.text), key, loose)
            case Timer(key) | Signal(key):
                inner = self._definition(block)
                return self._put(node("intermediateCatchEvent", key, inner), key, loose)
            case Message(key):
                return self._put(self._message(block), key, loose)
            case Throw(key, kind, name):
                inner = signal(f"s_{name}") if kind == "signal" else escalation(f"x_{name}")
                return self._put(node("intermediateThrowEvent", key, inner), key, loose)
            case Fail(key, code):
                self._put(end(key, error(f"e_{code}")), key, loose)
                return []
            case Terminate(key):
                self._put(end(key, "<bpmn:terminateEventDefinition/>"), key, loose)
                return []
            case User() | Service() | Receive() | Sub():
                return self._host(block, loose)
            case Choice():
                return self._choice(block, loose)
            case Parallel():
                return self._parallel(block, loose)
            case Inclusive():
                return self._inclusive(block, loose)
            case First(key, ways):
                self._put(gateway("eventBased", key), key, loose)
                return [
                    arrow
                    for event, way in ways
                    for arrow in self._draw(way, self._draw(event, [self._arrow(key)]))
                ]
            case Loop():
                return self._loop(block, loose)
        raise TypeError(block)

    def _choice(self, block: Choice, loose: list[Loose]) -> list[Loose]:
        ends = self._split("exclusive", block.id, block.ways, loose)
        if block.merge is None:
            return ends
        return self._put(gateway("exclusive", block.merge), block.merge, ends)

    def _inclusive(self, block: Inclusive, loose: list[Loose]) -> list[Loose]:
        loose = self._put(gateway("exclusive", block.entry), block.entry, loose)
        ends = self._split("inclusive", block.id, block.ways, loose)
        return self._put(gateway("inclusive", block.join), block.join, ends)

    def _parallel(self, block: Parallel, loose: list[Loose]) -> list[Loose]:
        loose = self._put(gateway("exclusive", block.entry), block.entry, loose)
        self._put(gateway("parallel", block.id), block.id, loose)
        ends = [one for way in block.ways for one in self._draw(way, [self._arrow(block.id)])]
        return self._put(gateway("parallel", block.join), block.join, ends)

    def _split(
        self,
        kind: str,
        key: str,
        ways: tuple[tuple[Condition | None, Sequence], ...],
        loose: list[Loose],
    ) -> list[Loose]:
        arrows = [self._arrow(key, condition.text if condition else None) for condition, _ in ways]
        [default] = [one.id for one in arrows if one.condition is None]
        self._put(gateway(kind, key, default=default), key, loose)
        return [
            end
            for arrow, (_, way) in zip(arrows, ways, strict=True)
            for end in self._draw(way, [arrow])
        ]

    def _loop(self, block: Loop, loose: list[Loose]) -> list[Loose]:
        loose = self._draw(block.reset, loose)
        inside = self._put(gateway("exclusive", block.entry), block.entry, loose)
        inside = self._draw(block.count, self._draw(block.body, inside))
        again = f"{block.count.key} < {block.rounds} and {block.again.text}"
        back, out = self._arrow(block.exit, again), self._arrow(block.exit)
        self._put(gateway("exclusive", block.exit, default=out.id), block.exit, inside)
        self._connect([back], block.entry)
        return [out]

    def _host(self, block: Host, loose: list[Loose]) -> list[Loose]:
        marker = marker_of(block.repeat)
        match block:
            case User(key, _, lane, milestone):
                values = properties(milestone=milestone) if milestone else ""
                drawn = node("userTask", key, values + marker, name=f"Aufgabe {key}")
                if lane and not self._beside_process:
                    self.lanes[lane].append(key)
            case Service(key):
                asked = {"wert": block.key, "runde": "wert(durchlauf, 'nummer')"}
                drawn = service(key, "probe/run", block.key, **asked)
                drawn = drawn.replace("</bpmn:serviceTask>", f"{marker}</bpmn:serviceTask>")
            case Receive(event):
                key, drawn = event.id, self._message(event)
            case Sub(key):
                drawn = self._part(block, marker)
        behind = self._put(drawn, key, loose)
        for one in block.boundaries:
            behind += self._boundary(key, one)
        return behind

    def _part(self, block: Sub, marker: str) -> str:
        outside, self._beside_process = self._beside_process, block.called or self._beside_process
        inner = self._scope(block.body, block.start, block.end, block.handlers)
        self._beside_process = outside
        if not block.called:
            return node("subProcess", block.id, marker + inner)
        self.called.append(f'<bpmn:process id="p_{block.id}">{inner}</bpmn:process>')
        return node("callActivity", block.id, marker, calledElement=f"p_{block.id}")

    def _handler(self, drawn: Handler) -> str:
        inner = self._definition(drawn.event)
        stops = str(drawn.interrupting).lower()
        begin = node("startEvent", drawn.event.id, inner, isInterrupting=stops)
        body = self._scope(drawn.body, drawn.event.id, drawn.end, begin=begin)
        return node("subProcess", drawn.id, body, triggeredByEvent="true")

    def _boundary(self, host: str, drawn: Boundary) -> list[Loose]:
        event = drawn.event
        inner = self._definition(event)
        self._here.append(boundary(event.id, host, inner, interrupting=drawn.interrupting))
        behind = self._draw(drawn.way, [self._arrow(event.id)])
        if drawn.end and behind:
            self._put(end(drawn.end), drawn.end, behind)
        return [] if drawn.end else behind

    def _message(self, event: Message) -> str:
        inner = self._definition(event)
        if not event.task:
            return node("intermediateCatchEvent", event.id, inner)
        inside = inner[inner.index(">") + 1 : inner.rindex("<")]
        return node("receiveTask", event.id, inside, messageRef=f"m_{event.id}")

    def _definition(self, event: Event) -> str:
        if isinstance(event, Message):
            self.messages.append(event)
        return definition(event)

    def _arrow(self, source: str, condition: str | None = None) -> Loose:
        self._arrows += 1
        return Loose(source, self._arrows, condition)

    def _put(self, drawn: str, key: str, loose: list[Loose]) -> list[Loose]:
        self._here.append(drawn)
        self._connect(loose, key)
        return [self._arrow(key)]

    def _connect(self, loose: list[Loose], target: str) -> None:
        for one in loose:
            self._flows[one.number] = flow(one.source, target, one.condition, one.id)
