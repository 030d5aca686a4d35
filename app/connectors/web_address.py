"""Adresse: which addresses of a sign-in provider are safe to talk to."""

from urllib.parse import SplitResult, urlsplit

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def is_loopback(address: str) -> bool:
    """Tell whether ``address`` points at this machine."""
    return urlsplit(address).hostname in _LOOPBACK


def is_safe(address: str) -> bool:
    """Tell whether tokens may travel there: TLS, or plain HTTP that stays on this machine."""
    try:
        parts = urlsplit(address)
        usable = bool(parts.hostname) and not (parts.username or parts.password or parts.fragment)
        _port(parts)
    except ValueError:
        return False
    return usable and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(address)))


def origin(address: str) -> tuple[str, str, int]:
    """Return scheme, host and port; two addresses belong together if these are equal."""
    parts = urlsplit(address)
    return parts.scheme, parts.hostname or "", _port(parts)


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)
