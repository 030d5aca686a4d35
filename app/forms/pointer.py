"""Zeiger: JSON Pointer (RFC 6901) made from names that may be hostile."""

_MAX_CHARS = 100


def pointer(*parts: object) -> str:
    """Join ``parts`` to a pointer that can always be encoded, logged and shown."""
    return "".join("/" + _escape(str(part)) for part in parts)


def _escape(part: str) -> str:
    sound = part[:_MAX_CHARS].encode("utf-8", "replace").decode("utf-8")
    return sound.replace("~", "~0").replace("/", "~1")
