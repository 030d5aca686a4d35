"""Unlesbares: why a source cannot be read, and what to write instead."""

import ast
import re
from collections.abc import Mapping

from app.expressions.characters import advice_on, odd_character, unreadable_character
from app.expressions.fault import ExpressionFault
from app.expressions.habits import foreign
from app.expressions.refusals import LEFT, refusal_of
from app.expressions.source_text import SourceText

#: Python looks for a file of this name when it cannot read a script; there can be none.
NOWHERE = "/dev/null/Ausdruck"
_BACKSLASH = "In diesem Text ist der Rückstrich nicht erlaubt. Schreiben Sie ihn doppelt: „\\\\“."
_WORDS = (
    "and|or|not|in|is|if|else|for|elif|pass|True|False|None|import|from|def|class|while|return|"
    "lambda|del|with|as|try|except|global|assert|raise|break|continue|async|await|yield|nonlocal"
)
_SIDE_BY_SIDE = re.compile(
    rf"(?<![\w.'])(?!(?:{_WORDS})\b)(?:\w[\w.]*|'+)[ \t]+(?!(?:{_WORDS})\b)(?=[\w'])"
    r"|[)\]}][ \t]*(?=\w)(?!(?:and|or|in|is|if|else|for|not|as)\b)"
)
_DANGLING = re.compile(
    r"(?P<sign>\*\*|//|==|!=|<=|>=|[-+*/%<>=.,]|\b(?:and|or|not|in|if|else|is)\b)\s*\Z"
)
_LEADING = re.compile(r"\A\s*(?P<sign>\*\*|//|!=|<=|>=|[*/%<>.,]|\b(?:and|or|in|else|is)\b)")
_DOUBLED = re.compile(r"(?:[-+*/%<>]|==|!=|<=|>=|\band\b|\bor\b)\s*(?=[*/%<>=,)\]]|\band\b|\bor\b)")
_EQUALS = re.compile(r"(?<![=<>!:+*/%-])=(?!=)")
_WRONG_TARGET = re.compile(r"(?m)^[ \t]*(?P<target>[^=\s][^=\n]*\)|[\d'][\w.']*)[ \t]*=(?!=)")
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_INSTEAD_OF_A_STATEMENT: Mapping[type[ast.AST], str] = {
    ast.If: "Eine Auswahl schreiben Sie hier so: „'A' if bedingung else 'B'“.",
    ast.For: "Eine Schleife schreiben Sie hier so: „[x.name for x in liste]“.",
    ast.Assign: "„=“ vergibt einen Wert. Zum Vergleichen schreiben Sie „==“.",
    ast.AugAssign: "Hier lässt sich kein Wert ändern. Schreiben Sie zum Beispiel „zahl + 1“.",
    ast.Pass: "Hier fehlt ein Wert, zum Beispiel „True“.",
}


def explain(source: SourceText, index: int, *, is_script: bool) -> ExpressionFault:
    """Say what is wrong; ``index`` is the character at which reading ended."""
    index, message = _explain(source, index, is_script=is_script)
    return ExpressionFault(message, *source.spot(index))


def _explain(source: SourceText, index: int, *, is_script: bool) -> tuple[int, str]:
    odd = odd_character(source.code)
    if odd < 0:
        odd = unreadable_character(source.text)
    if odd >= 0:
        return odd, advice_on(source.text[odd])
    if source.open_quote >= 0:
        return source.open_quote, "Hier fehlt das schließende Anführungszeichen: „'Text'“."
    return (
        foreign(source)
        or (None if is_script else _statement(source))
        or _brackets(source.code)
        or (None if is_script else _equals(source.code))
        or _gap(source.code)
        or _layout(source, index, is_script=is_script)
    )


def bad_escape(source: SourceText) -> ExpressionFault:
    """Say that a backslash in quoted text means nothing."""
    return ExpressionFault(_BACKSLASH, *source.spot(source.bad_escape))


def _statement(source: SourceText) -> tuple[int, str] | None:
    """Tell an expression that is a statement, as scripts have them."""
    try:
        statements = ast.parse(source.text.strip(), NOWHERE).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    start = len(source.text) - len(source.text.lstrip())
    if not statements:
        return start, "Hier fehlt ein Ausdruck, zum Beispiel „antrag.feld == 'ja'“."
    if len(statements) > 1:
        return start, "Hier ist nur ein einziger Ausdruck möglich. Mehrere Zeilen stehen im Skript."
    statement: ast.AST = statements[0]
    if isinstance(statement, ast.Expr):
        statement = statement.value
    return start, _INSTEAD_OF_A_STATEMENT.get(type(statement)) or refusal_of(statement)


def _brackets(code: str) -> tuple[int, str] | None:
    waiting: list[tuple[int, str]] = []
    for index, one in enumerate(code):
        if one in _CLOSING:
            waiting.append((index, _CLOSING[one]))
        elif one in ")]}":
            if not waiting:
                return index, f"Diese Klammer „{one}“ ist zu viel. Bitte löschen Sie sie."
            opened, closing = waiting.pop()
            if closing != one:
                message = f"Hier muss die Klammer „{closing}“ stehen, nicht „{one}“."
                return index, message
    if not waiting:
        return None
    opened, closing = waiting[-1]
    return opened, f"Zu dieser Klammer fehlt die schließende: „{closing}“."


def _equals(code: str) -> tuple[int, str] | None:
    found = _EQUALS.search(code)
    return (found.start(), _INSTEAD_OF_A_STATEMENT[ast.Assign]) if found else None


def _gap(code: str) -> tuple[int, str] | None:
    leading = _LEADING.match(code)
    if leading:
        return leading.start("sign"), f"Vor „{leading['sign']}“ fehlt ein Wert."
    dangling = _DANGLING.search(code)
    if dangling:
        return dangling.start("sign"), f"Nach „{dangling['sign']}“ fehlt ein Wert."
    doubled = _DOUBLED.search(code)
    if doubled:
        return doubled.start(), "Zwischen diesen beiden Zeichen fehlt ein Wert."
    beside = _SIDE_BY_SIDE.search(code)
    if beside:
        message = (
            "Hier stehen zwei Angaben nebeneinander. Verbinden Sie sie, zum Beispiel mit „==“, "
            "„and“ oder „+“. Namen haben keine Leerzeichen."
        )
        return beside.start(), message
    return None


def _layout(source: SourceText, index: int, *, is_script: bool) -> tuple[int, str]:
    if "\\" in source.text:
        return max(0, source.text.find("\\")), _BACKSLASH
    target = _WRONG_TARGET.search(source.code) if is_script else None
    if target:
        return target.start("target"), LEFT
    if is_script:
        return index, (
            "Diese Zeile lässt sich nicht lesen. Zeilen nach „if …:“ und „for …:“ sind um vier "
            "Leerzeichen eingerückt, alle anderen nicht."
        )
    return index, (
        "Der Ausdruck lässt sich ab hier nicht lesen. Ein Vergleich sieht so aus: "
        "„antrag.feld == 'ja'“."
    )
