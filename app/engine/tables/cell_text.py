"""Zellentext: the notation of decision cells, read from left to right into parts.

Input cells may be written as every decision editor writes them. Accepted are ``-`` or nothing
(anything), a value, a comparison (``< 5``, ``!= "A"``, ``in ["A", "B"]``), an interval (``[1..5]``,
``]1..5[``, ``(1..5)``), several of these with commas between them (one must hold), ``not(...)``
around them (none may hold), and any condition in which ``?`` stands for the input. Expressions are
our own language; only ``true``, ``false``, ``null`` and a single ``=`` are translated into it.
Refused because two readings are possible: ``4,5`` without a space (a German fraction or two
values), a list without ``in``, and a condition without ``?``.
Source: DMN 1.3, clauses 7.3.12 and 10.3.1.2 (rules 7-18, unary tests and intervals).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, NoReturn

from app.expressions.fault import ExpressionFault

INPUT = "EINGABE_"  # stands for ``?`` within an expression; refused as a name in cells
ANYTHING = frozenset({"", "-"})

_LITERALS = {"true": "True", "false": "False", "null": "None"}
_COMPARING = frozenset({"<", "<=", ">", ">=", "==", "=", "!="})
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")
_TOKEN = re.compile(
    r"""(?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?P<quote>["'])|(?P<word>[^\W\d]\w*)"""
    r"""|(?P<number>\d+(?:\.(?!\.)\d*)?|\.\d+)|(?P<range>\.\.)|(?P<sign>[<>=!]=|[<>=])"""
    r"""|(?P<input>\?)|(?P<bracket>[()\[\]{}])|(?P<comma>,)|(?P<space>\s+)|(?P<other>.)""",
    re.DOTALL,
)


class UnclearCell(ExpressionFault):
    """A cell can be read in more than one way."""


class Token(NamedTuple):
    """A piece of a cell; ``kind`` is the name of its group in the pattern."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Interval:
    """Two ends in our language, and whether each belongs to the interval."""

    low: str
    high: str
    low_included: bool
    high_included: bool
    is_excluded: bool = False


@dataclass(frozen=True, slots=True)
class CellText:
    """Parts of one input cell, of which one must hold, or none if ``is_negated``.

    A part is an interval or an expression in which :data:`INPUT` stands for the input.
    """

    parts: tuple[Interval | str, ...]
    is_negated: bool = False


class _NotWhole(Exception):
    """The brackets around these tokens do not belong together."""


def read_cell(text: str) -> CellText:
    """Read an input cell that is not :data:`ANYTHING`.

    :raises UnclearCell: it can be read in two ways.
    :raises ExpressionFault: it cannot be read.
    """
    tokens = _tokens(text)
    words = [token.text for token in tokens if token.kind != "space"]
    if words[:2] == ["not", "("] and words[-1] == ")" and len(words) > 3:
        try:
            return CellText(tuple(_parts(_inside(tokens))), is_negated=True)
        except _NotWhole:
            pass
    try:
        return CellText(tuple(_parts(tokens)))
    except _NotWhole:
        _unreadable()


def read_expression(text: str) -> str:
    """Translate an expression that is no input cell into our language.

    :raises UnclearCell: it can be read in two ways.
    :raises ExpressionFault: it cannot be read.
    """
    tokens = _tokens(text)
    if any(token.kind == "input" for token in tokens):
        raise ExpressionFault("Das Zeichen ? ist nur in Zellen der Eingangsspalten erlaubt.")
    depth = 0
    for at, token in enumerate(tokens):
        depth += (token.text in _OPENING) - (token.text in _CLOSING)
        if token.kind == "comma" and depth == 0:
            _check_comma(tokens, at)
            raise UnclearCell("Hier ist nur ein Wert möglich. Listen schreiben Sie [1, 2].")
    return _written(tokens)


def _inside(tokens: Sequence[Token]) -> list[Token]:
    """Give what stands between the first opening and the last closing bracket."""
    first = next(at for at, token in enumerate(tokens) if token.text == "(")
    last = max(at for at, token in enumerate(tokens) if token.text == ")")
    return list(tokens[first + 1 : last])


def _tokens(text: str) -> list[Token]:
    tokens = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "other"
        if match.group() == INPUT:
            _unreadable()
        if kind == "quote":
            raise ExpressionFault("Hier fehlt ein Anführungszeichen.", match.start() + 1)
        tokens.append(Token(kind, match.group()))
    return tokens


def _parts(tokens: Sequence[Token]) -> Iterator[Interval | str]:
    at = 0
    while True:
        part, at = _part(tokens, at)
        yield part
        if at == len(tokens):
            return
        _check_comma(tokens, at)
        at += 1


def _part(tokens: Sequence[Token], start: int) -> tuple[Interval | str, int]:
    """Read one part; it ends at a comma outside of all brackets or with the cell."""
    start = at = _solid(tokens, start)
    words = [token.text for token in tokens[start : start + 4] if token.kind != "space"]
    is_excluded = words[:2] == ["not", "in"]
    if is_excluded or words[:1] == ["in"]:
        at = _solid(tokens, start + (3 if is_excluded else 1))
    found = _interval(tokens, at, is_excluded=is_excluded)
    if found is not None:
        return found
    end, depth = start, 0
    while end < len(tokens) and (depth or tokens[end].kind != "comma"):
        depth += (tokens[end].text in _OPENING) - (tokens[end].text in _CLOSING)
        if depth < 0:
            raise _NotWhole
        end += 1
    if depth:
        raise _NotWhole
    return _continued(tokens[start:end]), end


def _continued(tokens: Sequence[Token]) -> str:
    """Put the input in front of a comparison that leaves it out."""
    words = [token.text for token in tokens if token.kind != "space"]
    if words and (words[0] in _COMPARING or words[0] in {"in", "is"} or words[:2] == ["not", "in"]):
        return f"{INPUT} {_written(tokens)}"
    return _written(tokens)


def _interval(
    tokens: Sequence[Token], start: int, *, is_excluded: bool
) -> tuple[Interval, int] | None:
    """Read an interval, if one begins here, and tell what follows it."""
    if start == len(tokens) or tokens[start].text not in {"[", "(", "]"}:
        return None
    middle, end = _middle_and_end(tokens, start)
    if not middle:
        return None
    if not _ends(tokens, end):
        raise _NotWhole
    low, high = tokens[start + 1 : middle], tokens[middle + 1 : end]
    for part in (low, high):
        for at, token in enumerate(part):
            if token.kind == "comma":
                _check_comma(part, at)
    included = (tokens[start].text == "[", tokens[end].text == "]")
    return Interval(_written(low), _written(high), *included, is_excluded), _solid(tokens, end + 1)


def _middle_and_end(tokens: Sequence[Token], start: int) -> tuple[int, int]:
    """Find ``..`` and the closing bracket; 0 and 0 where this is no interval."""
    depth = middle = 0
    for at in range(start + 1, len(tokens)):
        kind, text = tokens[at]
        closes = text in _CLOSING or (text == "[" and middle and _ends(tokens, at))
        if depth == 0 and kind == "range":
            middle = _unreadable() if middle else at
        elif depth == 0 and closes:
            return middle, at
        else:
            depth += (text in _OPENING and not closes) - closes
    return 0, 0


def _written(tokens: Sequence[Token]) -> str:
    """Write tokens in our language."""
    parts, before, depth = [], "", 0
    for token in tokens:
        text = token.text
        depth += (text in _OPENING) - (text in _CLOSING)
        if token.kind == "word" and before != ".":
            text = _LITERALS.get(text, text)
        elif token.kind == "input":
            text = INPUT
        elif text == "=" and depth == 0:
            text = "=="
        parts.append(text)
        if token.kind != "space":
            before = token.text
    return "".join(parts).strip()


def _check_comma(tokens: Sequence[Token], at: int) -> None:
    """Refuse ``4,5``.

    :raises UnclearCell: the comma stands between digits.
    """
    if 0 < at < len(tokens) - 1 and tokens[at - 1].kind == tokens[at + 1].kind == "number":
        first, second = tokens[at - 1].text, tokens[at + 1].text
        raise UnclearCell(
            f"„{first},{second}“ ist nicht eindeutig. Schreiben Sie {first}.{second} für eine Zahl "
            f"mit Nachkommastellen oder {first}, {second} für zwei Werte."
        )


def _ends(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a part ends with this token."""
    after = _solid(tokens, at + 1)
    return after == len(tokens) or tokens[after].kind == "comma"


def _solid(tokens: Sequence[Token], at: int) -> int:
    while at < len(tokens) and tokens[at].kind == "space":
        at += 1
    return at


def _unreadable() -> NoReturn:
    raise ExpressionFault("Die Zelle lässt sich nicht lesen.")
