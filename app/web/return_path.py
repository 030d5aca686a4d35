"""Rückweg: where a browser goes after sign-in, never to another site."""

from urllib.parse import unquote, urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

HOME = "/"
_MAX_CHARS = 2000
#: going back there would only start another sign-in
_NEVER = ("/anmelden", "/abmelden", "/abgemeldet", "/trial-idp")


def safe_path(wanted: str) -> str:
    """Return ``wanted`` if it is a path of this platform that can be read, else the start page."""
    return wanted if _is_safe(wanted) else HOME


def _is_safe(wanted: str) -> bool:
    once = unquote(wanted)
    if len(wanted) > _MAX_CHARS or not wanted.isascii() or " " in wanted:
        return False
    for text in (wanted, once, unquote(once)):
        if not text.startswith("/") or text.startswith("//") or "\\" in text:
            return False
        if not text.isprintable():
            return False
    path = urlsplit(wanted).path
    return "//" not in unquote(path) and not path.startswith(_NEVER) and _is_routed(path)


def _is_routed(path: str) -> bool:
    adapter = current_app.create_url_adapter(request)
    if adapter is None:
        return False
    try:
        adapter.match(unquote(path), method="GET")
    except RequestRedirect:
        return True  # the same page with its slash
    except HTTPException:
        return False
    return True
