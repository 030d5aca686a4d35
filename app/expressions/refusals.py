"""Ablehnungen: what to write instead of those parts of Python that are not in the language."""

import ast
from collections.abc import Mapping

LEFT = "Links vom „=“ steht ein Name oder ein Feld, zum Beispiel „ergebnis = wert“."
_ONLY_KNOWN = (
    "Diese Schreibweise gibt es hier nicht. Erlaubt sind Werte, Vergleiche und Funktionen."
)
_NO_OPERATOR = "Das Zeichen „{}“ gibt es hier nicht. Schreiben Sie „{}“."
_NO_EXCEPTIONS = (
    "Fehler lassen sich hier nicht abfangen. Prüfen Sie vorher mit „vorhanden(antrag, 'feld')“, "
    "ob ein Wert da ist."
)
_NO_JUMP = (
    "Eine Schleife läuft immer bis zum Ende. Schreiben Sie in der Schleife eine Bedingung: „if …:“."
)
_NO_SETS = "Mengen gibt es hier nicht. Schreiben Sie eine Liste: „['A', 'B']“."
_NO_IMPORT = "„import“ gibt es hier nicht. Alle Funktionen sind schon da, zum Beispiel „heute()“."
_NO_OWN_FUNCTION = (
    "Eigene Funktionen gibt es hier nicht. Schreiben Sie die Rechnung an die Stelle, "
    "an der Sie sie brauchen, oder setzen Sie „if … else …“ ein."
)
_NO_GLOBAL = "Diese Angabe ist unnötig. Weisen Sie den Wert einfach zu: „name = wert“."
_ONE_NAME = "Bitte geben Sie in jeder Zeile nur einem Namen einen Wert: „name = wert“."
_NO_WAITING = "Gewartet wird im Prozess, nicht im Ausdruck. Setzen Sie ein Zeitereignis ein."

