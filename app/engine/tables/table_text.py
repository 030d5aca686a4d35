"""Tabellentext: rows and columns of a DMN file as they are written, within limits.

One file holds one decision with one table. Types, annotations and drawings are documentation.
Source: DMN 1.3, clauses 6.3 and 8.3.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from app.engine.modelling.sources import READ_ONLY
from app.engine.modelling.xmlio import Element, local, text_of
from app.engine.tables.hit_policies import HitPolicy
from app.errors import BundleInvalid, FieldFault

MAX_CELL_CHARS = 500
MAX_RULES = 1_000
MAX_CELLS = 5_000
MAX_COLUMNS = 50
MAX_LABEL_CHARS = 60

_ID = re.compile(r"[^\W\d][\w.\-]{0,199}")
_RESULT_NAME = re.compile(r"[^\W\d]\w{0,79}")
_POLICIES: Mapping[tuple[str, str], HitPolicy] = {policy.value: policy for policy in HitPolicy}
_UNSUPPORTED = {
    "requiredDecision": "Die Tabelle baut auf einer anderen Entscheidung auf (requiredDecision). "
    "Rufen Sie beide Tabellen nacheinander im Prozess auf.",
    "requiredKnowledge": "Die Tabelle nutzt wiederverwendbare Berechnungen (requiredKnowledge). "
    "Schreiben Sie die Berechnung in die Zellen.",
}


@dataclass(frozen=True, slots=True)
class InputText:
    """A column of conditions; ``allowed`` lists the values it may have, empty for any."""

    label: str
    expression: str
    allowed: str


@dataclass(frozen=True, slots=True)
class OutputText:
    """A column of results; ``default`` and ``allowed`` may be empty."""

    name: str
    default: str
    allowed: str


@dataclass(frozen=True, slots=True)
class RuleText:
    """A row; ``number`` counts from 1."""

    id: str
    number: int
    conditions: tuple[str, ...]
    results: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableText:
    """A whole table, its expressions not yet read."""

    id: str
    policy: HitPolicy
    inputs: tuple[InputText, ...]
    outputs: tuple[OutputText, ...]
    rules: tuple[RuleText, ...]


def read_table(root: Element, source: str) -> TableText:
    """Read the table of a DMN file; ``source`` stands for a file whose decision has no id.

    :raises BundleInvalid: each fault points to a rule, to the decision or to ``source``.
    """
    decisions = [element for element in root if local(element) == "decision"]
    tables = [table for one in decisions for table in one if local(table) == "decisionTable"]
    if len(decisions) != 1 or len(tables) != 1:
        message = "Die Datei braucht genau eine Entscheidungstabelle."
        raise BundleInvalid([FieldFault(source, "one_table", message)])
    decision, table = decisions[0], tables[0]
    key = decision.get("id", "")
    if not _ID.fullmatch(key):
        message = "Die Entscheidung braucht eine Kennung ohne Leerzeichen."
        raise BundleInvalid([FieldFault(source, "bad_id", message)])
    _refuse(key, chain(_requirements(decision), _language(root), _limits(table)))
    policy = _POLICIES.get((table.get("hitPolicy", "UNIQUE"), table.get("aggregation", "")))
    inputs, outputs = tuple(_inputs(table)), tuple(_outputs(decision, table))
    _refuse(
        key,
        chain(_policy(policy, table, outputs), _input_faults(inputs), _output_faults(outputs)),
    )
    rules = tuple(_rules(table, key))
    faults = list(_rule_faults(rules, key, len(inputs), len(outputs)))
    if faults or policy is None:
        raise BundleInvalid(faults)
    return TableText(key, policy, inputs, outputs, rules)


def _refuse(key: str, faults: Iterator[tuple[str, str]]) -> None:
    found = [FieldFault(key, code, message) for code, message in faults]
    if found:
        raise BundleInvalid(found)


def _requirements(decision: Element) -> Iterator[tuple[str, str]]:
    for requirement in decision:
        for part in requirement:
            if local(part) in _UNSUPPORTED:
                yield "required_decision", _UNSUPPORTED[local(part)]


def _language(root: Element) -> Iterator[tuple[str, str]]:
    named = {element.get("expressionLanguage", "").strip() for element in root.iter()}
    for language in sorted(named - {""}):
        if "feel" not in language.lower():
            message = (
                f"Die Ausdruckssprache „{shorten(language)}“ wird nicht unterstützt. "
                "Entfernen Sie die Angabe expressionLanguage."
            )
            yield "expression_language", message


def _limits(table: Element) -> Iterator[tuple[str, str]]:
    kinds = [local(part) for part in table]
    columns = kinds.count("input") + kinds.count("output")
    if columns > MAX_COLUMNS:
        yield "too_many_columns", f"Die Tabelle hat mehr als {MAX_COLUMNS} Spalten."
    rules = kinds.count("rule")
    if not rules:
        yield "no_rule", "Die Tabelle braucht mindestens eine Zeile."
    if rules > MAX_RULES:
        yield "too_many_rules", f"Die Tabelle hat mehr als {MAX_RULES} Zeilen."
    elif rules * columns > MAX_CELLS:
        yield "too_many_cells", f"Die Tabelle hat mehr als {MAX_CELLS} Zellen."
    texts = (text_of(part) for part in table.iter() if local(part) == "text")
    if any(len(text) > MAX_CELL_CHARS for text in texts):
        yield "long_cell", f"Eine Zelle ist länger als {MAX_CELL_CHARS} Zeichen."


def _policy(
    policy: HitPolicy | None, table: Element, outputs: tuple[OutputText, ...]
) -> Iterator[tuple[str, str]]:
    if policy is None:
        name = f"{table.get('hitPolicy', 'UNIQUE')} {table.get('aggregation', '')}"
        message = (
            f"Die Trefferregel „{shorten(name)}“ wird nicht unterstützt. Möglich sind UNIQUE, "
            "FIRST, ANY, RULE ORDER und COLLECT, auch mit SUM, MIN, MAX oder COUNT."
        )
        yield "hit_policy", message
        return
    if policy.value[1] and len(outputs) > 1:
        message = "hat die Tabelle nur eine Ausgangsspalte. Teilen Sie sie auf."
        yield "hit_policy", f"Mit {policy.value[1]} {message}"
    defaults = [column for column in outputs if column.default]
    if defaults and not policy.takes_default:
        yield "bad_default", "Bei dieser Trefferregel gibt es keinen Vorgabewert."
    elif defaults and len(defaults) < len(outputs):
        yield "bad_default", "Geben Sie allen Ausgangsspalten einen Vorgabewert oder keiner."


def _inputs(table: Element) -> Iterator[InputText]:
    for column in _children(table, "input"):
        expression = _text(_child(column, "inputExpression"))
        label = shorten(column.get("label") or expression)
        yield InputText(label, expression, _text(_child(column, "inputValues")))


def _input_faults(inputs: tuple[InputText, ...]) -> Iterator[tuple[str, str]]:
    for number, column in enumerate(inputs, 1):
        if not column.expression:
            yield "no_input", f"Die Eingangsspalte {number} braucht einen Ausdruck."


def _outputs(decision: Element, table: Element) -> Iterator[OutputText]:
    columns = _children(table, "output")
    variable = _child(decision, "variable")
    for column in columns:
        name = column.get("name", "")
        if not name and len(columns) == 1 and variable is not None:
            name = variable.get("name", "")
        default = _text(_child(column, "defaultOutputEntry"))
        yield OutputText(name, default, _text(_child(column, "outputValues")))


def _output_faults(outputs: tuple[OutputText, ...]) -> Iterator[tuple[str, str]]:
    if not outputs:
        yield "bad_output", "Die Tabelle braucht mindestens eine Ausgangsspalte."
    names = [column.name for column in outputs]
    for number, name in enumerate(names, 1):
        if not _RESULT_NAME.fullmatch(name) or name in READ_ONLY:
            message = f"Die Ausgangsspalte {number} braucht einen eigenen Namen ohne Leerzeichen."
            yield "bad_output", message
        elif name in names[: number - 1]:
            yield "bad_output", f"Die Ausgangsspalte „{name}“ gibt es mehrfach."


def _rules(table: Element, key: str) -> Iterator[RuleText]:
    for number, rule in enumerate(_children(table, "rule"), 1):
        yield RuleText(
            rule.get("id") or f"{key}.{number}",
            number,
            tuple(_text(cell) for cell in _children(rule, "inputEntry")),
            tuple(_text(cell) for cell in _children(rule, "outputEntry")),
        )


def _rule_faults(
    rules: tuple[RuleText, ...], key: str, inputs: int, outputs: int
) -> Iterator[FieldFault]:
    ids: set[str] = set()
    for rule in rules:
        if not _ID.fullmatch(rule.id) or rule.id in ids:
            message = f"Zeile {rule.number} braucht eine eigene Kennung ohne Leerzeichen."
            yield FieldFault(key, "bad_id", message)
            continue
        ids.add(rule.id)
        if (len(rule.conditions), len(rule.results)) != (inputs, outputs):
            message = f"Zeile {rule.number} hat nicht so viele Zellen wie Spalten."
            yield FieldFault(rule.id, "bad_rule", message)


def shorten(text: str) -> str:
    """Make a text of the model fit into a sentence."""
    words = " ".join(text.split())
    return words if len(words) <= MAX_LABEL_CHARS else f"{words[: MAX_LABEL_CHARS - 1]}…"


def _children(parent: Element, name: str) -> list[Element]:
    return [part for part in parent if local(part) == name]


def _child(parent: Element, name: str) -> Element | None:
    return next(iter(_children(parent, name)), None)


def _text(holder: Element | None) -> str:
    """Read the text of a cell; a cell without one is empty."""
    return "" if holder is None else text_of(_child(holder, "text"))
