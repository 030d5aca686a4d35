"""Zeichen: which characters of people's answers a letter can show."""

import re
import unicodedata

_UNSHOWN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_BREAKS = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
#: neither Latin, Greek nor Cyrillic, punctuation nor currency, as DIN SPEC 91379 asks for
_FOREIGN = re.compile(
    r"[^\n\x20-\x7e\xa0-\u017f\u0192\u0218-\u021b\u0370-\u03ff\u0400-\u04ff"
    r"\u1e00-\u1eff\u200b\u2010-\u2027\u2030-\u203a\u20ac\u2116\u2122\u2212]"
)
_LONG_RUN = re.compile(r"(\S{30})(?=\S{15})")
_LINE_MAY_END = "\u200b"
SUBSTITUTE = "\ufffd"


def shown(text: str) -> str:
    """Compose accents, unify line breaks, drop control and direction characters."""
    composed = unicodedata.normalize("NFC", _BREAKS.sub("\n", text).replace("\t", " "))
    return "".join(
        character
        for character in composed
        if character == "\n" or unicodedata.category(character) not in _UNSHOWN
    )


def printable(text: str) -> str:
    """Let very long words end a line, so that they stay on the paper."""
    return _LONG_RUN.sub(rf"\1{_LINE_MAY_END}", shown(text))


def printable_latin(text: str) -> str:
    """Put a substitute where a character is outside the European scripts."""
    return _FOREIGN.sub(SUBSTITUTE, printable(text))
