"""Regeln: reads ``x-rules``."""

from collections.abc import Mapping
from typing import Any

from app.expressions.fault import ExpressionFault
from app.forms.collect import Collector, Path
from app.forms.findings import Findings
from app.forms.paths import NamedAnswers, named_answers
from app.forms.pointer import pointer
from app.forms.rule import Rule
from app.forms.wording import compile_wording

_KEYS = frozenset({"id", "assert", "when", "field", "message"})
_NEEDED = ("id", "assert", "field", "message")
_MAX_RULES = 100


def read_rules(
    form_key: str, raw: Any, collector: Collector, findings: Findings
) -> tuple[Rule, ...]:
    """Compile all rules; faults go to the findings, pointers start at ``/x-rules``."""
    if not isinstance(raw, list) or len(raw) > _MAX_RULES:
        message = f"Hier muss eine Liste mit bis zu {_MAX_RULES} Regeln stehen."
        findings.add("/x-rules", "rule", message)
        return ()
    rules = [
        _read(form_key, one, ("x-rules", number), collector, findings)
        for number, one in enumerate(raw)
    ]
    ids = [rule.id for rule in rules if rule is not None]
    if len(set(ids)) != len(ids):
        findings.add("/x-rules", "rule", "Zwei Regeln haben dieselbe „id“.")
    return tuple(rule for rule in rules if rule is not None)


def _read(
    form_key: str, raw: Any, path: Path, collector: Collector, findings: Findings
) -> Rule | None:
    if not isinstance(raw, Mapping) or not all(isinstance(raw.get(key), str) for key in _NEEDED):
        message = f"Eine Regel braucht als Text: {', '.join(_NEEDED)}."
        findings.add(pointer(*path), "rule", message)
        return None
    for key in raw:
        if key not in _KEYS:
            findings.add(pointer(*path, key), "keyword", "Das ist in einer Regel nicht vorgesehen.")
    _check_field(raw["field"], path, collector, findings)
    claim = collector.expression(raw["assert"], (*path, "assert"))
    when = collector.expression(raw["when"], (*path, "when")) if "when" in raw else None
    try:
        wording = compile_wording(raw["message"])
    except ExpressionFault as fault:
        findings.add(pointer(*path, "message"), "expression", fault.message)
        return None
    if claim is None or (when is None and "when" in raw):
        return None
    names = [named_answers(raw[key], form_key) for key in ("assert", "when") if key in raw]
    return Rule(
        id=raw["id"],
        claim=claim,
        when=when,
        field=raw["field"],
        message=wording,
        names=NamedAnswers(
            frozenset().union(*(name.needed for name in names)),
            frozenset().union(*(name.optional for name in names)),
        ),
    )


def _check_field(place: str, path: Path, collector: Collector, findings: Findings) -> None:
    page, _, field = place.removeprefix("/").partition("/")
    if place != f"/{page}/{field}" or field not in collector.found.fields.get(page, {}):
        message = "„field“ nennt kein Feld dieses Formulars, zum Beispiel „/seite/feld“."
        findings.add(pointer(*path, "field"), "unknown_field", message)
