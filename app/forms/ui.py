"""Darstellung: reads the uiSchema (the vocabulary of rjsf) and refuses what has no meaning."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.forms.findings import Findings
from app.forms.outline import Source
from app.forms.reasons import OTHER_UI

Sources = Sequence[tuple[tuple[object, ...], Source]]

_TEXTS = frozenset({"ui:help", "ui:placeholder", "ui:autocomplete", "ui:inputmode", "ui:widget"})
_FIELD = _TEXTS | {"ui:options"}
_OPTIONS = frozenset({"width", "rows", "suffix", "details", "enumNames", "hints"})


def ui_below(ui: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Take the part for one page or field; empty when there is none."""
    below = ui.get(name)
    return below if isinstance(below, Mapping) else {}


def in_order(names: Iterable[str], ui: Mapping[str, Any]) -> list[str]:
    """Apply ``ui:order``; names it leaves out stand at ``*`` or at the end."""
    known = list(names)
    order = ui.get("ui:order")
    wanted = [name for name in order if isinstance(name, str)] if isinstance(order, list) else []
    rest = [name for name in known if name not in wanted]
    result: list[str] = []
    for name in [*wanted, *([] if "*" in wanted else ["*"])]:
        result.extend(rest if name == "*" else [name] if name in known else [])
    return list(dict.fromkeys(result))


def check_ui(
    ui: Mapping[str, Any], fields: Mapping[str, Mapping[str, Sources]], findings: Findings
) -> None:
    """Report unknown pages, fields and options; ``fields`` maps page ids to fields by id."""
    if "elements" in ui and "type" in ui:
        findings.add("", "ui", OTHER_UI)
        return
    _check_level(ui, fields, "", findings)
    for page, known in fields.items():
        _check_level(ui_below(ui, page), known, f"/{page}", findings)
        for field, sources in known.items():
            place = f"/properties/{page}/properties/{field}"
            shown = ui_below(ui_below(ui, page), field)
            members, is_list = _members(sources)
            inside = ui_below(shown, "items") if is_list else shown
            below = {name: one for name, one in inside.items() if name in members}
            own = {key: one for key, one in shown.items() if key not in below}
            if is_list:
                own.pop("items", None)
                _check_level(inside, members, place, findings)
            for one in (own, *below.values()):
                _check_field(one, place, findings)


def _check_level(
    ui: Mapping[str, Any], known: Iterable[str], place: str, findings: Findings
) -> None:
    names = set(known)
    for key in ui:
        if key not in names and key != "ui:order":
            findings.add(
                place, "ui", f"Die Darstellung nennt „{str(key)[:60]}“: das gibt es nicht."
            )
    order = ui.get("ui:order", [])
    for name in order if isinstance(order, list) else ["(keine Liste)"]:
        if name not in names and name != "*":
            findings.add(place, "ui", f"„ui:order“ nennt „{str(name)[:60]}“: das gibt es nicht.")


def _members(sources: Sources) -> tuple[Mapping[str, Any], bool]:
    """Name the fields inside a group or list, and say whether it is a list."""
    schema = next((one.schema for _, one in sources if one.schema is not None), {})
    items = schema.get("items")
    node = items if isinstance(items, Mapping) else schema
    properties = node.get("properties")
    return (properties, node is items) if isinstance(properties, Mapping) else ({}, False)


def _check_field(ui: Any, place: str, findings: Findings) -> None:
    if not isinstance(ui, Mapping):
        findings.add(place, "ui", "Hier muss ein Objekt stehen.")
        return
    for key, value in ui.items():
        if key not in _FIELD or (key in _TEXTS and not isinstance(value, str)):
            findings.add(place, "ui", f"„{str(key)[:60]}“ ist in der Darstellung nicht vorgesehen.")
    options = ui.get("ui:options", {})
    if not isinstance(options, Mapping):
        findings.add(place, "ui", "„ui:options“ muss ein Objekt sein.")
        return
    for key, value in options.items():
        if key not in _OPTIONS or not _fits(key, value):
            findings.add(place, "ui", f"„ui:options“: „{str(key)[:60]}“ ist so nicht vorgesehen.")


def _fits(key: str, value: Any) -> bool:
    match key:
        case "width" | "rows":
            return isinstance(value, int) and 1 <= value <= 60
        case "suffix":
            return isinstance(value, str)
        case "details":
            return isinstance(value, Mapping) and all(
                isinstance(value.get(part), str) for part in ("title", "text")
            )
        case _:
            return isinstance(value, list | Mapping)
