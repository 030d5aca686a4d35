"""Zeichen: characters that look right to people and mean nothing here."""

import unicodedata
from collections.abc import Mapping

_QUOTES = "„“”‟«»‚‘’‛‹›`´"
_MEANT: Mapping[str, str] = {
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "×": "*",
    "·": "*",
    "∙": "*",
    "÷": "/",
    "−": "-",
    "–": "-",
    "—": "-",
    "²": "** 2",
    "³": "** 3",
    "½": "0.5",
    "¼": "0.25",
    "¾": "0.75",
    "∧": "and",
    "∨": "or",
    "¬": "not",
    "∈": "in",
    "∉": "not in",
    "→": "if … else …",
    "…": "range(1, 6)",
}
_INVISIBLE = {"Cc", "Cf", "Zs", "Zl", "Zp", "Cn", "Co"}


def odd_character(code: str) -> int:
    """Index of the first character outside quotes that cannot stand in a source, or -1."""
    return next((index for index, one in enumerate(code) if _is_odd(one)), -1)


def unreadable_character(text: str) -> int:
    """Index of the first character that cannot even stand within quotes, or -1."""
    return next((index for index, one in enumerate(text) if _is_broken(one)), -1)


def advice_on(character: str) -> str:
    """Say what to write instead."""
    if character in _QUOTES:
        return (
            "Text steht in geraden Anführungszeichen: „'Text'“. Das Zeichen hier stammt aus einer "
            "Textverarbeitung."
        )
    if _is_broken(character):
        return "Hier steht ein ungültiges Zeichen. Bitte löschen Sie es."
    if unicodedata.category(character) in _INVISIBLE:
        return (
            "Hier steht ein unsichtbares Zeichen. Löschen Sie es und setzen Sie ein einfaches "
            "Leerzeichen."
        )
    if character == "€":
        return "Beträge stehen ohne „€“, zum Beispiel „25.50“."
    if character in _MEANT:
        return f"Das Zeichen „{character}“ schreiben Sie hier so: „{_MEANT[character]}“."
    return f"Das Zeichen „{character}“ ist hier nicht möglich. Bitte löschen Sie es."


def _is_broken(character: str) -> bool:
    return character == "\0" or "\ud800" <= character <= "\udfff"


def _is_odd(character: str) -> bool:
    if character.isascii():
        return character in "`\x7f" or (character < " " and character not in "\t\n\r\f")
    return not ("a" + character).isidentifier()