_REFUSALS: Mapping[type[ast.AST], str] = {
    ast.Lambda: (
        "„lambda“ gibt es hier nicht. Schreiben Sie eine Liste mit „for“, zum Beispiel "
        "„[x.name for x in liste]“."
    ),
    ast.NamedExpr: (
        "„:=“ gibt es hier nicht. Zum Vergleichen schreiben Sie „==“, neue Werte vergibt ein "
        "Skript mit „name = wert“."
    ),
    ast.Starred: (
        "Der Stern vor einem Wert ist hier nicht möglich. Listen verbinden Sie so: „a + b“."
    ),
    ast.Set: _NO_SETS,
    ast.SetComp: _NO_SETS,
    ast.Await: _NO_WAITING,
    ast.Yield: "„yield“ gibt es hier nicht. Schreiben Sie eine Liste: „[x for x in liste]“.",
    ast.YieldFrom: "„yield“ gibt es hier nicht. Schreiben Sie eine Liste: „[x for x in liste]“.",
    ast.BitAnd: _NO_OPERATOR.format("&", "and"),
    ast.BitOr: _NO_OPERATOR.format("|", "or"),
    ast.BitXor: _NO_OPERATOR.format("^", "!="),
    ast.LShift: _NO_OPERATOR.format("<<", "a * 2"),
    ast.RShift: _NO_OPERATOR.format(">>", "a // 2"),
    ast.MatMult: _NO_OPERATOR.format("@", "*"),
    ast.Invert: _NO_OPERATOR.format("~", "not"),
    ast.Import: _NO_IMPORT,
    ast.ImportFrom: _NO_IMPORT,
    ast.FunctionDef: _NO_OWN_FUNCTION,
    ast.AsyncFunctionDef: _NO_OWN_FUNCTION,
    ast.ClassDef: "„class“ gibt es hier nicht. Schreiben Sie ein Objekt: „{'name': 'wert'}“.",
    ast.While: "„while“ gibt es hier nicht. Schreiben Sie „for i in range(10):“.",
    ast.comprehension: _NO_WAITING,
    ast.AsyncFor: _NO_WAITING,
    ast.AsyncWith: _NO_WAITING,
    ast.With: "„with“ gibt es hier nicht. Schreiben Sie den Wert direkt: „name = wert“.",
    ast.Try: _NO_EXCEPTIONS,
    ast.TryStar: _NO_EXCEPTIONS,
    ast.Raise: "„raise“ gibt es hier nicht. Einen Fehlerweg zeichnen Sie im Prozess.",
    ast.Assert: "„assert“ gibt es hier nicht. Schreiben Sie eine Bedingung: „if …:“.",
    ast.Delete: "„del“ gibt es hier nicht. Leeren Sie den Wert: „name = None“.",
    ast.Return: "„return“ gibt es hier nicht. Weisen Sie das Ergebnis zu: „ergebnis = wert“.",
    ast.Break: _NO_JUMP,
    ast.Continue: _NO_JUMP,
    ast.Global: _NO_GLOBAL,
    ast.Nonlocal: _NO_GLOBAL,
    ast.Tuple: _ONE_NAME,
    ast.List: _ONE_NAME,
    ast.AnnAssign: "Angaben zur Art eines Wertes gibt es hier nicht. Schreiben Sie „name = wert“.",
    ast.Match: "„match“ gibt es hier nicht. Schreiben Sie „if …:“ und „elif …:“.",
    ast.Assign: _ONE_NAME,
    ast.For: "Nach „for“ gibt es kein „else“. Schreiben Sie die Zeilen hinter die Schleife.",
    ast.Expr: "Diese Zeile bewirkt nichts. Geben Sie dem Ergebnis einen Namen: „ergebnis = wert“.",
    ast.FormattedValue: "In „{…}“ steht nur der Wert, bei Bedarf mit Format: „{betrag:.2f}“.",
    ast.Slice: "Abschnitte haben hier keine Schrittweite. Schreiben Sie „liste[0:3]“.",
    ast.Is: "„is“ steht nur vor None, True und False. Schreiben Sie „==“.",
    ast.IsNot: "„is not“ steht nur vor None, True und False. Schreiben Sie „!=“.",
    ast.Dict: "Objekte verbindet „**“ hier nicht. Schreiben Sie im Skript „a.feld = wert“.",
    ast.DictComp: "Höchstens zwei „for“ sind möglich. Teilen Sie die Rechnung auf.",
    ast.ListComp: "Höchstens zwei „for“ sind möglich. Teilen Sie die Rechnung auf.",
    ast.GeneratorExp: "Höchstens zwei „for“ sind möglich. Teilen Sie die Rechnung auf.",
    ast.Attribute: "Namen mit „_“ am Anfang sind gesperrt. Bitte benennen Sie das Feld um.",
    ast.Name: "Namen mit „_“ am Anfang sind gesperrt. Bitte wählen Sie einen anderen Namen.",
    ast.Call: (
        "So lässt sich nichts aufrufen. Schreiben Sie den Namen der Funktion und dahinter die "
        "Werte der Reihe nach, zum Beispiel „round(betrag, 2)“."
    ),
}
_CONSTANTS: Mapping[type, str] = {
    bytes: "Vor Text steht hier kein „b“. Schreiben Sie „'Text'“.",
    complex: "Eine Zahl endet nicht auf „j“. Schreiben Sie zum Beispiel „1.5“.",
    type(...): "Hier fehlt ein Wert. Ersetzen Sie die drei Punkte „...“.",
}


def refusal_of(node: ast.AST) -> str:
    """Say in German why a node cannot stand and what to write instead."""
    if isinstance(node, ast.Constant):
        return _CONSTANTS.get(type(node.value), _ONLY_KNOWN)
    inner = getattr(node, "op", node)
    return _REFUSALS.get(type(inner)) or _REFUSALS.get(type(node)) or _ONLY_KNOWN


def refusal_of_kind(kind: type[ast.AST]) -> str:
    """Say the same of all nodes of a kind."""
    return _REFUSALS[kind]
