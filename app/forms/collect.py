"""Aufnahme: walks a checked schema once and writes down its outline."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.expressions.expression import Expression, compile_expression
from app.expressions.fault import ExpressionFault
from app.forms.findings import Findings
from app.forms.outline import Branch, Condition, Requirement, Source
from app.forms.pointer import pointer
from app.forms.presence import unguarded
from app.forms.validator import make_validator

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}\Z")
NAME_RULE = "Namen beginnen mit einem Buchstaben, dann a-z, 0-9 und _ (bis 64)."
_MAX_BRANCHES = 300

Path = tuple[object, ...]
_Visit = Callable[[Mapping[str, Any], Path, "int | None"], None]


@dataclass
class Collected:
    """What was found; sources carry the path they stand at."""

    pages: dict[str, list[tuple[Path, Source]]] = field(default_factory=dict)
    fields: dict[str, dict[str, list[tuple[Path, Source]]]] = field(default_factory=dict)
    requirements: list[tuple[Path, Requirement]] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)
    branches: list[Branch] = field(default_factory=list)
    gates: list[Expression] = field(default_factory=list)
    expressions: list[tuple[Path, str]] = field(default_factory=list)


class Collector:
    """Collects pages, fields, requirements and conditions of one form."""

    def __init__(self, findings: Findings) -> None:
        self.found = Collected()
        self._findings = findings

    def collect(self, schema: Mapping[str, Any]) -> Collected:
        """Walk the whole schema; faults go to the findings."""
        self._visit_root(schema, (), None)
        return self.found

    def expression(self, text: object, path: Path) -> Expression | None:
        """Compile one expression and remember where it stands."""
        if not isinstance(text, str):
            self._findings.add(
                pointer(*path), "expression", "Hier muss ein Ausdruck als Text stehen."
            )
            return None
        try:
            expression = compile_expression(text)
        except ExpressionFault as fault:
            self._findings.add(pointer(*path), "expression", fault.message)
            return None
        self.found.expressions.append((path, text))
        return expression

    def _visit_root(self, node: Mapping[str, Any], path: Path, branch: int | None) -> None:
        for page, below in node.get("properties", {}).items():
            place = (*path, "properties", page)
            if self._is_name(page, place):
                self.found.pages.setdefault(page, []).append(
                    (place, self._source(below, place, branch))
                )
                self.found.fields.setdefault(page, {})
                if isinstance(below, Mapping):
                    self._visit_page(page, below, place, branch)
        for page in node.get("required", ()):
            self._require((*path, "required"), branch, page, None)
        self._follow(node, path, branch, None, self._visit_root)

    def _visit_page(
        self, page: str, node: Mapping[str, Any], path: Path, branch: int | None
    ) -> None:
        for name, below in node.get("properties", {}).items():
            place = (*path, "properties", name)
            if self._is_name(name, place):
                source = self._source(below, place, branch)
                self.found.fields[page].setdefault(name, []).append((place, source))
        for name in node.get("required", ()):
            self._require((*path, "required"), branch, page, name)

        def again(below: Mapping[str, Any], place: Path, inside: int | None) -> None:
            self._visit_page(page, below, place, inside)

        self._follow(node, path, branch, page, again)

    def _follow(
        self,
        node: Mapping[str, Any],
        path: Path,
        branch: int | None,
        page: str | None,
        visit: _Visit,
    ) -> None:
        """Visit everything that says more about the same object under a condition."""
        if "if" in node:
            test = self._test(node["if"], (*path, "if"))
            condition = self._condition(Condition(page, test=test))
            for key, negated in (("then", False), ("else", True)):
                if key in node:
                    inside = self._branch(Branch(branch, condition, negated), path)
                    self._enter(node[key], (*path, key), inside, visit)
        for index, below in enumerate(node.get("allOf", ())):
            self._enter(below, (*path, "allOf", index), branch, visit)
        for name, below in node.get("dependentSchemas", {}).items():
            place = (*path, "dependentSchemas", name)
            self._enter(below, place, self._when_present(page, name, branch, path), visit)
        for name, needed in node.get("dependentRequired", {}).items():
            inside = self._when_present(page, name, branch, path)
            for other in needed:
                place = (*path, "dependentRequired", name)
                self._require(
                    place, inside, other if page is None else page, None if page is None else other
                )

    def _enter(self, node: Any, path: Path, branch: int | None, visit: _Visit) -> None:
        if isinstance(node, Mapping):
            visit(node, path, branch)
        else:
            self._findings.add(pointer(*path), "schema", "Hier muss ein Objekt stehen.")

    def _source(self, node: Any, path: Path, branch: int | None) -> Source:
        if not isinstance(node, Mapping):
            if node is not False:
                self._findings.add(pointer(*path), "schema", "Möglich sind ein Objekt oder false.")
            return Source(branch, None)
        calculated = node.get("x-calculated")
        return Source(
            branch,
            node,
            visible_gate=self._gate(node, "x-visible-if", path),
            required_gate=self._gate(node, "x-required-if", path),
            calculated=None
            if calculated is None
            else self.expression(calculated, (*path, "x-calculated")),
        )

    def _gate(self, node: Mapping[str, Any], key: str, path: Path) -> int | None:
        expression = self.expression(node[key], (*path, key)) if key in node else None
        if expression is None:
            return None
        self.found.gates.append(expression)
        return len(self.found.gates) - 1

    def _test(self, node: Any, path: Path) -> Any:
        for place, name in unguarded(node, path):
            self._findings.add(
                pointer(*place),
                "condition",
                f"Die Bedingung gilt auch ohne Antwort auf „{name}“. Bitte „{name}“ hier unter"
                " „required“ aufnehmen.",
            )
        try:
            return make_validator(node if isinstance(node, Mapping) else {"allOf": [node]})
        except ValueError:
            self._findings.add(
                pointer(*path), "condition", "Diese Bedingung ist kein gültiges Schema."
            )
            return make_validator({})

    def _condition(self, condition: Condition) -> int:
        self.found.conditions.append(condition)
        return len(self.found.conditions) - 1

    def _when_present(self, page: str | None, name: str, parent: int | None, path: Path) -> int:
        condition = self._condition(Condition(page, present=name))
        return self._branch(Branch(parent, condition), path)

    def _branch(self, branch: Branch, path: Path) -> int:
        if len(self.found.branches) == _MAX_BRANCHES:
            self._findings.add(pointer(*path), "limit", f"Mehr als {_MAX_BRANCHES} Bedingungen.")
        self.found.branches.append(branch)
        return len(self.found.branches) - 1

    def _require(self, path: Path, branch: int | None, page: str, name: str | None) -> None:
        self.found.requirements.append((path, Requirement(branch, page, name)))

    def _is_name(self, name: object, path: Path) -> bool:
        if isinstance(name, str) and NAME.match(name):
            return True
        self._findings.add(
            pointer(*path),
            "name",
            NAME_RULE,
        )
        return False
