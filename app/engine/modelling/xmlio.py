"""XML lesen: untrusted models and decision tables, without entities and without surprises."""

import re

from lxml import etree

from app.errors import BundleInvalid, FieldFault

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"
MAX_BYTES = 1_000_000
MAX_ATTRIBUTES = 100  # reading those of one element takes the square of their number

Element = etree._Element

_BOOLEANS = (
    "cancelActivity",
    "instantiate",
    "isExecutable",
    "isForCompensation",
    "isInterrupting",
    "isSequential",
    "parallelMultiple",
    "testBefore",
    "triggeredByEvent",
)
_TRUTH = {"true": "true", "1": "true", "false": "false", "0": "false"}
_NAME = re.compile(r"[^\W\d][\w.\-]*")  # an NCName, as XML ids must be


def read_xml(data: bytes, source: str) -> Element:
    """Parse a document whose ids are in order; ``source`` is what faults point to.

    :raises BundleInvalid: as :func:`parse_xml`, or with an id that is none.
    """
    root = parse_xml(data, source)
    _check_names(root, source)
    return root


def parse_xml(data: bytes, source: str) -> Element:
    """Parse a document, all but its truth values as it is; ``source`` is what faults point to.

    :raises BundleInvalid: too large, no XML, with a DOCTYPE, too many attributes, or a truth value
        that is none.
    """
    if len(data) > MAX_BYTES:
        raise _invalid(source, "too_large", "Die Datei ist größer als 1 MB.")
    try:
        root: Element = etree.fromstring(data, _parser())
    except (etree.XMLSyntaxError, ValueError):
        raise _invalid(source, "not_xml", "Die Datei ist kein lesbares XML.") from None
    docinfo = root.getroottree().docinfo
    if docinfo.doctype or docinfo.internalDTD is not None:
        raise _invalid(source, "doctype", "Die Datei darf keine DOCTYPE-Angabe enthalten.")
    if any(len(element.attrib) > MAX_ATTRIBUTES for element in root.iter()):
        message = f"Ein Element darf höchstens {MAX_ATTRIBUTES} Attribute haben."
        raise _invalid(source, "too_many_attributes", message)
    _settle_booleans(root, source)
    return root


def local(element: Element) -> str:
    """Name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def bpmn(name: str) -> str:
    """Full name of a BPMN element."""
    return f"{{{BPMN}}}{name}"


def spiff(name: str) -> str:
    """Full name of an extension element."""
    return f"{{{SPIFF}}}{name}"


def text_of(element: Element | None) -> str:
    """Text inside an element, without the white space around it."""
    return "" if element is None else (element.text or "").strip()


def _parser() -> etree.XMLParser[Element]:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _settle_booleans(root: Element, source: str) -> None:
    """Write truth values as ``true`` and ``false``, the only way all readers understand."""
    for element in root.iter():
        if not str(element.tag).startswith(f"{{{BPMN}}}"):
            continue
        for name in _BOOLEANS:
            value = element.get(name)
            if value is None:
                continue
            meant = _TRUTH.get(value.strip())
            if meant is None:
                message = f"Die Angabe „{name}“ muss „true“ oder „false“ sein."
                raise _invalid(_nearest_id(element) or source, "bad_boolean", message)
            if name == "triggeredByEvent" and meant == "false":
                del element.attrib[name]  # the library takes any value for yes
            else:
                element.set(name, meant)


def _check_names(root: Element, source: str) -> None:
    """Refuse ids that are no names or not unique; extensions may share ids among themselves."""
    own: set[str] = set()
    foreign: set[str] = set()
    for element in root.iter():
        key = element.get("id")
        if not str(element.tag).startswith(f"{{{BPMN}}}"):
            foreign.update({key} if key else ())
            continue
        for name in _references(element):
            if not _NAME.fullmatch(name):
                where = _nearest_id(element) or source
                raise _invalid(where, "bad_id", "Eine Kennung enthält unerlaubte Zeichen.")
        if key in own:
            raise _invalid(key, "duplicate_id", f"Die Kennung „{key}“ kommt mehrfach vor.")
        own.update({key} if key else ())
    for key in sorted(own & foreign):
        raise _invalid(key, "duplicate_id", f"Die Kennung „{key}“ kommt mehrfach vor.")


def _nearest_id(element: Element) -> str:
    for here in (element, *element.iterancestors()):
        key = here.get("id", "")
        if key and _NAME.fullmatch(key) and local(here) != "definitions":
            return key
    return ""


def _references(element: Element) -> list[str]:
    named = [
        str(value)
        for key, value in element.attrib.items()
        if key in {"id", "default"} or str(key).endswith("Ref")
    ]
    if local(element).endswith("Ref") and element.text is not None:
        named.append(element.text.strip())
    named += [text_of(part) for part in element.iter(spiff("propertyId"))]
    return named


def _invalid(pointer: str, code: str, message: str) -> BundleInvalid:
    return BundleInvalid(fields=[FieldFault(pointer, code, message)])
