"""Fremde Namen: functions and words of other languages and what they are called here."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from app.expressions.functions import FUNCTIONS
from app.expressions.methods import METHODS

_DATE_TEXT = "datum('2026-01-31')"
_JOIN_LISTS = "liste = liste + [wert]"
_SET_FIELD = "objekt.feld = wert"
_WITHOUT = "[x for x in liste if x != wert]"
_FLOOR = "int(zahl // 1)"
_CEILING = "int(-(-zahl // 1))"
_CONDITIONAL = "'A' if bedingung else 'B'"

_FUNCTIONS_ELSEWHERE: Mapping[str, str] = {
    "date": _DATE_TEXT,
    "time": "jetzt()",
    "datetime": _DATE_TEXT,
    "timedelta": "tage(14)",
    "duration": "tage(14)",
    "days": "tage(14)",
    "today": "heute()",
    "now": "jetzt()",
    "year": "jahr(antrag.datum)",
    "month": "f'{antrag.datum:%m}'",
    "day": "f'{antrag.datum:%d}'",
    "years": "jahr(antrag.datum)",
    "number": "float('1.5')",
    "string": "str(wert)",
    "size": "len(liste)",
    "count": "len(liste)",
    "length": "len(text)",
    "contains": "'Teil' in text",
    "matches": "'Teil' in text",
    "substring": "text[0:3]",
    "floor": _FLOOR,
    "ceiling": _CEILING,
    "ceil": _CEILING,
    "mean": "sum(liste) / len(liste)",
    "avg": "sum(liste) / len(liste)",
    "average": "sum(liste) / len(liste)",
    "append": _JOIN_LISTS,
    "concatenate": "a + b",
    "concat": "a + b",
    "modulo": "a % b",
    "sort": "sorted(liste)",
    "isinstance": "vorhanden(antrag, 'feld')",
    "type": "vorhanden(antrag, 'feld')",
    "hasattr": "vorhanden(antrag, 'feld')",
    "exists": "vorhanden(antrag, 'feld')",
    "defined": "vorhanden(antrag, 'feld')",
    "getattr": "wert(antrag, 'feld')",
    "nvl": "wert(antrag, 'feld')",
    "coalesce": "wert(antrag, 'feld')",
    "print": "ergebnis = wert",
    "set": "['A', 'B']",
    "dict": "{'name': 'wert'}",
    "tuple": "['A', 'B']",
    "map": "[x.name for x in liste]",
    "filter": "[x for x in liste if x > 1]",
    "reversed": "sorted(liste, reverse=True)",
    "iif": _CONDITIONAL,
    "wenn": _CONDITIONAL,
    "und": "a and b",
    "oder": "a or b",
    "nicht": "not a",
    "summe": "sum(liste)",
    "anzahl": "len(liste)",
    "runden": "round(zahl, 2)",
    "länge": "len(text)",
    "text": "str(wert)",
    "zahl": "float('1.5')",
    "abrunden": _FLOOR,
    "upper": "text.upper()",
    "lower": "text.lower()",
    "trim": "text.strip()",
    "split": "text.split(',')",
    "replace": "text.replace('a', 'b')",
    "open": "antrag.feld",
    "eval": "antrag.feld",
    "exec": "antrag.feld",
    "input": "antrag.feld",
}
_METHODS_ELSEWHERE: Mapping[str, str] = {
    "append": _JOIN_LISTS,
    "add": _JOIN_LISTS,
    "push": _JOIN_LISTS,
    "insert": "liste = [wert] + liste",
    "extend": "liste = liste + andere",
    "concat": "a + b",
    "remove": _WITHOUT,
    "discard": _WITHOUT,
    "pop": "liste[-1]",
    "clear": "liste = []",
    "sort": "liste = sorted(liste)",
    "reverse": "sorted(liste, reverse=True)",
    "update": _SET_FIELD,
    "setdefault": _SET_FIELD,
    "set": _SET_FIELD,
    "put": _SET_FIELD,
    "copy": "neu = alt",
    "setvariable": "name = wert",
    "getvariable": "antrag.feld",
    "hasvariable": "vorhanden(antrag, 'feld')",
    "format": "f'{wert:.2f}'",
    "size": "len(liste)",
    "length": "len(text)",
    "contains": "'Teil' in text",
    "includes": "'Teil' in liste",
    "has": "'feld' in objekt",
    "containskey": "'feld' in objekt",
    "has_key": "'feld' in objekt",
    "equals": "a == b",
    "equalsignorecase": "a.lower() == b.lower()",
    "isempty": "not liste",
    "touppercase": "text.upper()",
    "tolowercase": "text.lower()",
    "trim": "text.strip()",
    "lstrip": "text.strip()",
    "rstrip": "text.strip()",
    "substring": "text[0:3]",
    "charat": "text[0]",
    "find": "'Teil' in text",
    "indexof": "'Teil' in text",
    "match": "'Teil' in text",
    "title": "text.upper()",
    "capitalize": "text.upper()",
    "tofixed": "f'{betrag:.2f}'",
    "tostring": "str(wert)",
    "isoformat": "str(datum(antrag.datum))",
    "strftime": "f'{antrag.datum:%d.%m.%Y}'",
    "map": "[x.name for x in liste]",
    "filter": "[x for x in liste if x > 1]",
    "prop": "antrag.feld",
}
_WORDS_ELSEWHERE: Mapping[str, str] = {
    "true": "True",
    "TRUE": "True",
    "false": "False",
    "FALSE": "False",
    "null": "None",
    "NULL": "None",
    "nil": "None",
    "none": "None",
    "NONE": "None",
    "undefined": "None",
}
_METHODS = tuple(dict.fromkeys(name for methods in METHODS.values() for name in methods))


def word_elsewhere(name: str) -> str:
    """Say what a word for truth or emptiness is called here; empty if it may be a name."""
    instead = _WORDS_ELSEWHERE.get(name)
    return f"„{name}“ schreibt sich hier anders: „{instead}“." if instead else ""


def unknown_function(name: str) -> str:
    """Say that there is no such function, and which one is meant."""
    if name in _METHODS:
        return f"„{name}“ steht mit einem Punkt hinter dem Wert: „wert.{name}(…)“."
    return _unknown(name, _FUNCTIONS_ELSEWHERE, FUNCTIONS)


def unknown_method(name: str) -> str:
    """Say that nothing of this name can be called on a value, and what is meant."""
    if name in FUNCTIONS:
        return f"„{name}“ steht vor dem Wert: „{name}(…)“."
    return _unknown(name, _METHODS_ELSEWHERE, _METHODS)


def _unknown(name: str, elsewhere: Mapping[str, str], known: Iterable[str]) -> str:
    message = f"Die Funktion „{name}“ gibt es nicht."
    by_lower = {one.lower(): one for one in known}
    if name.lower() in elsewhere:
        return f"{message} Schreiben Sie „{elsewhere[name.lower()]}“."
    near = get_close_matches(name.lower(), by_lower, n=1, cutoff=0.7)
    if near:
        return f"{message} Meinen Sie „{by_lower[near[0]]}“?"
    return (
        f"{message} Die Anleitung nennt alle Funktionen, zum Beispiel „heute()“ und „len(liste)“."
    )
