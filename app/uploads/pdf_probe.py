"""PDF-Prüfung: looks at every object of a document for what acts by itself."""

import io
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import pikepdf

from app.uploads.confinement import report

_MAX_PAGES = 500
#: a page without resources is a blank one; every other warning is about an object that was lost
_HARMLESS = "Resources is missing or invalid; repairing"

#: Source: ISO 32000-2, 7.7.3 to 7.7.4, 7.11.4, 12.6, 12.7.8, 13.7
_ACTIVE_KEYS = frozenset(
    {
        "/AA",
        "/EF",
        "/EmbeddedFiles",
        "/JS",
        "/JavaScript",
        "/RichMediaContent",
        "/RichMediaSettings",
        "/XFA",
    }
)
#: values of /S (action), /Subtype (annotation) and /Type
_ACTIVE_NAMES = {
    "/S": frozenset(
        {
            "/GoToE",
            "/ImportData",
            "/JavaScript",
            "/Launch",
            "/Movie",
            "/Rendition",
            "/RichMediaExecute",
            "/Sound",
            "/SubmitForm",
        }
    ),
    "/Subtype": frozenset({"/3D", "/FileAttachment", "/Movie", "/RichMedia", "/Screen", "/Sound"}),
    "/Type": frozenset({"/EmbeddedFile"}),
}

_SUSPECT = re.compile(
    b"|".join(
        re.escape(name.encode())
        for name in (
            "/OpenAction",
            "/URI",
            *_ACTIVE_KEYS,
            *(n for names in _ACTIVE_NAMES.values() for n in names),
        )
    )
)


def find_fault(file: BinaryIO) -> str:
    """Return ``unreadable``, ``encrypted``, ``active_content``, ``too_many_pages`` or nothing.

    Nothing is repaired: another program might repair it to something else.
    """
    try:
        content = io.BytesIO(file.read())  # much faster for it than a file
        with pikepdf.open(content, attempt_recovery=False, suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                return "encrypted"
            if any(_acts(thing) for thing in pdf.objects):
                return "active_content"
            pages = len(pdf.pages)
            if not pages or not all(_HARMLESS in warning for warning in pdf.get_warnings()):
                return "unreadable"
            return "too_many_pages" if pages > _MAX_PAGES else ""
    except pikepdf.PasswordError:
        return "encrypted"
    except (pikepdf.PdfError, ValueError, TypeError):
        return "unreadable"


def _acts(thing: Any) -> bool:
    """Look at one indirect object: written out first, which is quick, then entry by entry."""
    if not isinstance(thing, pikepdf.Object):
        return False
    written = thing.stream_dict if isinstance(thing, pikepdf.Stream) else thing
    if not _SUSPECT.search(written.unparse(resolved=True)):
        return False
    if isinstance(thing, pikepdf.Name):  # lent to an entry elsewhere
        return any(str(thing) in names for names in _ACTIVE_NAMES.values())
    return any(_is_active(key, value) for key, value in _entries(thing))


def _entries(thing: Any) -> Iterator[tuple[str, Any]]:
    """Yield all dictionary entries in one indirect object, however deep they lie in it."""
    waiting = [thing]
    while waiting:
        current = waiting.pop()
        values: list[Any] = []
        if isinstance(current, pikepdf.Dictionary | pikepdf.Stream):
            for key, value in current.items():
                yield key, value
                values.append(value)
        elif isinstance(current, pikepdf.Array):
            values.extend(current)
        waiting.extend(value for value in values if _is_nested(value))


def _is_nested(value: Any) -> bool:
    return isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect


def _is_active(key: str, value: Any) -> bool:
    if key in _ACTIVE_KEYS:
        return True
    if key in _ACTIVE_NAMES:
        return isinstance(value, pikepdf.Name) and str(value) in _ACTIVE_NAMES[key]
    if key == "/OpenAction":
        return isinstance(value, pikepdf.Dictionary) and not _only_turns_pages(value)
    return key == "/URI" and isinstance(value, pikepdf.String) and _is_script(str(value))


def _only_turns_pages(action: pikepdf.Dictionary) -> bool:
    """Whether what happens by itself shows a page of this very document and ends there."""
    return action.get("/S") == pikepdf.Name.GoTo and "/Next" not in action


def _is_script(address: str) -> bool:
    return address.strip().lower().startswith("javascript:")


if __name__ == "__main__":
    report(find_fault)
