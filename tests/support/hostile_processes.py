"""Feindliche Prozesse: valid XML that wants to run for ever, to grow, or to recurse."""

from collections.abc import Callable
from itertools import pairwise

from tests.unit.engine.process_builder import (
    boundary,
    bpmn,
    chain,
    end,
    flow,
    gateway,
    message,
    node,
    script,
    start,
    timer,
    user,
    wait,
)

HUGE = 10**9


def tasks(count: int) -> bytes:
    return bpmn(chain(*(user(f"t{number}") for number in range(count))))


def scripts(count: int) -> bytes:
    return bpmn(chain(*(script(f"t{number}", "x = 1") for number in range(count))))


def renamed(body: str, suffix: str) -> str:
    """Give other ids to start, end and the flows to them, so that ``body`` can lie in another."""
    body = body.replace('"start"', f'"start{suffix}"').replace('"ende"', f'"ende{suffix}"')
    return body.replace("f_start_", f"f_start{suffix}_").replace("_ende", f"_ende{suffix}")


def crowd(count: int) -> bytes:
    """As many tasks in a row as a file can hold, last one first."""
    body = start("a0") + end(f"a{count}") + flow("a0", "a1", id="f0")
    for number in range(count - 1, 0, -1):
        body += f'<bpmn:manualTask id="a{number}"/><bpmn:sequenceFlow id="f{number}" '
        body += f'sourceRef="a{number}" targetRef="a{number + 1}"/>'
    return bpmn(body)


def nested(depth: int) -> bytes:
    body = chain(user("innen"))
    for level in range(depth):
        body = chain(node("subProcess", f"teil{level}", renamed(body, str(level))))
    return bpmn(body)


def called(*names: str) -> bytes:
    """Processes that call one another in a ring; the first one is executable."""
    ring = [*names, names[0]]
    others = "".join(
        f'<bpmn:process id="{name}" isExecutable="false">'
        + renamed(chain(node("callActivity", f"ruf_{name}", calledElement=after)), name)
        + "</bpmn:process>"
        for name, after in pairwise(ring[1:])
    )
    first = chain(node("callActivity", f"ruf_{names[0]}", calledElement=ring[1]))
    return bpmn(first, extra=others, process=f'id="{names[0]}" isExecutable="true"')


def repeated(task: str, inner: str) -> bytes:
    """A task with a marker."""
    at = task.rindex("</")
    return bpmn(chain(task[:at] + inner + task[at:]))


def instances(task: str, cardinality: str, parallel: bool = True) -> bytes:
    sequential = "false" if parallel else "true"
    return repeated(
        task,
        f'<bpmn:multiInstanceLoopCharacteristics isSequential="{sequential}">'
        f"<bpmn:loopCardinality>{cardinality}</bpmn:loopCardinality>"
        "</bpmn:multiInstanceLoopCharacteristics>",
    )


def items(task: str, collection: str) -> bytes:
    return repeated(
        task,
        '<bpmn:multiInstanceLoopCharacteristics isSequential="false">'
        f"<bpmn:loopDataInputRef>{collection}</bpmn:loopDataInputRef>"
        '<bpmn:inputDataItem id="ding" name="ding"/>'
        "</bpmn:multiInstanceLoopCharacteristics>",
    )


def standard_loop(task: str, condition: str = "True", **attributes: str) -> bytes:
    written = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return repeated(
        task,
        f"<bpmn:standardLoopCharacteristics{written}><bpmn:loopCondition>{condition}"
        "</bpmn:loopCondition></bpmn:standardLoopCharacteristics>",
    )


def ring(*between: str, kind: str = "exclusive") -> bytes:
    """A loop through ``between`` that a gateway could leave but never does."""
    names = [part.split('id="', 1)[1].split('"', 1)[0] for part in between]
    plain = kind == "parallel"
    return bpmn(
        start()
        + script("zuvor", "x = 'xxxxxxxx'")
        + "".join(between)
        + gateway(kind, "g")
        + end()
        + "".join(flow(a, b) for a, b in pairwise(["start", "zuvor", *names, "g"]))
        + flow("g", names[0], None if plain else "True")
        + flow("g", "ende", None if plain else "False")
    )


def closed_ring() -> bytes:
    return bpmn(
        start() + user("a") + user("b") + end()
        + flow("start", "a") + flow("a", "b") + flow("b", "a")
    )  # fmt: skip


def diamonds(count: int, kind: str) -> bytes:
    """Split, two ways, join, again and again: 2 to the power of ``count`` ways to walk."""
    condition = None if kind == "parallel" else "True"
    body, last = start(), "start"
    for number in range(count):
        names = [f"{part}{number}" for part in ("t", "a", "b", "z")]
        split, left, right, join = names
        body += gateway(kind, split) + script(left, "x = 1") + script(right, "y = 1")
        body += gateway(kind, join) + flow(last, split)
        body += flow(split, left, condition) + flow(split, right, condition)
        body += flow(left, join) + flow(right, join)
        last = join
    return bpmn(body + end() + flow(last, "ende"))


