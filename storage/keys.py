"""Schlüssel: the names under which documents are stored, and which names are refused."""

import re

_MAX_LENGTH = 200
_SEGMENT = r"[a-z0-9_-][a-z0-9_.-]*"
_KEY = re.compile(rf"{_SEGMENT}(?:/{_SEGMENT})*\Z")
_PREFIX = re.compile(rf"(?:{_SEGMENT}/)*(?:{_SEGMENT})?\Z")


def check_key(key: str) -> str:
    """Return ``key`` if it keeps the rules of ``DocumentStore``; no segment starts with a dot.

    :raises ValueError: if it breaks them.
    """
    if len(key) > _MAX_LENGTH or not _KEY.match(key):
        raise ValueError("this is not a document key")
    return key


def check_prefix(prefix: str) -> str:
    """Return ``prefix`` if a key could start with it; the empty prefix stands for all keys.

    :raises ValueError: if no key could.
    """
    if len(prefix) > _MAX_LENGTH or not _PREFIX.match(prefix):
        raise ValueError("no document key starts like this")
    return prefix
