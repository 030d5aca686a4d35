"""Fremde Schreibweisen: what authors know from other languages, and how it is written here."""

import ast
import re
from collections.abc import Mapping

from app.expressions.refusals import refusal_of_kind

_BARE = "Schreiben Sie den Ausdruck ohne „{}“."
_INSTEAD = "„{}“ gibt es hier nicht. Schreiben Sie „{}“."
_RANGE = "Bereiche mit „..“ gibt es hier nicht. Schreiben Sie „1 <= zahl <= 5“."
_COLON = "Am Ende dieser Zeile fehlt ein Doppelpunkt: „{} …:“."
_CONDITIONAL = "Eine Auswahl schreiben Sie hier so: „'A' if bedingung else 'B'“."
_NUMBER_FIRST = "Eine Zahl beginnt nicht mit 0. Postleitzahlen und Nummern sind Text: „'01067'“."
_THOUSANDS = "Zahlen stehen ohne Tausenderpunkt und mit Dezimalpunkt: „1000.50“."
_DECIMAL = "Nachkommastellen trennt hier ein Punkt, kein Komma: „1.5“."
_DATE = "Ein Datum schreiben Sie hier so: „datum('2026-01-31')“."

_STATEMENTS: Mapping[str, type[ast.AST]] = {
    "while": ast.While,
    "def": ast.FunctionDef,
    "class": ast.ClassDef,
    "with": ast.With,
    "try": ast.Try,
    "except": ast.Try,
    "finally": ast.Try,
    "match": ast.Match,
    "switch": ast.Match,
    "case": ast.Match,
    "import": ast.Import,
    "from": ast.ImportFrom,
    "return": ast.Return,
}

FOUND = "{found}"  # stands for the words of the author
Habit = tuple[re.Pattern[str], str]


def _table(*rows: tuple[str, str]) -> tuple[Habit, ...]:
    return tuple((re.compile(pattern), message) for pattern, message in rows)


def _spaced(name: str, instead: str) -> tuple[str, str]:
    pattern = r"\b" + name.replace(" ", r"\s+") + r"\s*\("
    return pattern, _INSTEAD.format(name, instead)