def ladder(count: int, kind: str) -> bytes:
    """Every rung leads to the next two, without joins: the ways multiply."""
    condition = None if kind == "parallel" else "True"
    body = start() + flow("start", "r0")
    for number in range(count):
        body += gateway(kind, f"r{number}")
        for step in (1, 2):
            target = f"r{number + step}" if number + step < count else "ende"
            body += flow(f"r{number}", target, condition, id=f"f{number}_{step}")
    return bpmn(body + end())


def fan(count: int, kind: str) -> bytes:
    """One gateway with very many ways."""
    condition = None if kind == "parallel" else "True"
    body = start() + gateway(kind, "g") + flow("start", "g") + user("a") + end() + flow("a", "ende")
    body += "".join(flow("g", "a", condition, id=f"f{number}") for number in range(count))
    return bpmn(body)


def crowded(count: int) -> bytes:
    """Very many boundary events on one task."""
    body = chain(user("a"))
    for number in range(count):
        body += boundary(f"b{number}", "a", timer("P1D"), interrupting=False)
        body += flow(f"b{number}", "ende")
    return bpmn(body)


def lanes(count: int) -> bytes:
    inner = "".join(
        f'<bpmn:lane id="l{number}" name="Spur {number}"><bpmn:flowNodeRef>a</bpmn:flowNodeRef>'
        "</bpmn:lane>"
        for number in range(count)
    )
    return bpmn(f'<bpmn:laneSet id="ls">{inner}</bpmn:laneSet>' + chain(user("a")))


def cycle(text: str) -> bytes:
    return bpmn(
        chain(user("a"))
        + boundary("b", "a", timer(text, "timeCycle"), interrupting=False)
        + end("e2")
        + flow("b", "e2")
    )


def choice(condition: str) -> bytes:
    return bpmn(
        start() + gateway("exclusive", "g", default="d") + user("a") + end()
        + flow("start", "g") + flow("g", "a", condition) + flow("g", "ende", id="d")
        + flow("a", "ende")
    )  # fmt: skip


def within(inner: str) -> str:
    """A process with one subprocess ``teil``."""
    return chain(node("subProcess", "teil", renamed(inner, "2")))


def into_itself() -> bytes:
    return bpmn(within(chain(user("a")) + flow("a", "teil")))


def held_by_its_child() -> bytes:
    return bpmn(within(chain(user("a")) + boundary("b", "teil", timer("P1D")) + flow("b", "ende")))


SIGNAL = '<bpmn:signal id="sig" name="sig"/>'
ESCALATION = '<bpmn:escalation id="esk" name="esk" escalationCode="1"/>'


def echo() -> bytes:
    """A signal that begins what throws the signal."""
    throw = node("intermediateThrowEvent", "wirf", '<bpmn:signalEventDefinition signalRef="sig"/>')
    inner = (
        node(
            "startEvent", "s2", '<bpmn:signalEventDefinition signalRef="sig"/>',
            isInterrupting="false",
        )
        + throw.replace('"wirf"', '"noch"') + end("e2") + flow("s2", "noch") + flow("noch", "e2")
    )  # fmt: skip
    body = chain(throw, user("a")) + node("subProcess", "echo", inner, triggeredByEvent="true")
    return bpmn(body, extra=SIGNAL)


def condition_for_ever() -> bytes:
    event = "<bpmn:condition>True</bpmn:condition>"
    event = f"<bpmn:conditionalEventDefinition>{event}</bpmn:conditionalEventDefinition>"
    return bpmn(
        chain(user("a"))
        + boundary("b", "a", event, interrupting=False)
        + script("s", "x = 1")
        + end("e2")
        + flow("b", "s")
        + flow("s", "e2")
    )


CALM = user("a")
QUICK = script("a", "x = 1")

