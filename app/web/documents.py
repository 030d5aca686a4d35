"""Dokumente ausliefern: stream a stored file to the browser, never as something active."""

from urllib.parse import quote

from flask import Response

from app.usecases.find_document import FoundDocument
from storage.documents import DocumentStore

_SHOWN_IN_PAGE = frozenset({"image/jpeg", "image/png"})


def send_document(found: FoundDocument, documents: DocumentStore, *, inline: bool) -> Response:
    """Stream a document; only pictures may be shown in the page, all else is a download.

    File names follow RFC 6266 with an ASCII fallback.

    :raises DocumentMissing: the object is gone.
    :raises StoreUnavailable: the store fails.
    """
    kind = "inline" if inline and found.media_type in _SHOWN_IN_PAGE else "attachment"
    response = Response(documents.read(found.object_key), mimetype=found.media_type)
    response.headers["Content-Length"] = str(found.size_bytes)
    return keep_safe(response, found.name, kind)


def keep_safe(response: Response, name: str, kind: str = "attachment") -> Response:
    """Name a file and see to it that no browser runs or keeps it."""
    plain = "".join(c if c.isascii() and c.isprintable() and c not in '"\\%' else "_" for c in name)
    response.headers["Content-Disposition"] = (
        f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response
