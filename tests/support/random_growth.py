"""Wachstum: how a random process grows, block by block, within what may stand where.

The ways of a gateway are read before any of them is gone. What ends or interrupts more than its
own way, or is thrown, comes right after a task for a person: then everything else is at rest.
"""

from collections.abc import Callable
from dataclasses import replace

from tests.support.random_blocks import (
    Again,
    Becomes,
    Block,
    Boundary,
    Choice,
    Condition,
    Error,
    Escalation,
    Event,
    Fail,
    First,
    Handler,
    Inclusive,
    Loop,
    Message,
    Parallel,
    Receive,
    Rounds,
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
from tests.support.random_dice import ERROR_CODES, LANES, MAX_DEPTH, SIGNALS, Chooser, Place


class Grower(Chooser):
    """Grows blocks until ``left`` is used up."""

    def sequence(self, place: Place, at_least: int = 1) -> Sequence:
        """Grow some blocks one after the other."""
        wanted = at_least + self.dice.randrange(3)
        parts: list[Block] = []
        while self.left > 0 and len(parts) < wanted:
            self.left -= 1
            parts.append(self._part(place))
        while len(parts) < at_least:
            parts.append(self.user(place) if self._coin(2) else self._script(place))
        return Sequence(tuple(parts))

    def user(self, place: Place) -> User:
        """Grow a task for a person."""
        key, edge = self._id("aufgabe"), self._boundaries(place)
        return User(
            key,
            place.keys,
            self._one_of(LANES),
            f"stand_{key}" if self._coin(4) else "",
            edge,
            self._repeat(place, edge),
        )

    def handlers(self, place: Place) -> tuple[Handler, ...]:
        """Grow event subprocesses for a process or subprocess."""
        if "handler" not in self.features or place.depth >= MAX_DEPTH:
            return ()
        events = self._events(place, self._few(5), fails=True, part=True)
        return tuple(self._handler(place, event) for event in events)

    def _part(self, place: Place) -> Block:
        kinds: dict[str, Callable[[Place], Block]] = {"user": self.user, "script": self._script}
        wanted: dict[str, Callable[[Place], Block]] = {
            "service": self._service,
            "timer": self._timer,
            "message": self._receive,
            "first": self._first,
            "signal": self._signal if self._coin(3) else self._throw,
            "escalation": self._throw,
        }
        if place.depth < MAX_DEPTH:
            wanted |= {
                "choice": self._choice,
                "parallel": self._parallel,
                "inclusive": self._inclusive,
                "sub": self._sub,
                "call": self._sub,
            }
            if place.loops < 2:
                wanted["loop"] = self._loop
        kinds |= {name: grow for name, grow in wanted.items() if self._wanted(place, name)}
        names = sorted(kinds)
        return kinds[names[self.dice.randrange(len(names))]](place)

    def _script(self, place: Place) -> Script:
        return Script(self._id("skript"), self._key(place), self.dice.randrange(3), self._coin(2))

    def _service(self, place: Place) -> Service:
        edge, key = self._boundaries(place, fails=True), self._key(place)
        return Service(self._id("dienst"), key, edge, self._repeat(place, edge, result=key))

    def _receive(self, place: Place) -> Message | Receive:
        if self._coin(2):
            return self._message(place)
        return Receive(self._message(place, task=True), self._boundaries(place))

    def _message(self, place: Place, *, task: bool = False) -> Message:
        return Message(self._id("post"), self._key(place), task)

    def _timer(self, _: Place) -> Timer:
        self._timers += 1
        return Timer(self._id("frist"), 5 + self._timers * 37 % 101)

    def _signal(self, _: Place) -> Signal:
        return Signal(self._id("wecker"), self._one_of(SIGNALS))

    def _throw(self, place: Place) -> Sequence:
        kinds = [kind for kind in ("escalation", "signal") if self._wanted(place, kind)]
        kind = "signal" if self._one_of(tuple(kinds)) == "signal" else "escalation"
        name = self._one_of(SIGNALS if kind == "signal" else ERROR_CODES)
        return Sequence((self._asked(place), Throw(self._id("ruf"), kind, name)))

    def _asked(self, place: Place) -> User:
        return User(self._id("frage"), place.keys, "", "")

    def _choice(self, place: Place) -> Choice:
        ways: list[tuple[Condition | None, Sequence]] = []
        for _ in range(1 + self.dice.randrange(2)):
            way = self.sequence(place.below(), at_least=0)
            last = self._last(place)
            ways.append((self._condition(place), Sequence((*way.parts, *last))))
        ways.append((None, self.sequence(place.below(), at_least=0)))
        return Choice(self._id("wahl"), tuple(ways), self._id("egal") if self._coin(2) else None)

    def _last(self, place: Place) -> tuple[Block, ...]:
        """Now and then, what ends more than its own way."""
        if place.awaited or not self._coin(4):
            return ()
        if place.inner and "error" in self.features and self._coin(2):
            return self._asked(place), Fail(self._id("mangel"), self._one_of(ERROR_CODES))
        if "terminate" in self.features:
            return self._asked(place), Terminate(self._id("abbruch"))
        return ()

    def _parallel(self, place: Place) -> Parallel:
        ways = []
        for _ in range(2 + self.dice.randrange(2)):
            beside = self._beside(place)
            ways.append(Sequence((*self.sequence(beside).parts, self._script(beside))))
        names = (self._id("davor"), self._id("teilen"), tuple(ways), self._id("treffen"))
        return Parallel(*names)

    def _inclusive(self, place: Place) -> Inclusive:
        conditions = [self._condition(place) for _ in range(1 + self.dice.randrange(2))]
        ways = tuple(
            (
                condition,
                self.sequence(
                    replace(self._beside(place), awaited=True),
                    at_least=int(number > 0 and "bare" not in self.features),
                ),
            )
            for number, condition in enumerate((*conditions, None))
        )
        return Inclusive(self._id("davor"), self._id("auswahl"), ways, self._id("sammeln"))

    def _first(self, place: Place) -> First:
        kinds: list[Callable[[Place], Timer | Message | Signal]] = [
            lambda here: self._message(here, task=self._coin(2)),
            self._timer,
        ]
        if self._wanted(place, "signal"):
            kinds.append(self._signal)
        events = [self._one_of(tuple(kinds))(place) for _ in range(2 + self.dice.randrange(2))]
        ways = tuple((event, self.sequence(place.below(), at_least=0)) for event in events)
        return First(self._id("zuerst"), ways)

    def _loop(self, place: Place) -> Loop:
        [counter] = self.new_keys(1)
        return Loop(
            entry=self._id("von_vorn"),
            reset=Script(self._id("null"), counter, 0, adds=False),
            body=self.sequence(replace(place.below(), loops=place.loops + 1)),
            count=Script(self._id("zaehlen"), counter, 1, adds=True),
            exit=self._id("nochmal"),
            again=self._condition(place),
            rounds=1 + self.dice.randrange(3),
        )

    def _sub(self, place: Place) -> Sub:
        inner = replace(place.below(), alone=True, awaited=False, inner=True, often=False)
        edge = self._boundaries(place, fails=True, part=True)
        repeat = self._repeat(place, edge, parallel="shared" in self.features)
        return Sub(
            self._id("teil"),
            self.sequence(inner),
            self._id("anfang"),
            self._id("schluss"),
            edge,
            self.handlers(inner),
            called="call" in self.features and ("sub" not in self.features or self._coin(3)),
            repeat=repeat,
        )

    def _handler(self, place: Place, event: Event) -> Handler:
        gentle = isinstance(event, Signal | Escalation) and "caught" not in self.features
        interrupting = isinstance(event, Error) or (self._coin(2) and not gentle)
        beside = replace(self._beside(place), racing=place.racing or not interrupting)
        here = replace(beside, alone=True, awaited=False, inner=True, often=False)
        end = self._id("sonderende")
        return Handler(self._id("sonder"), event, interrupting, self.sequence(here), end)

    def _boundaries(
        self, place: Place, *, fails: bool = False, part: bool = False
    ) -> tuple[Boundary, ...]:
        if place.depth >= MAX_DEPTH or "boundary" not in self.features:
            return ()
        events = self._events(place, self._few(3), fails=fails, part=part)
        return tuple(self._boundary(place, event) for event in events)

    def _events(self, place: Place, number: int, *, fails: bool, part: bool) -> list[Event]:
        """Draw events for one host; of those that can come at one instant only one."""
        events = [self._event(place, fails=fails, part=part) for _ in range(number)]
        for kind in (Signal, Becomes):
            for event in [one for one in events if isinstance(one, kind)][1:]:
                events.remove(event)
        return events

    def _event(self, place: Place, *, fails: bool, part: bool) -> Event:
        kinds: dict[str, Callable[[], Event]] = {
            "timer": lambda: self._timer(place),
            "message": lambda: self._message(place),
            "signal": lambda: self._signal(place),
            "becomes": lambda: Becomes(self._id("wenn"), self._condition(place)),
        }
        codes = ("", *ERROR_CODES)
        if fails:
            kinds["error"] = lambda: Error(self._id("fehler"), self._one_of(codes))
        if part:
            kinds["escalation"] = lambda: Escalation(self._id("eile"), self._one_of(codes))
        wanted = sorted(kind for kind in kinds if self._wanted(place, kind)) or ["timer"]
        return kinds[self._one_of(tuple(wanted))]()

    def _boundary(self, place: Place, event: Event) -> Boundary:
        interrupting = isinstance(event, Error) or self._coin(2)
        if isinstance(event, Timer) and not interrupting and "cycle" in self.features:
            event = replace(event, times=self.dice.randrange(3))
        ends = not interrupting or (place.alone and self._coin(3))
        here = place.below()
        if not interrupting:
            here = replace(self._beside(place), often=True, racing=True)
        end = self._id("ende") if ends else None
        return Boundary(event, interrupting, self.sequence(here, at_least=0), end)

    def _repeat(
        self,
        place: Place,
        edge: tuple[Boundary, ...],
        *,
        result: str = "",
        parallel: bool = True,
    ) -> Rounds | Again | None:
        if any(isinstance(one.event, Becomes) for one in edge):
            return None  # which rounds had begun when it held at once means nothing
        if "again" in self.features and self._coin(8):
            return Again(self._condition(place), 1 + self.dice.randrange(3), self._coin(2))
        if "rounds" not in self.features or not self._coin(8):
            return None
        return Rounds(
            sequential=not parallel or self._coin(2),
            count=self._key(place),
            more=self.dice.randrange(3),
            enough=self.dice.randrange(3),
            result=result or self._key(place),
            results=f"liste_{self._id('runden')}",
        )

    def _beside(self, place: Place) -> Place:
        keys = place.keys if "shared" in self.features else self.new_keys(2)
        return replace(place.below(), keys=keys, alone=False)