#: ends in a refusal by deployment or in an incident at the start
REFUSED: dict[str, Callable[[], bytes]] = {
    "chain of 251 tasks": lambda: tasks(251),
    "chain of 600 tasks": lambda: tasks(600),
    "chain of 1500 tasks": lambda: tasks(1_500),
    "chain of 2500 scripts": lambda: scripts(2_500),
    "chain of 9000 tasks": lambda: crowd(9_000),
    "nesting of 30": lambda: nested(30),
    "nesting of 60": lambda: nested(60),
    "a process that calls itself": lambda: called("p"),
    "two processes that call each other": lambda: called("p", "q"),
    "a ring of calls": lambda: called("p", "q", "r", "s", "t"),
    "a milliard parallel tasks": lambda: instances(CALM, str(HUGE)),
    "a milliard parallel scripts": lambda: instances(QUICK, str(HUGE)),
    "a milliard tasks in a row": lambda: instances(CALM, str(HUGE), parallel=False),
    "a milliard scripts in a row": lambda: instances(QUICK, str(HUGE), parallel=False),
    "a computed milliard": lambda: instances(CALM, "1000 * 1000 * 1000"),
    "a power as a number": lambda: instances(QUICK, "9 ** 9 ** 9"),
    "fewer than none": lambda: instances(CALM, "-1"),
    "a word as a number": lambda: instances(CALM, "'viele'"),
    "a range of a milliard": lambda: items(QUICK, "range(1000000000)"),
    "a list that doubles": lambda: items(QUICK, "[1] * 1000000000"),
    "a script again for ever": lambda: standard_loop(QUICK),
    "a script a milliard times": lambda: standard_loop(QUICK, loopMaximum=str(HUGE)),
    "a script no times": lambda: standard_loop(QUICK, loopMaximum="-1"),
    "a loop without a gateway": closed_ring,
    "a loop that is never left": lambda: ring(script("a", "x = 1"), script("b", "y = 2")),
    "a loop that grows": lambda: ring(script("n", "x = x + x")),
    "a loop that multiplies": lambda: ring(script("a", "x = 1"), kind="parallel"),
    "a loop of times that have passed": lambda: ring(wait("w", "PT0S")),
    "a loop of days long ago": lambda: ring(wait("w", "1999-01-01", "timeDate")),
    "more than a century": lambda: bpmn(chain(wait("w", "P9999999Y"))),
    "years without end": lambda: bpmn(chain(wait("w", "P" + "9" * 100_000 + "Y"))),
    "seconds without end": lambda: bpmn(chain(wait("w", "PT99999999999999999999S"))),
    "a negative time": lambda: bpmn(chain(wait("w", "-P1D"))),
    "a time that goes back": lambda: bpmn(chain(wait("w", "P-1D"))),
    "no time at all": lambda: bpmn(chain(wait("w", "P"))),
    "a cycle of nothing": lambda: cycle("R/PT0S"),
    "a cycle of nothing that ends": lambda: cycle("R1000000/PT0S"),
    "a cycle that goes back": lambda: cycle("R/-PT1S"),
    "a cycle without a rest": lambda: cycle("R999999999999999999/PT1S"),
    "a condition in a million parentheses": lambda: choice("(" * 400_000 + "1" + ")" * 400_000),
    "a condition in many parentheses": lambda: choice("(" * 3_000 + "1" + ")" * 3_000),
    "a sum without end": lambda: choice("1" + "+1" * 200_000),
    "a sum of one line": lambda: choice("1" + "+1" * 3_000),
    "a chain of not": lambda: choice("not " * 20_000 + "True"),
    "a tower of powers": lambda: choice("9 ** 9 ** 9 ** 9 == 1"),
    "a word without end": lambda: choice("len('a' * 10000000000) == 1"),
    "a walk through a milliard": lambda: choice("sum([x for x in range(1000000000)]) == 1"),
    "a walk in a walk": lambda: choice("len([x for x in range(10000) for y in range(10000)]) == 1"),
    "a width without end": lambda: choice("len(f'{1:999999999}') == 1"),
    "a way to all classes": lambda: choice("().__class__.__base__.__subclasses__()"),
    "an import": lambda: choice("__import__('os').getcwd() == ''"),
    "a script that doubles": lambda: bpmn(
        chain(script("s", "x = 'ab'\nfor i in range(100):\n    x = x + x"))
    ),
    "a script that waits": lambda: bpmn(chain(script("s", "while True:\n    pass"))),
    "a script that opens a file": lambda: bpmn(chain(script("s", "x = open('/etc/passwd')"))),
    "a subprocess that leads into itself": into_itself,
    "a subprocess held by its child": held_by_its_child,
    "a task after itself": lambda: bpmn(chain(user("a")) + flow("a", "a", id="f")),
    "a signal that calls itself": echo,
    "thousands of flows with one id": lambda: bpmn(chain(CALM) + flow("a", "ende", id="f") * 9_000),
    "thousands of boundary events": lambda: crowded(3_500),
}

#: is accepted or refused; either way it may cost next to nothing
BOUNDED: dict[str, Callable[[], bytes]] = {
    "chain of 248 tasks": lambda: tasks(248),
    "chain of 248 scripts": lambda: scripts(248),
    "diamonds of two ways": lambda: diamonds(49, "parallel"),
    "diamonds of choices": lambda: diamonds(49, "inclusive"),
    "a ladder of ways": lambda: ladder(60, "parallel"),
    "a ladder of choices": lambda: ladder(60, "inclusive"),
    "one parallel gateway with many ways": lambda: fan(4_000, "parallel"),
    "one inclusive gateway with many ways": lambda: fan(4_000, "inclusive"),
    "two hundred boundary events": lambda: crowded(200),
    "thousands of lanes": lambda: lanes(7_000),
    "scripts that add up": lambda: bpmn(
        chain(*(script(f"s{number}", "x = [y for y in range(9000)]") for number in range(240)))
    ),
    "a heavy script again and again": lambda: ring(
        script("s", "x = len([y for y in range(9000)])")
    ),
    "a task again for ever": lambda: standard_loop(CALM),
    "waiting in turns": lambda: ring(wait("w", "PT1S")),
    "a condition that is always true": condition_for_ever,
    "a message to itself": lambda: bpmn(
        chain(node("intermediateThrowEvent", "w", message("m")), user("a")),
        extra='<bpmn:message id="m" name="m"/>',
    ),
}
