"""Träger in der Gegenprobe: tasks and process parts, what waits beside them, their rounds."""

from typing import Any

from tests.support.random_blocks import (
    Again,
    Boundary,
    Event,
    Handler,
    Host,
    Receive,
    Rounds,
    Sequence,
    Service,
    Sub,
    User,
)
from tests.support.random_stage import Stage
from tests.support.random_waits import ROUND, Data, Scope, Then, Wait


class Hosts(Stage):
    """Plays everything something can wait beside."""

    def _begin(
        self, scope: Scope, first: str, body: Sequence, last: str, handlers: tuple[Handler, ...]
    ) -> None:
        """Let a scope begin, unless what it waits for beside itself has happened already."""
        lives = scope.lives
        for handler in handlers:
            scope.triggers.append(self._trigger(handler, scope))
        ways = [
            one.hit(None) for one in list(scope.triggers) if one.holds() and scope.lives == lives
        ]
        if scope.lives == lives:
            self.log.append(first)
            ways.append(lambda: self._run(body, scope, lambda: self._end(last, scope)))
        for way in ways:
            way()

    def _trigger(self, handler: Handler, scope: Scope) -> Wait:
        def hit(value: Any) -> Then:
            if handler.interrupting:
                self._clear(scope)
                scope.tokens = 1
            else:
                scope.tokens += 1
                self._again(wait)
            return lambda: self._handle(handler, scope, value)

        wait = Wait(scope, handler.event, scope.data, hit)
        return self._waiting(wait)

    def _handle(self, handler: Handler, scope: Scope, value: Any) -> None:
        def done() -> None:
            self._cancel(host)
            self.log.append(handler.id)
            self._end(None, scope)

        host = Wait(scope, handler, scope.data, lambda _: lambda: None, shown=False)
        self.waits.append(host)
        self._take(handler.event, scope.data, value)
        inner = host.inner = Scope(host, scope.data, done)
        self._begin(inner, handler.event.id, handler.body, handler.end, ())

    def _host(self, block: Host, scope: Scope, then: Then) -> None:
        host = Wait(scope, block, scope.data, lambda _: lambda: None)
        self.waits.append(host)
        lives, ways = scope.lives, []
        if isinstance(block, User) and block.repeat is None:
            self._open_task(block)
        for one in block.boundaries:
            wait = self._edge(one, host, then)
            host.edge.append(wait)
            if wait.holds():
                ways.append(wait.hit(None))
            if host not in self.waits:
                break
        if host in self.waits and scope.lives == lives:
            ways.append(lambda: self._work(host, then))
        for way in ways:
            way()

    def _open_task(self, block: User) -> None:
        if block.milestone:
            self.milestones.append(block.milestone)

    def _work(self, host: Wait, then: Then) -> None:
        def left() -> None:
            self._cancel(host)
            then()

        block = host.block
        repeat = None if isinstance(block, Event | Handler) else block.repeat
        if isinstance(repeat, Rounds):
            host.shown = False
            self._rounds(host, repeat, left)
        elif isinstance(repeat, Again):
            host.shown = False
            self._agains(host, repeat, 0, left)
        else:
            self._once(host, left)

    def _once(self, host: Wait, then: Then) -> None:
        """Let a host, or one round of it, do its work."""
        block, data = host.block, host.data

        def hit(value: Any) -> Then:
            self._cancel(host)
            return lambda: happened(value)

        def happened(value: Any) -> None:
            if isinstance(block, Service):
                data[block.key] = value
            if isinstance(block, Receive):
                self._take(block.message, data, value)
            self._pass(block.id, then)

        def leave() -> None:
            hit(None)()

        host.hit = hit
        host.begin(self.now)
        if isinstance(block, Service):
            host.value = data[block.key]
        if isinstance(block, Sub):
            inner = host.inner = Scope(host, data, leave)
            self._begin(inner, block.start, block.body, block.end, block.handlers)

    def _one_round(self, host: Wait, data: Data, then: Then) -> None:
        wait = Wait(host.scope, host.block, data, host.hit, around=host)
        self.waits.append(wait)
        host.rounds.append(wait)
        if isinstance(wait.block, User):
            self._open_task(wait.block)
        self._once(wait, then)

    def _rounds(self, host: Wait, repeat: Rounds, then: Then) -> None:
        count, results = host.data[repeat.count] + repeat.more, {}

        def leave() -> None:
            host.data[repeat.results] = [results[number] for number in sorted(results)]
            then()

        def begin(number: int) -> None:
            data = host.data.new_child({ROUND: number})

            def done() -> None:
                results[number] = data.maps[0].get(repeat.result)  # its own alone
                if len(results) == count or (repeat.enough and len(results) >= repeat.enough):
                    leave()
                elif repeat.sequential:
                    begin(number + 1)

            self._one_round(host, data, done)

        if count == 0:
            leave()
        for number in range(1, 2 if repeat.sequential and count else count + 1):
            begin(number)

    def _agains(self, host: Wait, repeat: Again, number: int, then: Then) -> None:
        goes_on = number < repeat.most and repeat.condition.holds(host.data)
        if not goes_on and (number or repeat.before):
            then()
            return

        def done() -> None:
            self._agains(host, repeat, number + 1, then)

        self._one_round(host, host.data, done)

    def _edge(self, drawn: Boundary, host: Wait, then: Then) -> Wait:
        scope = host.scope

        def hit(value: Any) -> Then:
            if drawn.interrupting:
                self._cancel(host)
            else:
                scope.tokens += 1
                self._again(wait)
            return lambda: happened(value)

        def happened(value: Any) -> None:
            self._take(drawn.event, scope.data, value)
            self.log.append(drawn.event.id)
            out = (lambda: self._end(drawn.end, scope)) if drawn.end else then
            self._run(drawn.way, scope, out)

        wait = Wait(scope, drawn.event, scope.data, hit)
        return self._waiting(wait)
