"""Gruppenprüfung: compiles the fields inside a field, and says what may not stand there."""

from collections.abc import Mapping
from typing import Any

from app.forms.collect import NAME, NAME_RULE
from app.forms.defaults import with_limits
from app.forms.field_check import check_field
from app.forms.findings import Findings
from app.forms.kind import Kind, json_type, kind_of
from app.forms.outline import FieldSpec, Source
from app.forms.pointer import pointer
from app.forms.ui import ui_below

_MAX_MEMBERS = 40
_POSSIBLE = frozenset(Kind) - {
    *(Kind.GROUP, Kind.LIST, Kind.EVIDENCE, Kind.CALCULATED),
    *(Kind.HIDDEN, Kind.CONSTANT, Kind.NOTE),
}


def object_of(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Take the object schema of a group, or that of a list's entries."""
    items = schema.get("items")
    return items if isinstance(items, Mapping) else schema


def read_members(
    page: str, schema: Mapping[str, Any], ui: Mapping[str, Any], path: Any, findings: Findings
) -> tuple[FieldSpec, ...]:
    """Compile the members of a group or list; faults go to the findings."""
    is_list = isinstance(schema.get("items"), Mapping)
    node, place = object_of(schema), (*path, "items") if is_list else path
    shown = ui_below(ui, "items") if is_list else ui
    properties = node["properties"]
    if not 1 <= len(properties) <= _MAX_MEMBERS:
        message = f"Eine Gruppe hat 1 bis {_MAX_MEMBERS} Felder."
        findings.add(pointer(*place, "properties"), "limit", message)
    for name in node.get("required", ()):
        if name not in properties:
            message = f"„{name[:60]}“ gibt es hier nicht."
            findings.add(pointer(*place, "required"), "required", message)
    members = [
        _read(page, name, below, ui_below(shown, name), (*place, "properties", name), findings)
        for name, below in properties.items()
    ]
    return tuple(member for member in members if member is not None)


def _read(
    page: str, name: str, schema: Any, ui: Mapping[str, Any], path: Any, findings: Findings
) -> FieldSpec | None:
    if not NAME.match(name):
        findings.add(pointer(*path), "name", NAME_RULE)
        return None
    if not isinstance(schema, Mapping):
        findings.add(pointer(*path), "schema", "Hier muss ein Objekt stehen.")
        return None
    kind, type_name = kind_of(schema, ui.get("ui:widget")), json_type(schema)
    if kind not in _POSSIBLE or type_name is None:
        message = (
            "In einer Gruppe sind Text, Zahl, Datum, Ja/Nein und Auswahl möglich. Nachweise,"
            " Hinweise, Berechnetes und weitere Gruppen stehen auf der Seite."
        )
        findings.add(pointer(*path), "type", message)
        return None
    before = findings.count
    check_field(schema, path, findings)
    if not schema.get("title"):
        findings.add(pointer(*path), "title", "Dieses Feld braucht einen Titel.")
    if findings.count != before:
        return None
    source = Source(None, with_limits(schema, kind))
    return FieldSpec(page=page, id=name, kind=kind, type=type_name, ui=ui, sources=(source,))
