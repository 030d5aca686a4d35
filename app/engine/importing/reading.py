"""Fremde Dateien lesen: hardened as for our own, but names are repaired instead of refused."""

import encodings.cp1252  # noqa: F401 - loaded on first use otherwise, when no file may be opened
import re
from collections.abc import Iterator, Mapping

from app.engine.importing.draft import Note
from app.engine.importing.element_kinds import SCOPES
from app.engine.importing.names import Names
from app.engine.modelling.xmlio import BPMN, BPMNDI, SPIFF, Element, bpmn, local, parse_xml
from app.errors import BundleInvalid, FieldFault

FILE = "process.bpmn"
MAX_ELEMENTS = 60_000
MAX_DUPLICATES = 200
_NAME = re.compile(r"[^\W\d][\w.\-]*")
_NOT_NAME = re.compile(r"[^\w.\-]+")
_CLAIM = re.compile(rb"encoding=[\"']utf-8[\"']", re.IGNORECASE)
_POINTING = {"id", "default", "bpmnElement", "calledElement", "labelStyle"}
_LISTED = {"incoming", "outgoing"}


def read_foreign(data: bytes) -> tuple[Element, list[Note]]:
    """Parse a BPMN file of another tool and give it usable, unique ids.

    :raises BundleInvalid: too large, no XML, with a DOCTYPE, or no BPMN 2.0.
    """
    root = _parse(data)
    notes: list[Note] = []
    _settle_prefixes(root)
    _rename(root, notes)
    _part_duplicates(root, notes)
    _drop_unusable(root)
    return root, notes


def _parse(data: bytes) -> Element:
    root = parse_xml(_readable(data), FILE)
    if root.tag != bpmn("definitions"):
        raise _refused("no_bpmn", "Die Datei ist kein Modell in BPMN 2.0.")
    if any(number > MAX_ELEMENTS for number, _ in enumerate(root.iter(), start=1)):
        message = "Die Datei hat zu viele Elemente. Bitte teilen Sie das Modell."
        raise _refused("too_large", message)
    return root


def _readable(data: bytes) -> bytes:
    """Give text that only claims to be UTF-8 as what it is."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        if _CLAIM.search(data[:200]):
            return data.decode("cp1252", errors="replace").encode("utf-8")
    return data


def _refused(code: str, message: str) -> BundleInvalid:
    return BundleInvalid(fields=[FieldFault(FILE, code, message)])


def _is_bpmn(element: Element) -> bool:
    return str(element.tag).startswith(f"{{{BPMN}}}")


def _is_drawn(element: Element) -> bool:
    return str(element.tag).startswith(f"{{{BPMNDI}}}")


def _points(key: str) -> bool:
    return key.endswith("Ref") or key in _POINTING


def _mentions(element: Element) -> bool:
    """Tell elements whose text is an id."""
    name = local(element)
    return _is_bpmn(element) and (name.endswith("Ref") or name in _LISTED)


def _settle_prefixes(root: Element) -> None:
    """Take off namespace prefixes where an id of this file follows."""
    known = {element.get("id") for element in root.iter() if _is_bpmn(element)}

    def plain(name: str) -> str:
        prefix, colon, rest = name.strip().rpartition(":")
        return rest if colon and name not in known and (rest in known or prefix) else name.strip()

    for element in root.iter():
        if not (_is_bpmn(element) or _is_drawn(element)):
            continue
        for key, value in element.attrib.items():
            if key != "id" and _points(str(key)) and ":" in str(value):
                element.set(key, plain(str(value)))
        if _mentions(element) and element.text is not None:
            element.text = plain(element.text)


def _rename(root: Element, notes: list[Note]) -> None:
    names = Names(element.get("id", "") for element in root.iter())
    renamed: dict[str, str] = {}
    for element in root.iter():
        key = element.get("id")
        if key is None or not (_is_bpmn(element) or _is_drawn(element)) or _NAME.fullmatch(key):
            continue
        if key not in renamed:
            renamed[key] = names.fresh(_as_name(key))
            if _is_bpmn(element) and key:
                message = "Die Kennung enthielt unerlaubte Zeichen und wurde angepasst."
                notes.append(Note(renamed[key], "renamed", message))
        element.set("id", renamed[key])
    if renamed:
        repoint(root, renamed)


def _as_name(key: str) -> str:
    name = _NOT_NAME.sub("_", key)[:80]
    return name if _NAME.fullmatch(name) else f"_{name}"


def repoint(within: Element, renamed: Mapping[str, str]) -> None:
    """Let everything that names an old id name the new one."""
    for element in within.iter():
        for key, value in element.attrib.items():
            if key != "id" and value in renamed and _points(str(key)):
                element.set(key, renamed[str(value)])
        if _mentions(element) and (element.text or "").strip() in renamed:
            element.text = renamed[(element.text or "").strip()]


def _part_duplicates(root: Element, notes: list[Note]) -> None:
    """Rename what shares its id with something earlier; its own scope follows the new name."""
    names = Names(element.get("id", "") for element in root.iter())
    first: dict[str, Element] = {}
    renamed: dict[Element, dict[str, str]] = {}
    parted = 0
    for element in list(_bpmn_first(root)):
        key = element.get("id")
        if key is None:
            continue
        if key not in first:
            first[key] = element
            continue
        if str(element.tag).startswith(f"{{{SPIFF}}}"):
            continue  # names of services and parameters
        parted += 1
        if parted > MAX_DUPLICATES:
            raise _refused("duplicate_id", "Zu viele Kennungen kommen mehrfach vor.")
        fresh = names.fresh(key)
        element.set("id", fresh)
        if _is_bpmn(element):
            message = "Die Kennung kam mehrfach vor und wurde hier angepasst."
            notes.append(Note(fresh, "renamed", message))
            scope = _scope_of(element)
            if scope is not None and scope not in {first[key], *first[key].iterancestors()}:
                renamed.setdefault(scope, {}).setdefault(key, fresh)
    for scope, pairs in renamed.items():
        repoint(scope, pairs)


def _scope_of(element: Element) -> Element | None:
    around = (above for above in element.iterancestors() if local(above) in SCOPES)
    return next(around, None)


def _bpmn_first(root: Element) -> Iterator[Element]:
    yield from (element for element in root.iter() if _is_bpmn(element))
    yield from (element for element in root.iter() if not _is_bpmn(element))


def _drop_unusable(root: Element) -> None:
    """Remove pointers that can be no id, such as types of data from other schemas."""
    for element in list(root.iter()):
        if not _is_bpmn(element):
            continue
        for key, value in list(element.attrib.items()):
            if key != "id" and _points(str(key)) and not _NAME.fullmatch(str(value)):
                del element.attrib[key]
        parent = element.getparent()
        usable = _NAME.fullmatch((element.text or "").strip())
        if _mentions(element) and not usable and parent is not None and len(element) == 0:
            parent.remove(element)
