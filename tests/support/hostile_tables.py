"""Feindliche Entscheidungstabellen: cells that want to run for ever, to grow, or to reach out."""

from collections.abc import Callable

from tests.support.hostile_files import CANARY
from tests.unit.engine.tables.test_decisions import table


def cells(count: int) -> bytes:
    """One column each for input and result, so that each row has two cells."""
    row = (
        "<rule><inputEntry><text>1</text></inputEntry>"
        "<outputEntry><text>1</text></outputEntry></rule>"
    )
    return (
        b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" '
        b'namespace="n"><decision id="tabelle" name="T"><decisionTable id="t">'
        b'<input id="i"><inputExpression id="x"><text>antrag</text></inputExpression></input>'
        b'<output id="o" name="gebuehr"/>'
        + row.encode() * (count // 2)
        + b"</decisionTable></decision></definitions>"
    )


def one(cell: str, result: str = "1", policy: str = "UNIQUE") -> bytes:
    return table((cell, result), inputs=("antrag.a",), policy=policy)


def column(expression: str) -> bytes:
    return table(("1", "1"), inputs=(expression,))


def with_entity(doctype: str) -> bytes:
    return doctype.encode() + one("-").replace(b"<text>1</text>", b"<text>&x;</text>")


#: ends in a refusal by deployment or in an incident at the start
REFUSED: dict[str, Callable[[], bytes]] = {
    "forty thousand question marks": lambda: one("?" * 40_000),
    "question marks in quotes": lambda: one("?'" * 250),
    "a hundred thousand cells": lambda: cells(100_000),
    "ten thousand cells": lambda: cells(10_000),
    "a cell in many parentheses": lambda: one("(" * 20_000 + "1" + ")" * 20_000),
    "a cell in some parentheses": lambda: one("(" * 240 + "1" + ")" * 240),
    "a column in many parentheses": lambda: column("(" * 20_000 + "1" + ")" * 20_000),
    "a result in many parentheses": lambda: one("-", "(" * 20_000 + "1" + ")" * 20_000),
    "a result without end": lambda: one("-", "'a' * 10000000000"),
    "a tower of powers": lambda: one("-", "9 ** 9 ** 9 ** 9"),
    "an import": lambda: one("-", "__import__('os').getcwd()"),
    "external entity": lambda: with_entity(f'<!DOCTYPE d [<!ENTITY x SYSTEM "{CANARY}">]>'),
    "entities within entities": lambda: with_entity(
        '<!DOCTYPE d [<!ENTITY a "99"><!ENTITY x "&a;&a;&a;">]>'
    ),
    "no table": lambda: b"<a/>",
    "a cell that leaves its comparison": lambda: one(") or (True"),
}

#: is accepted or refused; either way it may cost next to nothing
BOUNDED: dict[str, Callable[[], bytes]] = {
    "a column that leaves its parentheses": lambda: column("1) or (1"),
    "nineteen hundred cells": lambda: cells(1_900),
    "a thousand cells of question marks": lambda: table(
        *[("? < 1 or " * 50 + "? > 2", "1")] * 900, inputs=("antrag.a",)
    ),
}
