"""Zusammenbau: joins what was collected into an outline, and checks that it fits together."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.forms.collect import Collected, Path
from app.forms.defaults import with_limits
from app.forms.field_check import check_field
from app.forms.findings import Findings
from app.forms.kind import NESTED, json_type, kind_of
from app.forms.member_check import read_members
from app.forms.outline import FieldSpec, Outline, PageSpec, Source
from app.forms.paths import named_answers
from app.forms.pointer import pointer
from app.forms.reasons import TYPES, WIDGETS
from app.forms.rule import Rule
from app.forms.ui import in_order, ui_below

_MAX_FIELDS = 500
_MAX_PAGES = 60

_UNCLEAR = (
    "Die Art des Feldes ist nicht eindeutig. Möglich sind Text, Zahl, Ja/Nein, Auswahl, mehrere"
    " Antworten, Hinweis, Nachweis, Gruppe und Liste von Gruppen, jeweils mit passendem"
    " „ui:widget“."
)

_GROUP_ONCE = "Eine Gruppe von Feldern wird an einer Stelle vollständig beschrieben."

Sources = Sequence[tuple[Path, Source]]


def assemble(
    form_key: str,
    found: Collected,
    ui: Mapping[str, Any],
    rules: Sequence[Rule],
    findings: Findings,
) -> Outline:
    """Make the outline; faults go to the findings."""
    if len(found.pages) > _MAX_PAGES or sum(map(len, found.fields.values())) > _MAX_FIELDS:
        message = f"Möglich sind bis zu {_MAX_PAGES} Seiten und {_MAX_FIELDS} Felder."
        findings.add("/properties", "limit", message)
    pages = {
        page: _page(page, found, ui_below(ui, page), findings) for page in in_order(found.pages, ui)
    }
    _check_requirements(found, findings)
    _check_names(form_key, found, findings)
    return Outline(
        pages=pages,
        requirements=tuple(requirement for _, requirement in found.requirements),
        conditions=tuple(found.conditions),
        branches=tuple(found.branches),
        gates=tuple(found.gates),
        rules=tuple(rules),
    )


def _page(page: str, found: Collected, ui: Mapping[str, Any], findings: Findings) -> PageSpec:
    sources = found.pages[page]
    for path, source in sources:
        if source.schema is not None and source.schema.get("type", "object") != "object":
            findings.add(pointer(*path), "type", "Eine Seite hat den Typ „object“.")
    if not any(source.schema and source.schema.get("title") for _, source in sources):
        findings.add(pointer(*sources[0][0]), "title", "Diese Seite braucht einen Titel.")
    asked_for = [
        requirement.branch
        for _, requirement in found.requirements
        if requirement.page == page and requirement.field is None
    ]
    specs = {
        name: _field(page, name, field_sources, ui_below(ui, name), findings)
        for name, field_sources in found.fields[page].items()
    }
    always = any(source.branch is None for _, source in sources)
    return PageSpec(
        id=page,
        sources=tuple(source for _, source in sources),
        fields={name: spec for name in in_order(specs, ui) if (spec := specs[name]) is not None},
        on_demand=always and bool(asked_for) and None not in asked_for,
    )


def _field(
    page: str, name: str, sources: Sources, ui: Mapping[str, Any], findings: Findings
) -> FieldSpec | None:
    defining = _defining(sources)
    kinds = {
        (kind_of(source.schema or {}, ui.get("ui:widget")), json_type(source.schema or {}))
        for _, source in defining
    }
    kind, type_name = next(iter(kinds)) if len(kinds) == 1 else (None, None)
    if kind is None or type_name is None:
        reason = _reason(defining[0][1].schema if defining else None, ui.get("ui:widget"))
        findings.add(pointer(*sources[0][0]), "type", reason)
        return None
    before = findings.count
    for path, source in sources:
        if source.schema is not None:
            is_definition = (path, source) in defining
            implied = {} if is_definition or type_name == "array" else {"type": type_name}
            check_field({**implied, **source.schema}, path, findings)
    if not any(source.schema and source.schema.get("title") for _, source in defining):
        findings.add(pointer(*sources[0][0]), "title", "Dieses Feld braucht einen Titel.")
    if findings.count != before:
        return None
    members: tuple[FieldSpec, ...] = ()
    if kind in NESTED:
        if len(sources) > 1:
            findings.add(pointer(*sources[1][0]), "type", _GROUP_ONCE)
        members = read_members(page, defining[0][1].schema or {}, ui, defining[0][0], findings)
    return FieldSpec(
        page=page,
        id=name,
        members=members,
        kind=kind,
        type=type_name,
        ui=ui,
        sources=tuple(
            replace(source, schema=with_limits(source.schema, kind))
            if source.schema is not None and (path, source) in defining
            else source
            for path, source in sources
        ),
    )


def _reason(schema: Mapping[str, Any] | None, widget: object) -> str:
    """Say why nobody can be asked like that."""
    if widget in WIDGETS:
        return WIDGETS[str(widget)]
    return TYPES.get(str((schema or {}).get("type")), _UNCLEAR)


def _defining(sources: Sources) -> Sources:
    """Take the sources that define the field; the others only say more about it."""
    said = [(path, source) for path, source in sources if source.schema is not None]
    always = [(path, source) for path, source in said if source.branch is None]
    return always[:1] or said


def _check_requirements(found: Collected, findings: Findings) -> None:
    for path, requirement in found.requirements:
        fields = found.fields.get(requirement.page)
        missing = fields is None or (
            requirement.field is not None and requirement.field not in fields
        )
        if missing:
            name = requirement.field or requirement.page
            findings.add(pointer(*path), "required", f"„{name[:60]}“ gibt es hier nicht.")


def _check_names(form_key: str, found: Collected, findings: Findings) -> None:
    """Find misspelt answers: an expression may only name fields of this form that exist."""
    for path, text in found.expressions:
        names = named_answers(text, form_key)
        for page, field in sorted(names.needed | names.optional):
            if field not in found.fields.get(page, {}):
                message = f"Das Feld „{form_key}.{page}.{field}“ gibt es nicht."
                findings.add(pointer(*path), "unknown_field", message)
