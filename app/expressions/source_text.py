"""Quelltext: what an author wrote, told apart into notation, quoted text and comments."""

import re
from dataclasses import dataclass

# What follows a repetition here is optional: a match never fails late, so nothing is read twice.
# (Possessive repetition would say so too, but Python 3.11 up to 3.11.4 gets it wrong.)
_LONG = r"""
    (?P<long>'''|\"\"\")
    [^\\'"]*(?:(?:\\.?|(?!(?P=long))['"])[^\\'"]*)*
    (?P<long_end>(?P=long))?"""
_SHORT = r"""
  | (?P<mark>['"])
    [^\\'"]*(?:(?:\\.?|(?!(?P=mark))['"])[^\\'"]*)*
    (?P<end>(?P=mark))?"""
_SHORT_ON_ONE_LINE = _SHORT.replace(r"""[^\\'"]""", r"""[^\\'"\n]""")
_COMMENT = r"| (?P<comment>\#(?!\{)[^\n]*)"
_PIECE = re.compile(_LONG + _SHORT + _COMMENT, re.VERBOSE | re.DOTALL)
_PIECE_OF_SCRIPT = re.compile(_LONG + _SHORT_ON_ONE_LINE + _COMMENT, re.VERBOSE | re.DOTALL)
_BAD_ESCAPE = re.compile(r"""\\(?:[\\'"abfnrtv0-7xuU\r\n]|(?P<bad>.?))""", re.DOTALL)
_LINE_BREAKS = str.maketrans("\r\n", "  ")


@dataclass(frozen=True, slots=True)
class SourceText:
    """A source; ``code`` has its length, with comments blank and quoted text made of ``'``.

    ``open_quote`` and ``bad_escape`` are indices of what is wrong within quotes, or -1.
    """

    text: str
    code: str
    open_quote: int
    bad_escape: int

    def spot(self, index: int) -> tuple[int, int]:
        """Column and line of the character at ``index``, both counted from 1."""
        before = self.text[: max(0, index)]
        start = max(before.rfind("\n"), before.rfind("\r")) + 1
        lines = before.count("\n") + before.replace("\r\n", "").count("\r")
        return len(before) - start + 1, lines + 1


def read_source(text: str, *, is_script: bool) -> SourceText:
    """Find quoted text and comments; in an expression quotes may run over lines."""
    pieces, done, open_quote, bad_escape = [], 0, -1, -1
    for piece in (_PIECE_OF_SCRIPT if is_script else _PIECE).finditer(text):
        start, end = piece.span()
        is_comment = piece["comment"] is not None
        pieces += [text[done:start], (" " if is_comment else "'") * (end - start)]
        done = end
        if not is_comment:
            if open_quote < 0 and not (piece["end"] or piece["long_end"]):
                open_quote = start
            if bad_escape < 0 and text[start - 1 : start] not in {"r", "R"}:
                bad_escape = _bad_escape(piece[0], start)
    return SourceText(text, "".join([*pieces, text[done:]]), open_quote, bad_escape)


def on_one_line(text: str) -> str:
    """Write an expression on one line of the same length, without its comments."""
    if "\n" not in text and "\r" not in text:
        return text
    without = _PIECE.sub(
        lambda piece: piece[0] if piece["comment"] is None else " " * len(piece[0]), text
    )
    return without.replace("\\\n", "  ").replace("\\\r\n", "   ").translate(_LINE_BREAKS)


def _bad_escape(quoted: str, start: int) -> int:
    for escape in _BAD_ESCAPE.finditer(quoted):
        if escape["bad"] is not None:
            return start + escape.start()
    return -1