# What Python reads without complaint, but otherwise than its author means it.
MISLEADING = _table(
    (r"#\{", _BARE.format("#{…}")),
    (r"\{\{", _BARE.format("{{…}}")),
    (r"(?<![\w.])\d{4}-\d{2}-\d{2}(?![\w.])", _DATE),
    (r"(?<![\w.])[1-9]\d{0,2}(?:\.\d{3})*\.000(?![\w.,])", _THOUSANDS),
    (
        r"(?<![\w.])\d[\d.]*(?:if|else|and|or|in|is|not|for)\b",
        "Nach einer Zahl wird ein Leerzeichen gebraucht, zum Beispiel „1 if …“.",
    ),
)
# What cannot be read; the first that fits explains it.
UNREADABLE = _table(
    (r"[$#]\{", _BARE.format("${…}")),
    (r"\$", "Namen stehen ohne „$“, zum Beispiel „antrag.feld“."),
    (r"^\s*==?(?!=)", "Schreiben Sie den Ausdruck ohne „=“ am Anfang."),
    (r"&&", _INSTEAD.format("&&", "and")),
    (r"\|\|", _INSTEAD.format("||", "or")),
    (r"!==", _INSTEAD.format("!==", "!=")),
    (r"===", _INSTEAD.format("===", "==")),
    (r"<>", _INSTEAD.format("<>", "!=")),
    (r"=<", _INSTEAD.format("=<", "<=")),
    (r"=>|->", _INSTEAD.format("=>", "[x.name for x in liste]")),
    (r":=", "„:=“ gibt es hier nicht. Zum Vergleichen schreiben Sie „==“."),
    (r"!(?!=)", _INSTEAD.format("!", "not")),
    (r"\?\.", _INSTEAD.format("?.", "wert(antrag, 'feld')")),
    (
        r"\?\?|\?:",
        _INSTEAD.format("??", "antrag.feld if vorhanden(antrag, 'feld') else 0"),
    ),
    (r"\?[^?]*:", "„… ? … : …“ gibt es hier nicht. " + _CONDITIONAL),
    (r"\?", "Das Zeichen „?“ steht nur in Entscheidungstabellen. Schreiben Sie den Namen."),
    (r"\bbetween\b", _INSTEAD.format("between", "1 <= zahl <= 5")),
    (r"\b\d{1,2}\.\d{1,2}\.\d{4}\b", _DATE),
    (r"(?<![\d.])\d{1,3}(?:(?:\.\d{3})+,\d|(?:\.\d{3}){2,})", _THOUSANDS),
    (r"\.\.", _RANGE),
    (r"@\s*'", _DATE),
    (r"\bthen\b|\bwenn\b|\bdann\b|\bsonst\b", _CONDITIONAL),
    (r"^\s*if\s*\(.*,", _CONDITIONAL),
    (
        r"\bevery\b",
        "„every … satisfies“ schreiben Sie hier so: „all([x.alter > 17 for x in personen])“.",
    ),
    (
        r"\bsome\b|\bsatisfies\b",
        "„some … satisfies“ schreiben Sie hier so: „any([x.alter > 17 for x in personen])“.",
    ),
    (
        r"\binstance\s+of\b|\binstanceof\b|\btypeof\b",
        "Fragen Sie nicht nach der Art eines Wertes, sondern: „vorhanden(antrag, 'feld')“.",
    ),
    (r"\bis\s+not\s+empty\b", _INSTEAD.format("is not empty", "len(liste) > 0")),
    (r"\bis\s+empty\b", _INSTEAD.format("is empty", "not liste")),
    (r"^\s*for\b[^\n]*\breturn\b", _INSTEAD.format("for … return", "[x.name for x in liste]")),
    _spaced("string length", "len(text)"),
    _spaced("upper case", "text.upper()"),
    _spaced("lower case", "text.lower()"),
    _spaced("starts with", "text.startswith('A')"),
    _spaced("ends with", "text.endswith('Z')"),
    _spaced("list contains", "'A' in liste"),
    _spaced("substring before", "text.split(',')[0]"),
    _spaced("substring after", "text.split(',')[1]"),
    _spaced("get value", "antrag.get('feld')"),
    _spaced("is defined", "vorhanden(antrag, 'feld')"),
    _spaced("date and time", "'2026-01-31T12:00'"),
    _spaced("years and months duration", "tage_zwischen(antrag.von, antrag.bis)"),
    _spaced("days and time duration", "tage(14)"),
    _spaced("day of week", "tage_zwischen('2026-01-05', heute()) % 7"),
    _spaced("distinct values", "sorted(liste)"),
    (r"\bAND\b|\b[Uu]nd\b|\bUND\b", _INSTEAD.format(FOUND, "and")),
    (r"\bX?OR\b|\bxor\b|\b[Oo]der\b|\bODER\b", _INSTEAD.format(FOUND, "or")),
    (r"\bNOT\b|\b[Nn]icht\b|\bNICHT\b", _INSTEAD.format(FOUND, "not")),
    (r"\bist\s+gleich\b|\bist\b|\bgleich\b", _INSTEAD.format(FOUND, "==")),
    (r"\bgrößer(?:\s+als)?\b", _INSTEAD.format(FOUND, ">")),
    (r"\bkleiner(?:\s+als)?\b", _INSTEAD.format(FOUND, "<")),
    (r"\bLIKE\b|\blike\b|\bmatches\b|\bcontains\b", _INSTEAD.format(FOUND, "'Teil' in text")),
    (r"\d\s*(?:Tagen?|[Dd]ays?|Wochen?)\b", "Eine Zeitspanne schreiben Sie hier so: „tage(14)“."),
    (
        r"\d\s*(?:Monaten?|[Mm]onths?|Jahren?|[Yy]ears?)\b",
        "Monate zählen Sie so weiter: „monate(heute(), 6)“.",
    ),
    (
        r"(?<!\d)\d+\s*%\s*(?:$|[)\]<>=])",
        "Prozente schreiben Sie als Zahl: 19 Prozent sind „0.19“.",
    ),
    (r"\A[^(\[{]*?(?P<at>(?<!\d)\d+,\d)|(?<!\d)\d+,0\d", _DECIMAL),
    (r"(?<![\w.])0\d", _NUMBER_FIRST),
    (
        r"(?<![\w.])\d+[^\W\d]",
        "Namen beginnen mit einem Buchstaben, Text steht in Anführungszeichen: „'12a'“.",
    ),
    (r"\+\+|--\s*$", "Weiterzählen geht so: „zahl += 1“."),
    (r"/\*|^\s*//", "Anmerkungen beginnen hier mit „#“."),
    (
        r"(?m)^[ \t]*(?:let|var|const|final|String|int|def)\s+\w+\s*=",
        "Ein Name bekommt seinen Wert ohne Zusatz davor: „name = wert“.",
    ),
    (r"\bnew\s+\w", "„new“ gibt es hier nicht. " + _DATE),
    (r"\bfunction\b", "Eigene Funktionen gibt es hier nicht. Schreiben Sie die Rechnung direkt."),
    (r"\belse\s+if\b|\belseif\b|\belsif\b", _INSTEAD.format(FOUND, "elif …:")),
    *(
        (rf"(?m)^[ \t]*{word}\b(?!\s*[=.,)])", refusal_of_kind(kind))
        for word, kind in _STATEMENTS.items()
    ),
    (
        r"(?m)^(?![^\n]*(?:\belse\b|\bfor\b|:))[ \t]*\S[^\n]*\sif\b",
        "Hier fehlt der andere Fall: „'A' if bedingung else 'B'“.",
    ),
    (r"(?m)^[ \t]*if\b[^:\n]*$", _COLON.format("if")),
    (r"(?m)^[ \t]*for\b[^:\n]*$", _COLON.format("for")),
    (r"(?m)^[ \t]*else[ \t]*$", _COLON.format("else")),
    (r"(?m)^[ \t]*elif\b[^:\n]*$", _COLON.format("elif")),
    (r"\)\s*\{", "Geschweifte Klammern gliedern hier nicht. Rücken Sie die Zeilen darunter ein."),
    (r";", "Mehrere Werte trennt hier ein Komma: „round(zahl, 2)“."),
)
